import SyncCore

extension Rehearsal {
    /// Companies with Accounts: name, website, phone and number of employees, both ways.
    static func companies(
        match: [Int] = [0],
        firstSync: ObjectMapping.FirstSync = .report
    ) -> ObjectMapping {
        let names: [(hubspot: String, salesforce: String, shape: FieldShape)] = [
            ("name", "Name", FieldShape(type: .text, lengthMax: 255)),
            ("website", "Website", FieldShape(type: .text, lengthMax: 255)),
            ("phone", "Phone", FieldShape(type: .text, lengthMax: 40)),
            ("numberofemployees", "NumberOfEmployees", FieldShape(type: .number)),
        ]
        return ObjectMapping(
            name: "companies",
            hubspot: .init(
                name: "companies",
                fields: names.map {
                    .init(name: $0.hubspot, shape: FieldShape(type: $0.shape.type))
                },
                keyField: nil
            ),
            hubspotKeyFields: ["Account": "sf_account_key"],
            salesforce: [
                .init(
                    name: "Account",
                    fields: names.map { .init(name: $0.salesforce, shape: $0.shape) },
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: "Account",
            fields: names.enumerated().map { index, name in
                FieldMapping(
                    index: index,
                    hubspot: name.hubspot,
                    salesforce: name.salesforce,
                    rule: .twoWay
                )
            },
            matchFields: match,
            firstSync: firstSync
        )
    }
}
