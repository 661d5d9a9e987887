import CRMInterface
package import SyncCore
import SyncRuntime
package import SyncStore

extension Reporting {
    /// Where people find records, as the store knows both accounts.
    static func urls(
        configuration: Configuration,
        store: SQLiteSyncStore
    ) async throws(SyncError) -> RecordURL {
        let accounts = try await store.accounts()
        let named = try await Self.named(configuration, store)
        return RecordURL(
            hubspot: accounts[.hubspot].map { (base: $0.recordBaseURL, portal: $0.id) },
            salesforce: accounts[.salesforce]?.recordBaseURL,
            types: Dictionary(named.mappings.map { ($0.name, $0.kind.typeID) }) { one, _ in one }
        )
    }

    /// The configuration with the types of HubSpot's custom objects, where the account has told them.
    private static func named(
        _ configuration: Configuration,
        _ store: SQLiteSyncStore
    ) async throws(SyncError) -> Configuration {
        let known = try await SchemaCache.toldCustomObjects(store)
        return (try? CustomObjectNames.resolved(configuration, known)) ?? configuration
    }

    /// What the store knows, without a call.
    package static func status(
        configuration: Configuration,
        store: SQLiteSyncStore
    ) async throws(SyncError) -> CommandReport {
        let accounts = try await store.accounts()
        let urls = try await Self.urls(configuration: configuration, store: store)
        var report = CommandReport(title: Self.title(accounts), urls: urls)
        report.lines += Self.pauses(configuration, now: store.wallMilliseconds())
        for mapping in configuration.mappings {
            let count = try await store.activeCount(mapping: mapping.name)
            report.lines.append("\(mapping.name): \(count) records synced with each other")
            if let kept = try await SegmentLookup.kept(mapping, store) {
                report.lines.append("  only those in the segment \(Self.text(kept.segment))")
            }
            let outside = try await store.outsideCount(mapping: mapping.name)
            if outside > 0 {
                report.lines.append(
                    "  \(outside) more are linked and rest: `include` leaves them out"
                )
            }
            if let backfill = try await store.backfill(mapping: mapping.name),
                backfill.phase != .done
            {
                report.lines.append(
                    "  a backfill was stopped after \(backfill.recordsRead) records: "
                        + "duet backfill \(mapping.name) goes on"
                )
            }
        }
        let named = try await Self.named(configuration, store).mappings
        for mark in try await store.marks() {
            let mapping = named.first { mark.side == .hubspot && $0.hubspot == mark.object }
            report.lines.append(
                "\(Words.name(of: mark.side)) \(mapping?.kind.shown ?? mark.object): synced up to "
                    + Clock.text(mark.read.milliseconds)
            )
        }
        for mapping in configuration.mappings {
            report.lines += try await Self.sweeps(of: mapping, store)
        }
        let orphans = try await store.waitingCount()
        if orphans > 0 {
            report.lines.append(
                "\(orphans) belong to a record without a counterpart, and get it when that one has one"
            )
        }
        report.findings = try await store.findings(mapping: nil, limit: Self.findingsMax)
        report.waiting = try await Self.waiting(store)
        try await Self.tellAllowance(configuration, store, &report)
        let since = store.wallMilliseconds() - BudgetSettings.day
        for call in try await store.calls(since: since) {
            report.calls[call.side, default: 0] += call.cost
        }
        report.lines.append("API calls below: the last 24 hours.")
        report.showsCounts = false
        return report
    }

    private static func pauses(_ configuration: Configuration, now: Int64) -> [String] {
        let path = PairBuilder.storePath(
            configuration,
            folder: PairBuilder.folder(of: configuration.path)
        )
        return PauseFile(store: path).read().current(at: now).map(PauseText.line)
    }

    /// Up to when it is known what no feed tells, and how often that is looked at.
    private static func sweeps(
        of mapping: Configuration.Mapping,
        _ store: SQLiteSyncStore
    ) async throws(SyncError) -> [String] {
        func known(_ sweep: String, _ side: Side) async throws(SyncError) -> String? {
            let name = Sweeps.name(of: sweep, mapping: mapping.name, side: side)
            let stored: SweepClock? = try await store.value(name)
            guard let clock = stored else { return nil }
            return clock.seenUntil.map { "up to \(Clock.text($0))" }
                ?? "from \(Clock.text(clock.startsAt)) on"
        }
        var lines: [String] = []
        if mapping.include.segment != nil, let until = try await known(Sweeps.joined, .hubspot) {
            lines.append(
                "\(mapping.name) that join the segment: noticed \(until), every 10 minutes"
            )
        }
        if let until = try await known(Sweeps.archived, .hubspot) {
            lines.append("\(mapping.name) deleted in HubSpot: noticed \(until), every hour")
        }
        for side in Side.allCases {
            guard let until = try await known(Sweeps.refresh, side) else { continue }
            let what = side == .hubspot ? "what they belong to" : "calculated fields"
            lines.append(
                "\(mapping.name) in \(Words.name(of: side)), \(what): read \(until), every day"
            )
        }
        return lines
    }

    private static func text(_ segment: SegmentDescription) -> String {
        let kind = segment.isDynamic ? "active" : "static"
        let size = segment.size.map { ", \($0) members" } ?? ""
        return "“\(segment.name)” (\(kind)\(size))"
    }

    private static func title(_ accounts: [Side: StoredAccount]) -> String {
        guard let portal = accounts[.hubspot], let org = accounts[.salesforce] else {
            return "Nothing is synced yet. Start with: duet plan"
        }
        return "HubSpot portal \(portal.id) ⇄ Salesforce org \(org.id)"
    }
}
