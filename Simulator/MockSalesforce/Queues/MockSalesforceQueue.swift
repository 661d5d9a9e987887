/// A queue: several people's, an owner of records of some objects.
package struct MockSalesforceQueue: Sendable, Hashable, Codable {
    package var name: String
    package var developerName: String
    package var email: String?
    /// The objects whose records it may own: those whose owner may be a group.
    package var objects: [String]

    package init(
        name: String,
        developerName: String? = nil,
        email: String? = nil,
        objects: [String] = ["Lead", "Case"]
    ) {
        self.name = name
        self.developerName = developerName ?? name.replacing(" ", with: "_")
        self.email = email
        self.objects = objects
    }

    /// The id of the queue at that place of the settings.
    package static func id(_ place: Int) -> String {
        SalesforceID.make(prefix: "00G", number: place + 1)
    }
}
