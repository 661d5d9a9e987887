package import SyncCore

extension Configuration.Mapping {
    /// The fields that tell people apart, or `nil` where the records are none.
    ///
    /// `stored`: HubSpot's properties in the order in which the store has them, where it tells.
    package func people(stored: [String]?) -> PeopleFields? {
        PeopleFields(
            mapping: self.name,
            object: self.hubspot,
            fields: stored ?? self.fields.map(\.hubspot),
            match: self.match
        )
    }
}
