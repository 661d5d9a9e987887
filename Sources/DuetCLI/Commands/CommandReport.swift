package import SyncCore
package import SyncRuntime
package import SyncStore
import WireJSON

/// What one command did: one screen for people, one object for scripts.
package struct CommandReport: Sendable {
    /// A waiting write with when it can go on.
    package struct Waiting: Sendable, Hashable {
        package var side: Side
        package var records: Int
        package var reason: String
        /// Wall milliseconds, or `nil` where it is not known.
        package var until: Int64?

        package init(side: Side, records: Int, reason: String, until: Int64?) {
            self.side = side
            self.records = records
            self.reason = reason
            self.until = until
        }
    }

    package var title: String
    package var summary = RunSummary()
    package var findings: [StoredFinding] = []
    /// How many there are of each kind, where `findings` does not list them all.
    package var findingCounts: [Finding.Code: Int] = [:]
    package var waiting: [Waiting] = []
    package var calls: [Side: Int] = [:]
    /// What of the day's calls is used, where the command tells it.
    package var allowance: [Side: AllowanceState] = [:]
    /// Lines between the title and the counts.
    package var lines: [String] = []
    /// One record's history, newest first, where the command asks for it.
    package var history: [JournalEntry] = []
    /// Whom the command erased or would erase, where it is about that.
    package var erasure: ErasureSummary?
    /// The erasures that the command lists or lifts.
    package var erasures: [Erasure] = []
    /// What a preview would do, where the command is one.
    package var plan: PlanSummary?
    package var urls: RecordURL
    package var exitCode: Int32 = 0
    /// Whether the screen has the table of what was created and updated.
    package var showsCounts = true

    package init(title: String, urls: RecordURL) {
        self.title = title
        self.urls = urls
    }

    package var findingsTotal: Int {
        self.findingCounts.isEmpty
            ? self.findings.count : self.findingCounts.values.reduce(0, +)
    }

    package static let formatVersion = "1.0"

    package func json() -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", Self.formatVersion)
            let created = (
                self.plan?.created(.hubspot) ?? self.summary.createdInHubSpot,
                self.plan?.created(.salesforce) ?? self.summary.createdInSalesforce
            )
            let updated = (
                self.plan?.updated(.hubspot) ?? self.summary.updatedInHubSpot,
                self.plan?.updated(.salesforce) ?? self.summary.updatedInSalesforce
            )
            root.member("created", created.0 + created.1)
            root.member("updated", updated.0 + updated.1)
            let deleted = (
                self.plan?.deleted(.hubspot) ?? self.summary.deletedInHubSpot,
                self.plan?.deleted(.salesforce) ?? self.summary.deletedInSalesforce
            )
            root.member("deleted", deleted.0 + deleted.1)
            root.name("deletedIn")
            Self.write(deleted.0, deleted.1, to: &root)
            root.name("createdIn")
            Self.write(created.0, created.1, to: &root)
            root.name("updatedIn")
            Self.write(updated.0, updated.1, to: &root)
            root.member("linked", self.summary.linked)
            root.member("unchanged", self.summary.unchanged)
            root.member("conflicts", self.summary.conflicts)
            root.member("notIncluded", self.summary.notIncluded)
            root.member("findingsTotal", self.findingsTotal)
            root.name("findings")
            root.array { list in
                for stored in self.findings { self.write(stored, to: &list) }
            }
            root.name("waiting")
            root.array { list in
                for item in self.waiting { Self.write(item, to: &list) }
            }
            root.name("calls")
            Self.write(self.calls[.hubspot] ?? 0, self.calls[.salesforce] ?? 0, to: &root)
            if !self.allowance.isEmpty {
                root.name("allowance")
                self.writeAllowance(to: &root)
            }
            if !self.history.isEmpty {
                root.name("history")
                root.array { list in
                    for entry in self.history { Self.write(entry, to: &list) }
                }
            }
            if let erasure = self.erasure {
                root.name("erasure")
                erasure.write(to: &root)
            }
            if !self.erasures.isEmpty {
                root.name("erasures")
                root.array { list in
                    for erasure in self.erasures { Self.write(erasure, to: &list) }
                }
            }
            if let plan = self.plan {
                root.name("planned")
                plan.write(to: &root)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func writeAllowance(to writer: inout JSONWriter) {
        writer.object { object in
            for side in Side.allCases {
                guard let state = self.allowance[side] else { continue }
                object.name(side.rawValue)
                object.object { item in
                    item.member("used", state.own)
                    if let allocated = state.allocated { item.member("allocated", allocated) }
                    guard let told = state.told else { return }
                    item.member("usedByEverybody", told.used)
                    item.member("limit", told.allowed)
                }
            }
        }
    }

    private static func write(_ hubspot: Int, _ salesforce: Int, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("hubspot", hubspot)
            object.member("salesforce", salesforce)
        }
    }

    /// Without the values: they are a customer's data and this output is often kept.
    private static func write(_ entry: JournalEntry, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("kind", entry.kind.rawValue)
            object.member("at", Clock.text(entry.at))
            if let field = entry.field { object.member("field", field) }
            if let target = entry.target { object.member("target", target.rawValue) }
            object.member("reason", entry.reason)
        }
    }

    private static func write(_ erasure: Erasure, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("number", Int(erasure.number))
            object.member("at", Clock.text(erasure.at))
            object.member("command", erasure.command)
            object.member("hashes", erasure.hashes)
            object.member("fileIsClean", erasure.isClean)
        }
    }

    private static func write(_ item: Waiting, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("side", item.side.rawValue)
            object.member("records", item.records)
            object.member("reason", item.reason)
            object.name("until")
            if let until = item.until { object.string(Clock.text(until)) } else { object.null() }
        }
    }

    private func write(_ stored: StoredFinding, to writer: inout JSONWriter) {
        let finding = stored.finding
        writer.object { object in
            object.member("code", finding.code.rawValue)
            object.member("message", Words.headline(of: finding.code))
            object.member("nextStep", Words.nextStep(for: finding.code))
            object.member("mapping", finding.mapping)
            for side in Side.allCases {
                let id = side == .hubspot ? finding.hubspotID : finding.salesforceID
                guard let id else { continue }
                object.name(side.rawValue)
                object.object { record in
                    record.member("id", id)
                    let url = self.urls.url(of: id, on: side, in: finding)
                    if let url { record.member("url", url) }
                }
            }
            object.name("details")
            object.array { list in
                for detail in finding.details { list.string(detail) }
            }
        }
    }
}
