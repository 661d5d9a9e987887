package import SyncCore

/// Records to be looked up on one side for records of the other that have no link.
package struct FindRequest: Sendable {
    /// One record that looks for its counterpart.
    package struct Query: Sendable, Hashable {
        /// The looking record's own id: what the counterpart's key field would hold.
        package var sourceID: String
        /// Match field (place in the mapping) and value in the searched side's normal form.
        package var values: [Int: FieldValue]
        /// Whether the key must be looked for too.
        ///
        /// Where no create can have stored it, a create with a key that is taken tells as much.
        package var looksByKey: Bool

        package init(sourceID: String, values: [Int: FieldValue], looksByKey: Bool = true) {
            self.sourceID = sourceID
            self.values = values
            self.looksByKey = looksByKey
        }
    }

    package var mapping: ObjectMapping
    package var queries: [Query]
    package var priority: PriorityClass
    /// Whether deleted records are wanted too: proof that a lost create was stored.
    package var includesDeleted: Bool

    package init(
        mapping: ObjectMapping,
        queries: [Query],
        priority: PriorityClass,
        includesDeleted: Bool = false
    ) {
        self.mapping = mapping
        self.queries = queries
        self.priority = priority
        self.includesDeleted = includesDeleted
    }
}
