/// A property that an administrator requires: in the form that makes a record, or wherever
/// another property has one of some values.
package struct MockHubSpotRequirement: Sendable, Hashable, Codable {
    package struct Condition: Sendable, Hashable, Codable {
        package var property: String
        package var values: [String]

        package init(_ property: String, is values: [String]) {
            self.property = property
            self.values = values
        }
    }

    /// The object type's id, such as `0-1`.
    package var type: String
    package var property: String
    /// `nil` asks for it whenever a record is made.
    package var condition: Condition?

    package init(_ property: String, type: String, when condition: Condition? = nil) {
        self.property = property
        self.type = type
        self.condition = condition
    }
}
