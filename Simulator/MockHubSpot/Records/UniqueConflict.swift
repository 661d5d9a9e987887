/// A value that another record holds already, of a property that no two may share.
struct UniqueConflict {
    var property: String
    var value: String
    /// The record that should have got it: a new one has the id that it would have had.
    var record: Int64
    var holder: Int64

    /// As HubSpot says it (recorded for companies, deals, products and marketing events).
    func message(portal: Int64, _ object: MockHubSpotObject) -> String {
        let type =
            object.isCustom ? "objectTypeId=\(object.typeID)" : "legacyObjectType=\(object.label)"
        return "Cannot set PropertyValueCoordinates{portalId=\(portal), "
            + "objectTypeId=ObjectTypeId{\(type)}, propertyName=\(self.property), "
            + "value=\(self.value)} on \(self.record). \(self.holder) already has that value."
    }
}
