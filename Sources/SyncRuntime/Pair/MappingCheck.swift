package import SyncCore
package import SyncStore

/// Brings what is stored into the order of a mapping's fields where these are not those that its records were last
/// compared by.
///
/// A base has one value for each field in the mapping's order. Read by another list of fields, a value would be
/// compared with another field's, or with none.
package struct MappingCheck: Sendable {
    private let store: any SyncStore

    package init(store: any SyncStore) {
        self.store = store
    }

    /// Notes the fields of mappings, and moves what is stored by other ones.
    ///
    /// - Returns: the changes of mappings with linked records or waiting writes.
    /// - Throws: where nobody knows by which fields these were compared: an older version stored them.
    package func run(_ mappings: [ObjectMapping]) async throws(SyncError) -> [FieldChange] {
        var changes: [FieldChange] = []
        for mapping in mappings {
            let revision = try await self.store.text(Self.revision(mapping.name))
            let before = try await self.fields(mapping.name)
            let isSame = revision == String(mapping.revision)
            guard !isSame || before != mapping.fieldIdentities else { continue }
            let isUsed = revision == nil ? false : try await self.isInUse(mapping.name)
            if isUsed, !isSame, before == nil { throw Self.unknown(mapping.name) }
            let change = FieldChange(mapping, from: before ?? mapping.fieldIdentities)
            var texts: [String: String?] = [
                Self.revision(mapping.name): String(mapping.revision),
                Self.fields(mapping.name): StoredValue.text(of: mapping.fieldIdentities),
            ]
            if isUsed, !change.added.isEmpty {
                for side in Side.allCases { texts[Self.unreadPlace(mapping.name, side)] = "0" }
            }
            try await self.store.move(change, keeping: texts)
            if isUsed, !(change.added + change.removed).isEmpty { changes.append(change) }
        }
        return changes
    }

    /// The HubSpot properties of a mapping in the order in which the store has them; `nil` where it does not tell.
    package func properties(of mapping: String) async throws(SyncError) -> [String]? {
        try await self.fields(mapping)?.map(ObjectMapping.property(of:))
    }

    /// The store's name of the number of the link after which new fields are read next.
    static func unreadPlace(_ mapping: String, _ side: Side) -> String {
        "mapping.unread.\(mapping).\(side.rawValue)"
    }

    private static func revision(_ mapping: String) -> String { "mapping.revision.\(mapping)" }
    private static func fields(_ mapping: String) -> String { "mapping.fields.\(mapping)" }

    private func fields(_ mapping: String) async throws(SyncError) -> [String]? {
        try await self.store.value(Self.fields(mapping))
    }

    private static func unknown(_ mapping: String) -> SyncError {
        SyncError(
            code: .configuration,
            cause:
                "The fields of the mapping `\(mapping)` are not those that its records were last "
                + "compared by, and an older version of duet did not note which these were.",
            nextStep:
                "Put the list back as it was and run `duet sync` once; then it may be changed. Or name a "
                + "new file under `store` and run `duet backfill \(mapping)`: records that carry each "
                + "other's ids are linked again."
        )
    }

    private func isInUse(_ mapping: String) async throws(SyncError) -> Bool {
        if try await self.store.linkCount(mapping: mapping) > 0 { return true }
        return try await self.store.outboxCounts().contains { $0.mapping == mapping }
    }
}
