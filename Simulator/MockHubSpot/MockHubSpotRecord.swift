/// A record as oracles read it: its set values with names, in the order of the definitions.
package struct MockHubSpotRecord: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var id: String
    package var isArchived: Bool
    /// Whether the API user may see it.
    package var isVisible: Bool
    /// Server milliseconds.
    package var createdAt: Int64
    /// Server milliseconds of the last write, also of one that changed nothing.
    package var modifiedAt: Int64
    /// Without the id and the two stamps.
    package var fields: [Field]

    /// The value of a property; `nil` where it is unset.
    package subscript(_ name: String) -> String? {
        self.fields.first { $0.name == name }?.value
    }
}
