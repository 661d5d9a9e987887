/// Whose ties are to be looked at once a page is stored.
package struct RelationNotes: Sendable {
    /// The relations whose parents the page's records are.
    package var relations: [String]
    /// Whether those are too whose link is there already and changes: HubSpot tells of their ties by nothing else.
    package var areUpdatesNoted: Bool
    /// The mapping, and HubSpot's ids of records whose stamps moved, whether or not anything that is synced changed.
    package var stirred: (mapping: String, ids: [String])?

    package init(relations: [String], areUpdatesNoted: Bool) {
        self.relations = relations
        self.areUpdatesNoted = areUpdatesNoted
    }
}
