import Foundation
import HTTPTransport
import SyncCore
import SyncRuntime
import SyncStore

/// Writes what a preview planned into a file, page by page.
struct PlanWriter {
    private let open: OpenPair
    private let backfill: String?

    init(_ open: OpenPair, backfill: String?) {
        self.open = open
        self.backfill = backfill
    }

    /// - Returns: how many writes it has.
    func write(_ plan: PlanSummary, to path: String, by person: String) async throws -> Int {
        var lines: [String] = []
        let mappings = Dictionary(
            self.open.pair.mappings.map { ($0.name, $0) },
            uniquingKeysWith: { one, _ in one }
        )
        var after: EntryQuery.Place?
        while true {
            let entries = try await self.open.store.entries(
                EntryQuery(states: [.planned, .unmatched], after: after, limit: 2_000)
            )
            guard let last = entries.last else { break }
            after = EntryQuery.Place(last)
            for entry in entries where entry.kind != .update || !entry.fields.isEmpty {
                guard let mapping = mappings[entry.mapping] else { continue }
                lines.append(
                    "\(WriteDigest(entry, mapping).text) \(entry.kind.rawValue) \(entry.target.rawValue) "
                        + "\(entry.object) \(entry.targetID ?? entry.sourceID)"
                )
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = try encoder.encode(self.header(plan, writes: lines.count, by: person))
        let text = ([String(decoding: header, as: UTF8.self)] + lines).joined(separator: "\n")
        try PrivateFile.write(text + "\n", to: path)
        return lines.count
    }

    private func header(
        _ plan: PlanSummary,
        writes: Int,
        by person: String
    ) -> PlanFile.Header {
        var random = LiveRandom()
        return PlanFile.Header(
            formatVersion: CommandReport.formatVersion,
            plan: String(random.next(), radix: 16),
            madeAt: Clock.text(self.open.startedAt),
            madeBy: person,
            portal: self.open.accounts[.hubspot]?.id ?? "",
            org: self.open.accounts[.salesforce]?.id ?? "",
            backfill: self.backfill,
            mappings: Dictionary(
                self.open.pair.mappings.map { ($0.name, $0.revision) },
                uniquingKeysWith: { one, _ in one }
            ),
            writes: writes,
            calls: Dictionary(
                uniqueKeysWithValues: Side.allCases.map { ($0.rawValue, plan.price[$0] ?? 0) }
            )
        )
    }
}
