/// A record as oracles read it: its values with names, in the object's field order.
package struct MockSalesforceRecord: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: MockSalesforceValue

        package init(_ name: String, _ value: MockSalesforceValue) {
            self.name = name
            self.value = value
        }
    }

    package var id: String
    package var isDeleted: Bool
    package var fields: [Field]

    /// Gives a field that is there another value.
    mutating func set(_ name: String, _ value: MockSalesforceValue) {
        guard let place = self.fields.firstIndex(where: { $0.name == name }) else { return }
        self.fields[place].value = value
    }

    /// The value of a field; null where there is none.
    package subscript(_ name: String) -> MockSalesforceValue {
        self.fields.first { $0.name == name }?.value ?? .null
    }
}
