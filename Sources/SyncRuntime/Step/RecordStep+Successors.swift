import SyncCore
import SyncStore

/// What took the place of a counterpart that was merged or converted.
extension RecordStep {
    /// Records to be read before these creates are decided: a key ties one to a row that tells where it
    /// went, and no row shows it there.
    ///
    /// - Returns: the ids by object, both in order; none of an object that the mapping does not have.
    func unseenSuccessors(
        of entries: [OutboxEntry],
        in rows: [RecordRow],
        on side: Side
    ) -> [(object: String, ids: [String])] {
        guard rows.contains(where: { $0.successorID != nil }) else { return [] }
        let index = self.candidateIndex(rows, on: side)
        let known = Set(rows.map(\.id))
        var ids: [String: Set<String>] = [:]
        for entry in entries {
            let own = index.candidates(of: entry, step: self)
            let successors = LinkLookup.successors(of: self.seeker(entry), in: own)
            for id in successors where !known.contains(id) {
                guard let object = self.object(ofID: id, on: side) else { continue }
                ids[object, default: []].insert(id)
            }
        }
        return ids.sorted { $0.key < $1.key }.map { (object: $0.key, ids: $0.value.sorted()) }
    }

    /// Records to be read before these staged ones are decided: their keys name them, and the stage, which
    /// holds what lives, does not have them.
    ///
    /// `known`: ids that the stage has.
    /// - Returns: the ids by object, both in order.
    func unstagedCounterparts(
        of staged: [StagedRecord],
        known: Set<String>,
        on side: Side
    ) -> [(object: String, ids: [String])] {
        var ids: [String: Set<String>] = [:]
        for id in staged.compactMap(\.row.counterpartID) where !known.contains(id) {
            guard let object = self.object(ofID: id, on: side) else { continue }
            ids[object, default: []].insert(id)
        }
        return ids.sorted { $0.key < $1.key }.map { (object: $0.key, ids: $0.value.sorted()) }
    }

    /// The object that a record of that id belongs to, or `nil` where the mapping does not have it.
    private func object(ofID id: String, on side: Side) -> String? {
        guard side == .salesforce else { return self.mapping.hubspot.name }
        // A converted lead's contact need not be among the objects that are synced.
        let name =
            ObjectKind.salesforceObject(ofID: id) ?? self.mapping.salesforceObject(ofID: id)
        return self.mapping.object(name, on: .salesforce)?.name
    }
}
