import SyncCore
import SyncStore

/// Ties of the mapping's records that are records of their own in Salesforce.
extension ObjectSyncer {
    /// Whose ties are looked at once a page is stored: those of new links, and with `updates` those of links that change.
    ///
    /// `stirred`: HubSpot's ids of records whose stamps moved.
    func noting(updates: Bool, stirred: Set<String> = []) -> RelationNotes? {
        guard !self.mapping.relations.isEmpty else { return nil }
        var notes = RelationNotes(
            relations: self.mapping.relations.map(\.name),
            areUpdatesNoted: updates
        )
        if !stirred.isEmpty { notes.stirred = (self.mapping.name, stirred.sorted()) }
        return notes
    }

    /// The same of a page of a side's feed.
    func noting(_ side: Side) -> RelationNotes? {
        self.noting(updates: side == .hubspot, stirred: side == .hubspot ? self.stirred : [])
    }

    /// What is known of each row's record; those that are newer than any that is known are noted.
    func noted(
        _ rows: [RecordRow],
        on side: Side,
        isWhole: Bool
    ) async throws(SyncError) -> [StoredRecord] {
        let stored = try await self.stored(rows, on: side, isWhole: isWhole)
        self.stirred.formUnion(self.stirs(rows, stored, on: side))
        return stored
    }

    /// The rows of a page that show newer versions than any that are known: a tie may be all that is new.
    private func stirs(_ rows: [RecordRow], _ stored: [StoredRecord], on side: Side) -> Set<String>
    {
        guard side == .hubspot, !self.mapping.relations.isEmpty else { return [] }
        return Set(
            zip(rows, stored).filter { row, stored in
                let known: ServerTime? =
                    if case .inStep(let stamp) = stored { stamp } else {
                        stored.record?.link?.hubspotStamp
                    }
                return self.rows.isNewer(
                    side: side,
                    id: row.id,
                    stamp: row.stamp,
                    storedStamp: known
                )
            }.map(\.0.id)
        )
    }
}
