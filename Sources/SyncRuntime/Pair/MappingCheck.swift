package import SyncCore
package import SyncStore

/// Refuses a mapping whose fields are not those that its records were last compared by.
///
/// A base has one value for each field in the mapping's order. Read by another list of fields, a value would be
/// compared with another field's, or with none.
package struct MappingCheck: Sendable {
    private let store: any SyncStore

    package init(store: any SyncStore) {
        self.store = store
    }

    /// Notes the fields of mappings that hold nothing yet.
    ///
    /// - Throws: for a mapping with linked records or waiting writes whose fields have changed.
    package func run(_ mappings: [ObjectMapping]) async throws(SyncError) {
        for mapping in mappings {
            let name = "mapping.revision.\(mapping.name)"
            let revision = String(mapping.revision)
            let known = try await self.store.text(name)
            guard known != revision else { continue }
            if known != nil, try await self.isInUse(mapping.name) {
                throw SyncError(
                    code: .configuration,
                    cause: "The fields of the mapping `\(mapping.name)` are not those that its "
                        + "records were last compared by.",
                    nextStep:
                        "Put the list back as it was, in its old order, or name a new file under "
                        + "`store` and run `duet backfill \(mapping.name)`: records that carry each "
                        + "other's ids are linked again."
                )
            }
            try await self.store.setText(revision, for: name)
        }
    }

    private func isInUse(_ mapping: String) async throws(SyncError) -> Bool {
        if try await self.store.linkCount(mapping: mapping) > 0 { return true }
        return try await self.store.outboxCounts().contains { $0.mapping == mapping }
    }
}
