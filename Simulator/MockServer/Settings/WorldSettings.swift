package import HTTPTransport
package import MockHubSpot
package import MockSalesforce
package import SimulationKit
package import WireJSON

/// Everything of both CRMs that can be set from outside: with `--settings` before the start and at
/// `/_control/settings` while they run.
package struct WorldSettings: Sendable, Codable {
    package struct HubSpot: Sendable, Codable {
        package var settings = MockHubSpotSettings()
        package var faults = MockHubSpotFaults()

        package init() {}
    }

    package struct Salesforce: Sendable, Codable {
        package var settings = MockSalesforceSettings()
        package var faults = MockSalesforceFaults()
        package var validationRules: [MockSalesforceValidationRule] = []
        package var flowRules: [MockSalesforceFlowRule] = []
        package var duplicateRules: [MockSalesforceDuplicateRule] = []

        package init() {}
    }

    package var hubspot = HubSpot()
    package var salesforce = Salesforce()

    /// What new CRMs have.
    package init() {}

    /// What both have now.
    package init(_ state: MockWorld.State) {
        self.hubspot.settings = state.hubspot.settings
        self.hubspot.faults = state.hubspot.faults
        self.salesforce.settings = state.salesforce.settings
        self.salesforce.faults = state.salesforce.faults
        self.salesforce.validationRules = state.salesforce.validationRules
        self.salesforce.flowRules = state.salesforce.flowRules
        self.salesforce.duplicateRules = state.salesforce.duplicateRules
    }

    /// These with what the object names changed; what it does not name stays.
    ///
    /// - Throws: `ControlFailure` that says which name or value is wrong, and where.
    package func changed(by json: JSON) throws -> WorldSettings {
        guard json.kind == .object else { throw ControlFailure("Settings are one JSON object.") }
        let node = try self.node.merging(SettingNode(json), at: "")
        return try SettingDecoder.value(WorldSettings.self, node, at: "")
    }

    /// The form in which people see them.
    var node: SettingNode {
        get throws { try SettingEncoder.node(self) }
    }

    /// New CRMs that have them from the start.
    package func world(time: any TimeSource) -> MockWorld {
        var hubspot = MockHubSpot(settings: self.hubspot.settings)
        hubspot.faults = self.hubspot.faults
        var salesforce = MockSalesforce(settings: self.salesforce.settings)
        salesforce.faults = self.salesforce.faults
        salesforce.validationRules = self.salesforce.validationRules
        salesforce.flowRules = self.salesforce.flowRules
        salesforce.duplicateRules = self.salesforce.duplicateRules
        return MockWorld(hubspot: hubspot, salesforce: salesforce, time: time)
    }
}
