/// What HubSpot's own integration with Salesforce adds to a portal.
extension MockHubSpotProperty {
    private static let salesforceGroup = "salesforceinformation"

    /// The properties that the integration gives an object type; none for one that it does not sync.
    static func salesforce(of typeID: String, isReadOnly: Bool) -> [Self] {
        let group = Self.salesforceGroup
        var properties: [Self] =
            switch typeID {
            case "0-1":
                [
                    .text("salesforceleadid", "Salesforce Lead ID", group: group),
                    .text("salesforcecontactid", "Salesforce Contact ID", group: group),
                    .text("salesforceaccountid", "Salesforce Account ID", group: group),
                    .text("salesforceownerid", "Salesforce Owner ID", group: group),
                    .text("salesforcecampaignids", "Salesforce Campaign IDs", group: group),
                    .text("salesforceopportunitystage", "Opportunity stage", group: group),
                    .yesNo("salesforcedeleted", "Salesforce Deleted", group: group),
                ]
            case "0-2": [.text("salesforceaccountid", "Salesforce Account ID", group: group)]
            case "0-3":
                [.text("hs_salesforceopportunityid", "Salesforce Opportunity ID", group: group)]
            default: []
            }
        guard !properties.isEmpty else { return [] }
        properties.append(.time("salesforcelastsynctime", "Last Salesforce Sync", group: group))
        for place in properties.indices { properties[place].isReadOnly = isReadOnly }
        return properties
    }
}
