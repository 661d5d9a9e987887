import MockHubSpot
import MockSalesforce

/// Those who own records in both CRMs.
enum SimulatedOwners {
    /// One person by either CRM's id.
    struct Person: Sendable, Hashable {
        var hubspot: String
        var salesforce: String
    }

    /// HubSpot's property and Salesforce's field.
    static let (property, field) = ("hubspot_owner_id", "OwnerId")

    static let people = [
        Person(hubspot: "71", salesforce: MockSalesforceUser.id(101)),
        Person(hubspot: "72", salesforce: MockSalesforceUser.id(102)),
        Person(hubspot: "74", salesforce: MockSalesforceUser.id(104)),
    ]

    static let hubspot = MockHubSpotOwner(
        id: 74,
        userID: 8,
        email: "kim.keeper@example.invalid",
        firstName: "Kim",
        lastName: "Keeper"
    )

    static let salesforce = MockSalesforceUser(
        id: MockSalesforceUser.id(104),
        firstName: "Kim",
        lastName: "Keeper",
        email: "kim.keeper@example.invalid"
    )

    /// Whom a value of either CRM names, by HubSpot's id; `nil` for nobody whom both have.
    static func person(_ value: String?) -> String? {
        self.people.first { $0.hubspot == value || $0.salesforce == value }?.hubspot
    }
}
