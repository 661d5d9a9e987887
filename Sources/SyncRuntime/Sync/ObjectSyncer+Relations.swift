import SyncCore
import SyncStore

/// Ties of the mapping's records that are records of their own in Salesforce.
extension ObjectSyncer {
    /// Whose ties are looked at once a page is stored: those of new links, and with `updates` those of links that change.
    func noting(updates: Bool) -> RelationNotes? {
        guard !self.mapping.relations.isEmpty else { return nil }
        return RelationNotes(
            relations: self.mapping.relations.map(\.name),
            areUpdatesNoted: updates
        )
    }
}
