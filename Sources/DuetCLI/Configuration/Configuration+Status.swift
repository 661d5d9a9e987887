package import SyncCore

extension Configuration {
    /// Where a mapping's records tell how they stand, as the file has it.
    package struct Status: Sendable, Hashable {
        package var fields: StatusFields
        package var place: Place

        package init(fields: StatusFields, place: Place) {
            self.fields = fields
            self.place = place
        }
    }
}
