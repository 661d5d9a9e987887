import MockHubSpot
import MockSalesforce
import SyncCore

/// Which contacts are synced, and whose they are.
extension SimulatedObject {
    /// HubSpot's property and Salesforce's field that say whether a contact is synced, and the value of those who
    /// are not.
    private static let (stage, lead) = ("lifecyclestage", "lead")
    private static let (source, other) = ("LeadSource", "Other")

    /// What a record says of itself that is left out, or synced.
    static func standing(_ side: Side, isOut: Bool) -> (String, String) {
        switch side {
        case .hubspot: (self.stage, isOut ? self.lead : "customer")
        case .salesforce: (self.source, isOut ? self.other : "Web")
        }
    }

    static func isOut(_ contact: MockHubSpotRecord) -> Bool { contact[self.stage] == self.lead }

    static func isOut(_ person: MockSalesforceRecord) -> Bool {
        person[self.source].text == self.other
    }

    /// What a version says of who is synced; `nil` where it does not.
    static func saysOut(_ version: MockHubSpotVersion) -> Bool? {
        version.fields.first { $0.name == self.stage }.map { $0.after == self.lead }
    }

    static func saysOut(_ change: MockSalesforceChange) -> Bool? {
        change.fields.first { $0.name == self.source }.map { $0.after.text == self.other }
    }

    /// Whether a side's record says of itself that it is left out, and is asked.
    func leavesOut(_ contact: MockHubSpotRecord) -> Bool {
        self.looksIn.contains(.hubspot) && Self.isOut(contact)
    }

    func leavesOut(_ person: MockSalesforceRecord) -> Bool {
        self.looksIn.contains(.salesforce) && Self.isOut(person)
    }

    /// The mapping with what it takes to tell who is synced and whose a record is.
    func extended(_ plain: ObjectMapping) -> ObjectMapping {
        var mapping = plain
        if self.isOwned {
            let shape = FieldShape(type: .reference)
            Self.add(
                &mapping,
                .init(name: SimulatedOwners.property, shape: shape),
                .init(name: SimulatedOwners.field, shape: shape),
                rule: .twoWay,
                kind: .owner
            )
        }
        let shape = FieldShape(type: .singleChoice)
        if self.looksIn.contains(.hubspot) {
            let index = mapping.fields.count
            Self.add(&mapping, .init(name: Self.stage, shape: shape), nil)
            mapping.inclusion.hubspot = [[.init(index: index, test: .noneOf([Self.lead]))]]
        }
        if self.looksIn.contains(.salesforce) {
            let index = mapping.fields.count
            Self.add(&mapping, nil, .init(name: Self.source, shape: shape))
            mapping.inclusion.salesforce = [[.init(index: index, test: .noneOf([Self.other]))]]
        }
        if let segment = self.segment {
            let index = mapping.fields.count
            let shape = FieldShape(type: .boolean, isWritable: false)
            let kind = FieldMapping.Kind.membership(list: segment)
            Self.add(&mapping, .init(name: "segment", shape: shape), nil, kind: kind)
            mapping.inclusion.segment = .init(list: segment, name: "Synced", index: index)
        }
        return mapping
    }

    static func add(
        _ mapping: inout ObjectMapping,
        _ hubspot: ObjectMapping.Field?,
        _ salesforce: ObjectMapping.Field?,
        rule: SyncRule = .dontSync,
        kind: FieldMapping.Kind = .plain
    ) {
        mapping.fields.append(
            FieldMapping(
                index: mapping.fields.count,
                hubspot: hubspot?.name ?? "",
                salesforce: salesforce?.name ?? "",
                rule: rule,
                kind: kind
            )
        )
        mapping.hubspot.fields.append(hubspot)
        for place in mapping.salesforce.indices {
            mapping.salesforce[place].fields.append(salesforce)
        }
    }
}
