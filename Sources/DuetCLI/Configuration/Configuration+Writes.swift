package import SyncCore

extension Configuration.Mapping {
    /// Whether anything is ever written to HubSpot, be it a record's key.
    var writesHubSpot: Bool {
        self.creates == .both || self.creates == .hubspot
            || self.deletes.fromSalesforce == .delete
            || self.fields.contains { $0.rule.writes(to: .hubspot) }
            || !self.hubspotKeys.isEmpty || self.status?.fields.hubspot.isEmpty == false
    }

    /// Whether new records are made in Salesforce.
    var createsInSalesforce: Bool { self.creates == .both || self.creates == .salesforce }
}

extension SyncRule {
    /// Whether a value may ever go to that side.
    package func writes(to side: Side) -> Bool {
        switch self {
        case .dontSync: false
        case .alwaysSalesforce: side == .hubspot
        case .alwaysHubSpot: side == .salesforce
        case .preferSalesforce, .preferHubSpot, .twoWay, .fillEmpty: true
        }
    }
}
