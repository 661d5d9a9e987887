/// A profile of the org: what its users may do, as exceptions from everything.
package struct MockSalesforceProfile: Sendable, Hashable, Codable {
    package var name: String
    package var permissions: Set<MockSalesforceSystemPermission>
    /// By object; an object that is not named is open.
    package var objects: [String: MockSalesforceObjectAccess]
    /// Fields that users do not see, as `Contact.Title`; a compound address stands for its parts.
    package var hiddenFields: Set<String>
    /// Fields that users see and do not write.
    package var readOnlyFields: Set<String>

    package init(
        name: String,
        permissions: Set<MockSalesforceSystemPermission> = Set(
            MockSalesforceSystemPermission.allCases
        ),
        objects: [String: MockSalesforceObjectAccess] = [:],
        hiddenFields: Set<String> = [],
        readOnlyFields: Set<String> = []
    ) {
        self.name = name
        self.permissions = permissions
        self.objects = objects
        self.hiddenFields = hiddenFields
        self.readOnlyFields = readOnlyFields
    }

    /// Everything is open.
    package static let administrator = MockSalesforceProfile(name: "System Administrator")
}
