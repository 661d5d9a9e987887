import SyncCore
import SyncStore

/// The decisions at this moment, with the counterparts of the records that the decided ones refer to.
extension ObjectSyncer {
    /// One side's values of a record that is to be decided about.
    struct Values {
        var side: Side
        var blob: RecordBlob
    }

    /// For the rows of a page and what is known of them.
    func step(
        deciding rows: [(row: RecordRow, known: LoadedRecord?)],
        on side: Side,
        with others: [LoadedRecord]
    ) async throws(SyncError) -> RecordStep {
        guard self.refers else { return self.step() }
        var values = others.flatMap(Self.values)
        for (row, known) in rows {
            values.append(Values(side: side, blob: row.values))
            guard let known else { continue }
            values += Self.values(of: known)
            guard let link = known.link, let held = self.heldRow(link.recordID(on: side.other))
            else { continue }
            values.append(Values(side: side.other, blob: held.values))
        }
        return try await self.step(referring: values)
    }

    /// For creates whose counterparts were looked up.
    func step(
        matching entries: [OutboxEntry],
        with candidates: [RecordRow],
        known: [LoadedRecord]
    ) async throws(SyncError) -> RecordStep {
        guard self.refers, let side = entries.first?.target else { return self.step() }
        let seen = entries.compactMap { $0.observed(on: side.other)?.values }
        return try await self.step(
            referring: seen.map { Values(side: side.other, blob: $0) }
                + candidates.map { Values(side: side, blob: $0.values) }
                + known.flatMap(Self.values)
        )
    }

    /// For writes whose outcome is known.
    func step(
        settling entries: [OutboxEntry],
        _ known: [LoadedRecord]
    ) async throws(SyncError) -> RecordStep {
        guard self.refers else { return self.step() }
        let blank = [FieldValue](repeating: .blank, count: self.mapping.fields.count)
        let sent = entries.map { entry in
            Values(side: entry.target, blob: RecordBlob(values: blank).setting(entry.fields))
        }
        return try await self.step(referring: sent + known.flatMap(Self.values))
    }

    /// For staged records and those that may be their counterparts.
    func step(
        backfilling staged: [StagedRecord],
        with candidates: [StagedRecord]
    ) async throws(SyncError) -> RecordStep {
        guard self.refers else { return self.step() }
        return try await self.step(
            referring: (staged + candidates).map { Values(side: $0.side, blob: $0.row.values) }
        )
    }

    // MARK: - Pieces

    /// Whether records of the mapping refer to others at all.
    private var refers: Bool { !self.mapping.references.isEmpty }

    private func step(referring values: [Values]) async throws(SyncError) -> RecordStep {
        var step = self.step()
        var references = step.references
        for field in self.mapping.references {
            for side in Side.allCases {
                let named = values.filter { $0.side == side }.compactMap { values in
                    field.referred(values.blob.values[field.index], on: side)
                }
                for mapping in field.targets?.mappings ?? [] {
                    let found = try await self.store.counterparts(
                        mapping: mapping,
                        side: side,
                        ids: named.filter { $0.mapping == mapping }.map(\.id)
                    )
                    for (id, counterpart) in self.spoiled(found) {
                        references.add(
                            References.Record(mapping: mapping, side: side, id: id),
                            counterpart: counterpart
                        )
                    }
                }
            }
        }
        step.references = references
        return step
    }

    /// The counterparts; the mutant takes each record's neighbour for it.
    private func spoiled(_ found: [String: String]) -> [String: String] {
        guard self.settings.sabotage == .tiesToNeighbours, found.count > 1 else { return found }
        let ids = found.keys.sorted()
        let pairs = zip(ids, ids.dropFirst() + ids.prefix(1)).map { ($0, found[$1] ?? "") }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Everything that is known of a stored record's values.
    private static func values(of record: LoadedRecord) -> [Values] {
        Side.allCases.flatMap { side in
            let observed = record.entries.map { $0.observed(on: side)?.values }
            return ([record.link?.base(on: side)] + observed).compactMap { blob in
                blob.map { Values(side: side, blob: $0) }
            }
        }
    }
}
