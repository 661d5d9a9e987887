import SyncCore

extension Rehearsal {
    /// Contacts whose HubSpot stage and Salesforce source are looked at only, and say who is synced.
    static func including(
        hubspot: Inclusion.Condition.Test?,
        salesforce: Inclusion.Condition.Test?
    ) -> ObjectMapping {
        var mapping = Rehearsal.mapping()
        let count = mapping.fields.count
        mapping.hubspot.fields.append(
            .init(name: "lifecyclestage", shape: FieldShape(type: .singleChoice))
        )
        mapping.hubspot.fields.append(nil)
        for place in mapping.salesforce.indices {
            mapping.salesforce[place].fields.append(nil)
            mapping.salesforce[place].fields.append(
                .init(name: "LeadSource", shape: FieldShape(type: .singleChoice))
            )
        }
        mapping.fields += [
            FieldMapping(
                index: count,
                hubspot: "lifecyclestage",
                salesforce: "",
                rule: .dontSync
            ),
            FieldMapping(index: count + 1, hubspot: "", salesforce: "LeadSource", rule: .dontSync),
        ]
        mapping.inclusion.hubspot = hubspot.map { [[.init(index: count, test: $0)]] } ?? []
        mapping.inclusion.salesforce =
            salesforce.map { [[.init(index: count + 1, test: $0)]] } ?? []
        return mapping
    }
}
