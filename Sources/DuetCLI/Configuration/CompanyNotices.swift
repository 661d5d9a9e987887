import SyncCore

/// What is said at the start about companies that HubSpot makes of people who become leads.
package enum CompanyNotices {
    /// One sentence where new contacts may become leads while new companies become accounts.
    ///
    /// HubSpot can make a company of the domain of each contact's e-mail address, and no API tells whether it does
    /// (knowledge.hubspot.com: Automatically create and associate companies with contacts). A lead has no account: one
    /// that is converted with a new account has a second one beside that company's.
    package static func texts(_ configuration: Configuration) -> [String] {
        configuration.mappings.flatMap { Self.texts(configuration, of: $0) }
    }

    /// The same of one mapping.
    static func texts(_ configuration: Configuration, of mapping: Configuration.Mapping) -> [String]
    {
        let makesAccounts = configuration.mappings.contains { mapping in
            mapping.hubspot == "companies"
                && (mapping.creates == .both || mapping.creates == .salesforce)
        }
        guard makesAccounts else { return [] }
        let made = [mapping.createAs] + mapping.createRules.map(\.object)
        let makesLeads =
            made.contains("Lead") && (mapping.creates == .both || mapping.creates == .salesforce)
            && !mapping.createRules.contains(where: Self.keepsCompanies)
        guard makesLeads else { return [] }
        return [
            "New \(mapping.name) become leads, and new companies become accounts. HubSpot may make a company of "
                + "each contact's e-mail domain, and no API tells whether it does: look at Settings, Objects, "
                + "Companies, \"Create and associate companies with contacts\". Turn it off, or write "
                + "`creates: hubspot` for companies; else convert each lead with the account that is there."
        ]
    }

    /// Whether a rule makes contacts of all people whose company is synced: then no lead has one.
    private static func keepsCompanies(_ rule: Configuration.CreateRule) -> Bool {
        rule.object == "Contact" && rule.conditions.count == 1
            && rule.conditions.allSatisfy {
                $0.property == "associatedcompanyid" && $0.test == .isSynced
            }
    }
}
