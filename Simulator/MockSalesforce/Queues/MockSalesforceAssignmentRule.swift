/// A rule that gives new and changed leads or cases to an owner.
package struct MockSalesforceAssignmentRule: Sendable, Hashable, Codable {
    /// The first entry whose field has the value decides.
    package struct Entry: Sendable, Hashable, Codable {
        /// `nil` for every record.
        package var field: String?
        package var value: MockSalesforceValue
        /// The 18-character id of a user or of a queue.
        package var ownerID: String

        package init(
            when field: String? = nil,
            is value: MockSalesforceValue = .null,
            ownerID: String
        ) {
            self.field = field
            self.value = value
            self.ownerID = ownerID
        }
    }

    package var object: String
    package var name: String
    /// One rule of an object is active.
    package var isActive: Bool
    package var entries: [Entry]

    package init(object: String, name: String, isActive: Bool = true, entries: [Entry]) {
        self.object = object
        self.name = name
        self.isActive = isActive
        self.entries = entries
    }

    /// The id of the rule at that place of the settings.
    package static func id(_ place: Int) -> String {
        SalesforceID.make(prefix: "01Q", number: place + 1)
    }
}
