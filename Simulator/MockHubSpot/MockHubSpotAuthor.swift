/// Who wrote a value, in the words of HubSpot's property history.
package struct MockHubSpotAuthor: Sendable, Hashable, Codable {
    /// What made it, such as `CRM_UI`, `INTEGRATION` or `IMPORT`.
    package var sourceType: String
    /// The app's or the person's id.
    package var sourceID: String
    /// The user of an edit in the app.
    package var userID: Int64?

    package init(sourceType: String, sourceID: String, userID: Int64? = nil) {
        self.sourceType = sourceType
        self.sourceID = sourceID
        self.userID = userID
    }

    /// A person at the screen.
    package static func person(_ userID: Int64) -> Self {
        MockHubSpotAuthor(sourceType: "CRM_UI", sourceID: "userId:\(userID)", userID: userID)
    }

    /// An app over the API.
    package static func app(_ id: Int64) -> Self {
        MockHubSpotAuthor(sourceType: "INTEGRATION", sourceID: String(id))
    }

    /// The portal itself, which works values out.
    static let calculated = MockHubSpotAuthor(sourceType: "CALCULATED", sourceID: "")

    /// HubSpot's own integration with Salesforce.
    package static let salesforce = MockHubSpotAuthor(sourceType: "SALESFORCE", sourceID: "")

    /// A workflow of the portal.
    package static func workflow(_ id: Int64) -> Self {
        MockHubSpotAuthor(sourceType: "AUTOMATION_PLATFORM", sourceID: "enrollmentId:\(id)")
    }
}
