/// A person who can own records.
package struct MockHubSpotOwner: Sendable, Hashable, Codable {
    /// What `hubspot_owner_id` holds; not the user id.
    package var id: Int64
    package var userID: Int64
    package var email: String
    package var firstName: String
    package var lastName: String
    package var isArchived: Bool
    /// The permission set that the person was given.
    package var roleID: Int64?

    package init(
        id: Int64,
        userID: Int64,
        email: String,
        firstName: String,
        lastName: String,
        isArchived: Bool = false
    ) {
        self.id = id
        self.userID = userID
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.isArchived = isArchived
    }

    /// An administrator, a seller and someone who has left, by e-mail the mock org's users.
    package static let standard = [
        MockHubSpotOwner(
            id: 71,
            userID: 5,
            email: "ada.admin@example.invalid",
            firstName: "Ada",
            lastName: "Admin"
        ),
        MockHubSpotOwner(
            id: 72,
            userID: 6,
            email: "sam.seller@example.invalid",
            firstName: "Sam",
            lastName: "Seller"
        ),
        MockHubSpotOwner(
            id: 73,
            userID: 7,
            email: "lee.left@example.invalid",
            firstName: "Lee",
            lastName: "Left",
            isArchived: true
        ),
    ]
}
