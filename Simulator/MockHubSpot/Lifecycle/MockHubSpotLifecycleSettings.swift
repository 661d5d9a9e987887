/// What an administrator lets the account do to lifecycle stages by itself; nothing unless it is named.
///
/// HubSpot has one such setting for deals and one for companies, and both go forward only
/// (knowledge.hubspot.com: Automatically sync lifecycle stages between certain records). That they hold for what apps
/// write as for what people do, and how soon, is from memory.
package struct MockHubSpotLifecycleSettings: Sendable, Codable {
    /// The stage to which a deal that is made brings the contacts and companies that it is tied to; empty for none.
    package var dealMade = ""
    /// The same of a deal that is won.
    package var dealWon = ""
    /// Whether a deal brings its primary company along only, or every company that it is tied to: the page says
    /// "associated companies".
    package var onlyPrimaryCompanies = false
    /// Whether a change of a company's stage brings along the contacts whose primary company it is; a contact's changes
    /// no company.
    package var companiesMoveContacts = false

    package init() {}

    var isOn: Bool {
        !self.dealMade.isEmpty || !self.dealWon.isEmpty || self.companiesMoveContacts
    }
}
