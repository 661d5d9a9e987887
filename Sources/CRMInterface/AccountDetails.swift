/// What an account says of itself.
package struct AccountDetails: Sendable, Hashable {
    /// HubSpot's portal id, Salesforce's 18-character org id.
    package var id: String
    package var name: String?
    /// The vendor's word: `Enterprise Edition`, `STANDARD`.
    package var edition: String
    package var isSandbox: Bool
    /// In the vendor's spelling: `America/New_York`, `US/Eastern`.
    package var timeZone: String?
    package var currency: String?
    /// Where it is hosted: `CS420`, `na1`.
    package var host: String?

    package init(
        id: String,
        name: String?,
        edition: String,
        isSandbox: Bool,
        timeZone: String?,
        currency: String?,
        host: String?
    ) {
        self.id = id
        self.name = name
        self.edition = edition
        self.isSandbox = isSandbox
        self.timeZone = timeZone
        self.currency = currency
        self.host = host
    }
}
