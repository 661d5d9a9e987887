/// A record type of an object, which narrows its picklists.
package struct MockSalesforceRecordType: Sendable, Hashable, Codable {
    package var object: String
    package var name: String
    package var developerName: String
    package var isActive: Bool
    /// Whether the integration user may give it to records.
    package var isAvailable: Bool
    /// Whether records get it that name none.
    package var isDefault: Bool
    /// By field, the values that it leaves; a field that is not named keeps all.
    package var picklists: [String: [String]]

    package init(
        object: String,
        name: String,
        developerName: String? = nil,
        isActive: Bool = true,
        isAvailable: Bool = true,
        isDefault: Bool = false,
        picklists: [String: [String]] = [:]
    ) {
        self.object = object
        self.name = name
        self.developerName = developerName ?? name.replacing(" ", with: "_")
        self.isActive = isActive
        self.isAvailable = isAvailable
        self.isDefault = isDefault
        self.picklists = picklists
    }

    /// The id of the record type at that place of the settings.
    package static func id(_ place: Int) -> String {
        // The first two are those of person accounts.
        SalesforceID.make(prefix: "012", number: place + 10)
    }
}
