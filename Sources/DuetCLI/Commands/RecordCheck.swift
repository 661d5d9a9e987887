import CRMInterface
package import SyncCore
import SyncRuntime
import SyncStore

/// Looks one record up on both sides and in the store, and says what is in its way.
package struct RecordCheck: Sendable {
    let open: OpenPair

    package init(open: OpenPair) {
        self.open = open
    }

    /// One screen about one record.
    package func report(_ query: RecordQuery) async throws(SyncError) -> CommandReport {
        var report = CommandReport(title: "", urls: self.open.urls)
        report.showsCounts = false
        guard let mapping = try await self.mapping(of: query) else {
            report.title = Self.title(query)
            report.lines = ["No mapping of the configuration syncs records of this kind."]
            return report
        }
        let found = try await self.find(query, mapping)
        report.title = Self.title(query, found)
        for side in Side.allCases {
            report.lines += self.lines(found.filter { $0.side == side }, on: side, mapping)
        }
        var hasLink = false
        for record in found {
            let loaded = try await self.open.store.load(
                mapping: mapping.name,
                side: record.side,
                ids: [record.row.id]
            )
            for known in loaded {
                if let link = known.link, !hasLink {
                    hasLink = true
                    report.lines += self.lines(link)
                    report.history = try await self.open.store.history(
                        hubspotID: link.hubspotID,
                        salesforceID: link.salesforceID,
                        limit: 10
                    )
                    report.lines += Self.lines(report.history)
                }
                report.waiting += known.entries.map(Self.waiting)
            }
        }
        let ids = Set(found.map(\.row.id))
        let owners = Set(found.flatMap { Self.people(of: $0.row, mapping) })
        report.findings = try await self.open.store.findings(mapping: mapping.name, limit: 10_000)
            .filter {
                // The issue about an owner is named by his id, and his records share it.
                let about = $0.finding.code == .ownerNotFound ? owners : ids
                return about.contains($0.finding.hubspotID ?? "")
                    || about.contains($0.finding.salesforceID ?? "")
            }
        let erasures = try await self.erasures(query, found, mapping)
        report.lines += erasures
        if !hasLink, erasures.isEmpty {
            let step = Self.leftOut(found, mapping) ?? Self.nextStep(found, report, mapping.name)
            report.lines.append(step)
        }
        for call in try await self.open.store.calls(since: self.open.startedAt) {
            report.calls[call.side, default: 0] += call.cost
        }
        return report
    }

    private static func people(of row: RecordRow, _ mapping: ObjectMapping) -> [String] {
        mapping.peopleFields.map { row.values.values[$0.index] }.filter { !$0.isBlank }
            .map(\.text)
    }

    /// What is said of somebody who was erased.
    private func erasures(
        _ query: RecordQuery,
        _ found: [Found],
        _ mapping: ObjectMapping
    ) async throws(SyncError) -> [String] {
        guard let fields = PeopleFields(mapping) else { return [] }
        var names = found.flatMap { fields.names(of: $0.row, on: $0.side) }
        switch query {
        case .email(let address): names.append(.address(address))
        case .id(let id, let side): names.append(.record(id, side))
        case .page(let id, _): names.append(.record(id, .hubspot))
        }
        return try await self.open.store.erasures(of: names).map { erasure in
            "Erased on \(Clock.text(erasure.at)): neither stored nor synced. "
                + "If the person came back on purpose: duet erase --forget '#\(erasure.number)'"
        }
    }

    struct Found {
        var side: Side
        var row: RecordRow
    }

    // MARK: - Looking up

    /// The mapping that a record belongs to: by its type where its id or address tells one, else by what
    /// the store knows, else by where HubSpot has it; `nil` where none syncs its type.
    func mapping(of query: RecordQuery) async throws(SyncError) -> ObjectMapping? {
        let mappings = self.open.pair.mappings
        switch query {
        case .email:
            return mappings.first { $0.fields.contains { $0.hubspot == "email" } }
        case .page(_, let typeID):
            return mappings.first { $0.kind?.typeID == typeID }
        case .id(let id, .salesforce):
            let possible = mappings.filter { $0.has(salesforceID: id) }
            // Several share the Tasks: the one that knows it.
            for mapping in possible.dropFirst() {
                let known = try await self.open.store.load(
                    mapping: mapping.name,
                    side: .salesforce,
                    ids: [id]
                )
                if !known.isEmpty { return mapping }
            }
            return possible.first
        case .id(let id, .hubspot):
            for mapping in mappings {
                let known = try await self.open.store.load(
                    mapping: mapping.name,
                    side: .hubspot,
                    ids: [id]
                )
                if !known.isEmpty { return mapping }
            }
            for mapping in mappings.dropLast()
            where try await self.read(id, on: .hubspot, mapping) != nil { return mapping }
            return mappings.last
        }
    }

    func find(
        _ query: RecordQuery,
        _ mapping: ObjectMapping
    ) async throws(SyncError) -> [Found] {
        switch query {
        case .email(let email):
            var found: [Found] = []
            for side in Side.allCases {
                found += try await self.find(email: email, on: side, mapping)
            }
            return found
        case .page(let id, _):
            return try await self.find(.id(id, .hubspot), mapping)
        case .id(let id, let side):
            guard let row = try await self.read(id, on: side, mapping) else { return [] }
            var found = [Found(side: side, row: row)]
            let loaded = try await self.open.store.load(
                mapping: mapping.name,
                side: side,
                ids: [id]
            )
            let other = loaded.first?.link?.recordID(on: side.other)
            if let other, let counterpart = try await self.read(other, on: side.other, mapping) {
                found.append(Found(side: side.other, row: counterpart))
            }
            return found
        }
    }

    private func find(
        email: String,
        on side: Side,
        _ mapping: ObjectMapping
    ) async throws(SyncError) -> [Found] {
        guard let connection = self.open.pair.connections[side],
            let field = mapping.fields.first(where: { $0.hubspot == "email" })
        else { return [] }
        let value = FieldValue(normal: email)
        let pages = try await connection.find(
            FindRequest(
                mapping: mapping,
                queries: [.init(sourceID: "", values: [field.index: value])],
                priority: .manual
            )
        )
        return pages.flatMap(\.rows)
            .filter { $0.values.values[field.index] == value }
            .map { Found(side: side, row: $0) }
    }

    private func read(
        _ id: String,
        on side: Side,
        _ mapping: ObjectMapping
    ) async throws(SyncError) -> RecordRow? {
        guard let connection = self.open.pair.connections[side] else { return nil }
        let object =
            side == .hubspot
            ? mapping.hubspot.name : mapping.salesforceObject(ofID: id)
        let reply = try await connection.read(
            ReadRequest(
                mapping: mapping,
                object: object,
                ids: [id],
                purpose: "check",
                priority: .manual
            )
        )
        return reply.pages.flatMap(\.rows).first
    }

    // MARK: - Words

    private static func title(_ query: RecordQuery, _ found: [Found]) -> String {
        let name = Self.title(query)
        return found.isEmpty ? "\(name): not found in either CRM" : name
    }

    private static func title(_ query: RecordQuery) -> String {
        switch query {
        case .email(let email): email
        case .id(let id, let side): "\(Words.name(of: side)) \(id)"
        case .page(let id, _): "HubSpot \(id)"
        }
    }

    private func url(of id: String, on side: Side, _ mapping: String) -> String {
        self.open.urls.url(of: id, on: side, mapping: mapping) ?? id
    }

    private func lines(_ found: [Found], on side: Side, _ mapping: ObjectMapping) -> [String] {
        let name = Words.name(of: side)
        guard !found.isEmpty else { return ["\(name): no such record"] }
        return found.map { record in
            let place = self.url(of: record.row.id, on: side, mapping.name)
            let object = side == .hubspot ? mapping.shown : record.row.object
            let state =
                switch record.row.fate {
                case .live: "exists"
                case .deleted: "deleted"
                case .merged: "merged into another record"
                case .converted: "converted"
                }
            let changed = Clock.text(record.row.stamp.milliseconds)
            return "\(name) \(object): \(state), last changed \(changed)  \(place)"
        }
    }

    private func lines(_ link: Link) -> [String] {
        let places = Side.allCases.map { side in
            self.url(of: link.recordID(on: side), on: side, link.mapping)
        }
        let state =
            switch link.state {
            case .active: "Synced with each other"
            case .frozen: "Synced with each other, but held until you decide"
            case .goneFromHubSpot: "Held: the record in HubSpot is gone"
            case .goneFromSalesforce: "Held: the record in Salesforce is gone"
            case .mergedInHubSpot: "Held until its records are merged in Salesforce too"
            case .mergedInSalesforce: "Held until its records are merged in HubSpot too"
            case .outsideInHubSpot: "Resting: the mapping does not include the record in HubSpot"
            case .outsideInSalesforce:
                "Resting: the mapping does not include the record in Salesforce"
            case .outside: "Resting: the mapping includes neither record"
            case .ended, .endedInHubSpot, .endedInSalesforce: "Were synced with each other"
            }
        var lines = ["\(state): \(places.joined(separator: "  ⇄  "))"]
        if link.state.isOutside {
            lines.append(
                "  Next step: change the record, or `include` of the mapping \(link.mapping)."
            )
        }
        for side in Side.allCases {
            guard let stamp = link.stamp(on: side) else { continue }
            let time = Clock.text(stamp.milliseconds)
            lines.append("  last seen of \(Words.name(of: side)): \(time)")
        }
        return lines
    }

    private static func lines(_ history: [JournalEntry]) -> [String] {
        guard !history.isEmpty else { return [] }
        return ["History, newest first:"]
            + history.map { entry in
                let what = entry.field.map { "\($0): " } ?? ""
                let target = entry.target.map { " → \(Words.name(of: $0))" } ?? ""
                return "  \(Clock.text(entry.at))  \(what)\(entry.reason)\(target)"
            }
    }

    private static func reason(_ kind: OutboxEntry.Kind) -> String {
        switch kind {
        case .create: "waiting to be created"
        case .update: "waiting write"
        case .delete: "waiting to be deleted"
        }
    }

    private static func waiting(_ entry: OutboxEntry) -> CommandReport.Waiting {
        CommandReport.Waiting(
            side: entry.target,
            records: 1,
            reason: Self.reason(entry.kind),
            until: entry.notBefore
        )
    }

    /// Why the mapping leaves out what was found, or `nil` where it does not.
    private static func leftOut(_ found: [Found], _ mapping: ObjectMapping) -> String? {
        let live = found.filter { $0.row.fate == .live }
        let sides = Set(live.map(\.side)).filter { side in
            !live.contains {
                $0.side == side && mapping.inclusion.includes($0.row.values, on: side)
            }
        }
        guard let side = Side.allCases.first(where: sides.contains) else { return nil }
        return "Not synced: `include` of the mapping \(mapping.name) leaves out what "
            + "\(Words.name(of: side)) has. Next step: change the record, or the mapping."
    }

    private static func nextStep(
        _ found: [Found],
        _ report: CommandReport,
        _ mapping: String
    ) -> String {
        if found.isEmpty { return "Next step: check the spelling, or whether you may see it." }
        if !report.findings.isEmpty { return "Next step: see below." }
        if !report.waiting.isEmpty { return "Next step: it is on its way: duet sync" }
        return "Not synced yet. Next step: edit the record, or bring in what exists: "
            + "duet backfill \(mapping)"
    }
}
