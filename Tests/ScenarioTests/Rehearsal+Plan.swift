import CRMInterface
import DuetCLI
import HTTPTransport
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    /// What a preview showed, and the writes that it planned.
    struct Plan {
        var summary: PlanSummary
        var writes: Set<WriteDigest>
        var entries: [OutboxEntry]
    }

    /// Looks at what a sync would do, with the backfill of a mapping where one is named; nothing is written.
    func plan(backfill name: String? = nil) async throws -> Plan {
        let copy = try self.store.copyForPreview()
        let pair = Pair(
            name: "preview",
            mappings: self.mappings,
            required: [
                "Contact": ["LastName"], "Lead": ["LastName", "Company"], "Account": ["Name"],
                "Opportunity": ["Name", "StageName", "CloseDate"],
            ],
            connections: try await Self.connections(
                copy,
                self.transport,
                self.time,
                SequenceSource()
            ),
            store: copy,
            time: self.time,
            settings: RuntimeSettings()
        )
        let before = try await copy.calls(since: 0).reduce(into: [Side: Int]()) {
            $0[$1.side, default: 0] += $1.cost
        }
        let runner = PairRunner(pair: pair)
        try await runner.start()
        if let name { try await runner.backfill(name) }
        _ = try await runner.preview()
        var reads: [Side: Int] = [:]
        for call in try await copy.calls(since: 0) { reads[call.side, default: 0] += call.cost }
        for side in Side.allCases { reads[side, default: 0] -= before[side] ?? 0 }
        let transport = CurlTransport(settings: CurlSettings())
        defer { transport.shutDown() }
        let open = OpenPair(
            pair: pair,
            store: copy,
            accounts: [:],
            startedAt: 0,
            transport: transport
        )
        let summary = try await Reporting.plan(open: open, asks: 0, reads: reads)
        let entries = try await copy.entries(
            EntryQuery(states: [.planned, .unmatched], limit: 100_000)
        ).filter { $0.kind != .update || !$0.fields.isEmpty }
        let writes = Set(
            entries.compactMap { entry in
                self.mappings.first { $0.name == entry.mapping }.map { WriteDigest(entry, $0) }
            }
        )
        return Plan(summary: summary, writes: writes, entries: entries)
    }

    /// Writes what is left of a plan.
    func apply(
        _ plan: Plan,
        backfill name: String? = nil,
        part: WritePermit.Part = .all
    ) async throws -> (permit: WritePermit, summary: RunSummary) {
        let permit = WritePermit(plan.writes, mappings: self.mappings, part: part)
        let summary = try await self.runner.apply(permit, plan: "plan", backfill: name)
        return (permit, summary)
    }
}
