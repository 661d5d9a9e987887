/// What a user may do with the records of one object.
package struct MockSalesforceObjectAccess: Sendable, Hashable, Codable {
    package var isReadable: Bool
    package var isCreateable: Bool
    package var isEditable: Bool
    package var isDeletable: Bool

    package init(
        isReadable: Bool = true,
        isCreateable: Bool = true,
        isEditable: Bool = true,
        isDeletable: Bool = true
    ) {
        self.isReadable = isReadable
        self.isCreateable = isCreateable
        self.isEditable = isEditable
        self.isDeletable = isDeletable
    }

    package static let all = MockSalesforceObjectAccess()
    package static let readOnly = MockSalesforceObjectAccess(
        isCreateable: false,
        isEditable: false,
        isDeletable: false
    )
    package static let none = MockSalesforceObjectAccess(
        isReadable: false,
        isCreateable: false,
        isEditable: false,
        isDeletable: false
    )

    mutating func add(_ other: MockSalesforceObjectAccess) {
        self.isReadable = self.isReadable || other.isReadable
        self.isCreateable = self.isCreateable || other.isCreateable
        self.isEditable = self.isEditable || other.isEditable
        self.isDeletable = self.isDeletable || other.isDeletable
    }
}
