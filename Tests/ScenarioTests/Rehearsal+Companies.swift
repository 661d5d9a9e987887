import SyncCore

extension Rehearsal {
    typealias Names = (hubspot: String, salesforce: String, shape: FieldShape)

    /// Companies with Accounts: name, website, phone and number of employees, both ways.
    static func companies(
        match: [Int] = [0],
        firstSync: ObjectMapping.FirstSync = .report
    ) -> ObjectMapping {
        Self.mapping(
            of: ("companies", "Account", "sf_account_key"),
            [
                ("name", "Name", FieldShape(type: .text, lengthMax: 255)),
                ("website", "Website", FieldShape(type: .text, lengthMax: 255)),
                ("phone", "Phone", FieldShape(type: .text, lengthMax: 40)),
                ("numberofemployees", "NumberOfEmployees", FieldShape(type: .number)),
            ],
            match: match,
            firstSync: firstSync
        )
    }

    /// One object with one object, each field both ways.
    static func mapping(
        of object: (hubspot: String, salesforce: String, key: String),
        _ names: [Names],
        match: [Int] = [0],
        firstSync: ObjectMapping.FirstSync = .report
    ) -> ObjectMapping {
        ObjectMapping(
            name: object.hubspot,
            hubspot: .init(
                name: object.hubspot,
                fields: names.map {
                    .init(name: $0.hubspot, shape: FieldShape(type: $0.shape.type))
                },
                keyField: nil
            ),
            hubspotKeyFields: [object.salesforce: object.key],
            salesforce: [
                .init(
                    name: object.salesforce,
                    fields: names.map { .init(name: $0.salesforce, shape: $0.shape) },
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: object.salesforce,
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
