/// Which portal or org a connection reaches.
package struct AccountIdentity: Sendable, Hashable {
    /// HubSpot's portal id, Salesforce's 18-character org id.
    package var id: String
    /// Where people open records: `https://app.hubspot.com`, `https://acme.my.salesforce.com`.
    package var recordBaseURL: String

    package init(id: String, recordBaseURL: String) {
        self.id = id
        self.recordBaseURL = recordBaseURL
    }
}
