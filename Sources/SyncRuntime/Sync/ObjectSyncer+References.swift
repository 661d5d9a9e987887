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
        return try await self.step(
            referring: values,
            waits: self.waits(of: rows.compactMap { $0.known?.link })
        )
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
        return try await self.step(
            referring: sent + known.flatMap(Self.values),
            waits: self.waits(of: known.compactMap(\.link))
        )
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
    var refers: Bool { !self.mapping.references.isEmpty }

    /// For which records both sides of links wait.
    func waits(
        of links: [Link]
    ) async throws(SyncError) -> [References.Record: [References.Record]] {
        var waits: [References.Record: [References.Record]] = [:]
        for side in Side.allCases {
            let found = try await self.store.waits(
                mapping: self.mapping.name,
                side: side,
                ids: links.map { $0.recordID(on: side) }
            )
            for (id, parents) in found {
                waits[.init(mapping: self.mapping.name, side: side, id: id)] = parents
            }
        }
        return waits
    }

    /// What is known of rows that show what both sides agreed on, where their records wait for others: they may
    /// have said something else meanwhile, which is in no base.
    func completed(
        _ stored: [StoredRecord],
        of rows: [RecordRow],
        on side: Side
    ) async throws(SyncError) -> [StoredRecord] {
        guard self.refers else { return stored }
        let waits = try await self.store.waits(
            mapping: self.mapping.name,
            side: side,
            ids: rows.map(\.id)
        )
        let loaded = try await self.loaded(waits.keys.sorted(), on: side)
        guard !loaded.isEmpty else { return stored }
        return zip(rows, stored).map { row, stored in loaded[row.id].map { .known($0) } ?? stored }
    }

    private func step(
        referring values: [Values],
        waits: [References.Record: [References.Record]] = [:]
    ) async throws(SyncError) -> RecordStep {
        var step = self.step()
        step.waits = waits
        let awaited = waits.values.flatMap(\.self)
        var references = step.references
        for field in self.mapping.references {
            for side in Side.allCases {
                let named = values.filter { $0.side == side }.compactMap { values in
                    field.referred(values.blob.values[field.index], on: side)
                }
                for mapping in field.targets?.mappings ?? [] {
                    let ids = (named + awaited.filter { $0.side == side })
                        .filter { $0.mapping == mapping }.map(\.id)
                    let found = try await self.store.counterparts(
                        mapping: mapping,
                        side: side,
                        ids: ids
                    )
                    try await self.note(
                        Set(ids).subtracting(found.keys),
                        of: mapping,
                        goneFrom: side,
                        in: &references
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

    /// Notes which of these records are gone from their own side.
    private func note(
        _ ids: Set<String>,
        of mapping: String,
        goneFrom side: Side,
        in references: inout References
    ) async throws(SyncError) {
        guard !ids.isEmpty else { return }
        let gone = try await self.store.departed(mapping: mapping, side: side, ids: ids.sorted())
        for id in ids.sorted() {
            let record = References.Record(mapping: mapping, side: side, id: id)
            if gone.contains(id) || self.goneParents.contains(record) { references.leaves(record) }
        }
    }

    /// Remembers records without a link that a look has shown to be gone.
    func note(gone records: Set<References.Record>) {
        // Bounded: who is forgotten is looked at once more.
        if self.goneParents.count > Self.goneParentsMax { self.goneParents = [] }
        self.goneParents.formUnion(records)
    }

    private static let goneParentsMax = 10_000

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
