extension MockHubSpotSettings {
    /// Sets the portal up as one in which HubSpot's own integration with Salesforce is installed.
    ///
    /// Whether other apps may write its properties is not documented.
    package mutating func installSalesforceIntegration(isReadOnly: Bool = true) {
        for place in self.objects.indices {
            let type = self.objects[place].typeID
            let known = Set(self.objects[place].properties.map(\.name))
            self.objects[place].properties += MockHubSpotProperty.salesforce(
                of: type,
                isReadOnly: isReadOnly
            ).filter { !known.contains($0.name) }
        }
    }
}
