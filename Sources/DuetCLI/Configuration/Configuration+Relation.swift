extension Configuration {
    /// Ties that are records of their own in Salesforce, as a mapping's `relations` has them.
    package struct Relation: Sendable, Hashable {
        /// The mapping at the other end, by its name or HubSpot's object.
        package var with: Association
        /// The Salesforce object in between.
        package var through: String
        /// Its field that says what the tie means; `nil` where the object has a usual one, or none is synced.
        package var role: String?
        package var labels: [Label]
        package var place: Place

        /// A label of HubSpot's and the value that says the same in Salesforce.
        package struct Label: Sendable, Hashable {
            package var label: String
            package var role: String
            package var place: Place
        }
    }
}
