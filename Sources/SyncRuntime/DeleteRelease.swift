package import SyncCore
package import SyncStore

/// What a person says about deletes that wait for one.
package enum DeleteRelease {
    /// The name under which the store keeps the newest delete that a person has let go.
    package static func name(mapping: String, target: Side) -> String {
        "deletes let go: \(mapping), \(target.rawValue)"
    }

    /// Lets all go that wait now; later ones are counted anew.
    ///
    /// - Returns: how many.
    package static func apply(
        mapping: String,
        target: Side,
        in store: any SyncStore
    ) async throws(SyncError) -> Int {
        let name = Self.name(mapping: mapping, target: target)
        let before = try await store.text(name).flatMap { Int64($0) } ?? 0
        let count = try await store.deletes(
            mapping: mapping,
            target: target,
            after: before,
            since: .max
        )
        guard count.waiting > 0 else { return 0 }
        try await store.setText(String(count.newest), for: name)
        return count.waiting
    }

    /// Ends all that wait now: their records stay, and an issue tells of each.
    ///
    /// - Returns: how many.
    package static func keep(
        mapping: String,
        target: Side,
        in store: any SyncStore
    ) async throws(SyncError) -> Int {
        var kept = 0
        var after: EntryQuery.Place?
        while true {
            let entries = try await store.entries(
                EntryQuery(
                    mapping: mapping,
                    target: target,
                    states: [.planned],
                    after: after,
                    limit: 1_000
                )
            )
            guard let last = entries.last else { return kept }
            after = EntryQuery.Place(last)
            let deletes = entries.filter { $0.kind == .delete }
            kept += deletes.count
            let records = deletes.map { entry in
                var ended = entry
                ended.state = .superseded
                let isToHubSpot = target == .hubspot
                return RecordCommit(
                    entries: [ended],
                    raise: [
                        Finding(
                            code: .counterpartDeleted,
                            mapping: mapping,
                            hubspotID: isToHubSpot ? entry.targetID : entry.sourceID,
                            salesforceID: isToHubSpot ? entry.sourceID : entry.targetID,
                            details: [target.other.rawValue]
                        )
                    ]
                )
            }
            if !records.isEmpty { _ = try await store.commit(PageCommit(records: records)) }
        }
    }
}
