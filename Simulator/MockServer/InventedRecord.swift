/// Where an invented person, company, deal or ticket stands.
struct InventedRecord: Sendable, Hashable {
    /// The id in HubSpot, where it stands there.
    var hubspot: String?
    /// The id in Salesforce; of several, the first.
    var salesforce: String?
    /// A Lead, which belongs to no Account and to no Opportunity.
    var isLead = false
}
