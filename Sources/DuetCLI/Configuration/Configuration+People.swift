package import SyncCore

extension Configuration.Mapping {
    /// The fields that tell people apart, or `nil` where the records are none.
    package var people: PeopleFields? {
        PeopleFields(
            mapping: self.name,
            object: self.hubspot,
            fields: self.fields.map(\.hubspot),
            match: self.match
        )
    }
}
