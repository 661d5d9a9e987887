/// Who can own records.
package struct OwnerDescription: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case person
        /// A Salesforce queue: it owns leads and cases until a person takes them.
        case queue
    }

    /// What an owner field holds.
    package var id: String
    /// HubSpot's id of the person, which is another one.
    package var userID: String?
    package var name: String
    /// In lower case, as it is compared across the CRMs; a queue may have none.
    package var email: String?
    package var kind: Kind
    /// Records keep owners that are not, but cannot be given to them.
    package var isActive: Bool

    package init(
        id: String,
        userID: String? = nil,
        name: String,
        email: String?,
        kind: Kind,
        isActive: Bool
    ) {
        self.id = id
        self.userID = userID
        self.name = name
        self.email = email
        self.kind = kind
        self.isActive = isActive
    }
}
