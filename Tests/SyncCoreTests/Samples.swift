import SyncCore

/// Small mappings and inputs that the merge's tests share.
enum Samples {
    /// E-mail (identity, two-way) and one text field with this rule.
    static func mapping(
        rule: SyncRule,
        hubspot: FieldShape = FieldShape(type: .text),
        salesforce: FieldShape = FieldShape(type: .text),
        values: [FieldMapping.ValuePair] = []
    ) -> ObjectMapping {
        let email = FieldShape(type: .email)
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: [.init(name: "email", shape: email), .init(name: "field", shape: hubspot)],
                keyField: nil
            ),
            hubspotKeyFields: ["Contact": "sf_contact_key"],
            salesforce: [
                .init(
                    name: "Contact",
                    fields: [
                        .init(name: "Email", shape: email), .init(name: "Field", shape: salesforce),
                    ],
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: "Contact",
            fields: [
                FieldMapping(
                    index: 0,
                    hubspot: "email",
                    salesforce: "Email",
                    rule: .twoWay,
                    kind: .identity
                ),
                FieldMapping(
                    index: 1,
                    hubspot: "field",
                    salesforce: "Field",
                    rule: rule,
                    values: values
                ),
            ],
            matchFields: [0]
        )
    }

    static func input(
        _ mapping: ObjectMapping,
        hubspot: RecordBlob,
        salesforce: RecordBlob,
        bases: (RecordBlob, RecordBlob)?
    ) -> RecordMergeInput {
        RecordMergeInput(
            mapping: mapping,
            salesforceObject: "Contact",
            phase: bases == nil ? .firstMatch : .linked,
            hubspot: hubspot,
            salesforce: salesforce,
            hubspotBase: bases?.0,
            salesforceBase: bases?.1,
            hubspotTime: .interval(after: nil, notAfter: nil),
            salesforceTime: .interval(after: nil, notAfter: nil)
        )
    }

    static func blob(_ email: String, _ field: String) -> RecordBlob {
        RecordBlob(values: [FieldValue(normal: email), FieldValue(normal: field)])
    }
}
