import MockSalesforce
import SyncCore

/// Kinds of records that are with a contact: tasks, calls, and wares, which both accounts have made themselves.
extension SimulatedObject {
    /// One of HubSpot's activities that is a Task in Salesforce.
    private static func activity(
        _ name: String,
        title: String,
        text: String,
        subtype: String
    ) -> Self {
        var object = Self(
            name: name,
            salesforce: "Task",
            keyProperty: "sf_task_key",
            identity: SimulatedField(title, "Subject"),
            fields: [SimulatedField(text, "Description")],
            required: [],
            matches: false
        )
        object.subtype = subtype
        object.partner = SimulatedPartner(name: "contact", field: "WhoId")
        return object
    }

    static let tasks = Self.activity(
        "tasks",
        title: "hs_task_subject",
        text: "hs_task_body",
        subtype: "Task"
    )

    static let calls = Self.activity(
        "calls",
        title: "hs_call_title",
        text: "hs_call_body",
        subtype: "Call"
    )

    /// `isLabelled`: whether the contact is the one whose tie has the label.
    static func wares(isLabelled: Bool) -> Self {
        var object = Self(
            name: SimulatedWares.name,
            salesforce: SimulatedWares.salesforce,
            keyProperty: "sf_ware_key",
            identity: SimulatedField("ware_name", "Name"),
            fields: [
                SimulatedField("note", "Note__c"), SimulatedField("price", "Price__c", .number),
            ],
            required: [],
            matches: false
        )
        object.type = SimulatedWares.type
        object.partner = SimulatedPartner(
            name: "contacts",
            field: SimulatedWares.lookup,
            kind: isLabelled ? SimulatedWares.keeper : SimulatedWares.plain
        )
        return object
    }

    /// Whether a record of its Salesforce object is one of its own.
    func has(_ record: MockSalesforceRecord) -> Bool {
        guard let subtype = self.subtype else { return true }
        return record["TaskSubtype"].text == subtype
    }

    /// What the CRMs do not tell of it.
    var custom: ObjectKind? {
        guard let type = self.type else { return nil }
        var kind = ObjectKind.custom(hubspot: type, salesforce: self.salesforce)
        kind.salesforce[0].keyPrefix = self.keyPrefix
        kind.needs = [self.identity.hubspot]
        return kind
    }

    /// The mapping with what makes it one of several kinds of an object, and whom its records are with.
    func tied(_ plain: ObjectMapping) -> ObjectMapping {
        var mapping = plain
        if let custom = self.custom { mapping.kind = custom }
        if self.subtype != nil, let task = mapping.kind?.salesforce.first {
            mapping.salesforce[0].share = task.share
            mapping.salesforce[0].constants = task.constants
            Self.add(
                &mapping,
                .init(name: "hs_timestamp", shape: FieldShape(type: .datetime)),
                .init(name: "ActivityDate", shape: FieldShape(type: .date)),
                rule: .twoWay
            )
        }
        if let partner = self.partner {
            let shape = FieldShape(type: .reference)
            Self.add(
                &mapping,
                .init(name: partner.name, shape: shape),
                .init(name: partner.field, shape: shape),
                rule: .twoWay,
                kind: .reference(partner.targets)
            )
        }
        return mapping
    }
}
