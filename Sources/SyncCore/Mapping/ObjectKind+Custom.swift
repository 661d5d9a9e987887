/// Objects that an account made itself: a kind of the configuration's, not of this list.
extension ObjectKind {
    /// A custom object of HubSpot's with a Salesforce object, as far as the configuration tells.
    ///
    /// Nothing is known of which values tell two of its records apart: what matches is for the configuration to say, and
    /// one value may rightly stand in several records. A pipeline of a custom object stands in the same two properties as
    /// that of tickets (docs/guides/api/crm/pipelines). Records of custom objects have no `MasterRecordId`: Salesforce
    /// merges accounts, contacts, leads and cases only (SOAP API: merge).
    package static func custom(hubspot: String, salesforce: String) -> ObjectKind {
        var kind = ObjectKind(
            hubspot: hubspot,
            singular: hubspot,
            shownBy: [],
            typeID: hubspot,
            salesforce: [
                Counterpart(
                    object: salesforce,
                    keyPrefix: "",
                    hubspotKey: Self.key(salesforce),
                    isMergeable: false
                )
            ],
            match: [],
            sharesMatches: true,
            stages: ["hs_pipeline", "hs_pipeline_stage"]
        )
        kind.isCustom = true
        return kind
    }

    /// The HubSpot property for the ids of an object's records, named as those of standard ones: `sf_car_key` of
    /// `Car__c`, `sf_fleet_car_key` of a package's `fleet__Car__c`.
    private static func key(_ object: String) -> String {
        var name = object.lowercased()
        if name.hasSuffix("__c") { name.removeLast(3) }
        return "sf_" + name.split(separator: "_").joined(separator: "_") + "_key"
    }
}
