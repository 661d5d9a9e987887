/// A person of the org, who owns and edits records.
package struct MockSalesforceUser: Sendable, Hashable, Codable {
    /// The 18-character id.
    package var id: String
    package var firstName: String
    package var lastName: String
    package var email: String
    package var isActive: Bool

    package init(
        id: String,
        firstName: String,
        lastName: String,
        email: String,
        isActive: Bool = true
    ) {
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.isActive = isActive
    }

    /// The 18-character id of the user with a number.
    package static func id(_ number: Int) -> String {
        SalesforceID.make(prefix: "005", number: number)
    }

    /// The person who edits where a test does not care who.
    package static let administrator = MockSalesforceUser(
        id: SalesforceID.make(prefix: "005", number: 101),
        firstName: "Ada",
        lastName: "Admin",
        email: "ada.admin@example.invalid"
    )

    /// An administrator, a seller and someone who has left.
    package static let standard = [
        administrator,
        MockSalesforceUser(
            id: SalesforceID.make(prefix: "005", number: 102),
            firstName: "Sam",
            lastName: "Seller",
            email: "sam.seller@example.invalid"
        ),
        MockSalesforceUser(
            id: SalesforceID.make(prefix: "005", number: 103),
            firstName: "Lee",
            lastName: "Left",
            email: "lee.left@example.invalid",
            isActive: false
        ),
    ]
}
