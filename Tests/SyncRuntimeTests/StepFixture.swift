import SyncCore
import SyncRuntime
import SyncStore

/// One pair of contacts and what decides about it, for tests of single steps.
enum StepFixture {
    /// Two-way fields with the same names on both sides.
    ///
    /// `isKeyed`: whether each side has a field for the other's id.
    static func step(
        _ fields: [(name: String, type: FieldType)],
        isKeyed: Bool = true,
        matchFields: [Int] = [],
        now: Int64 = 10_000
    ) -> RecordStep {
        func object(_ name: String, key: String) -> ObjectMapping.Object {
            .init(
                name: name,
                fields: fields.map { .init(name: $0.name, shape: FieldShape(type: $0.type)) },
                keyField: isKeyed ? key : nil
            )
        }
        return RecordStep(
            mapping: ObjectMapping(
                name: "contacts",
                hubspot: object("contacts", key: "duet_contact"),
                hubspotKeyFields: isKeyed ? ["Contact": "duet_contact"] : [:],
                salesforce: [object("Contact", key: "Duet_Id__c")],
                createAs: "Contact",
                fields: fields.enumerated().map {
                    FieldMapping(
                        index: $0,
                        hubspot: $1.name,
                        salesforce: $1.name,
                        rule: .twoWay
                    )
                },
                matchFields: matchFields
            ),
            settings: RuntimeSettings(),
            required: [:],
            now: now
        )
    }

    /// HubSpot's contact `1` and Salesforce's `003`, with equal bases of time 100.
    static func link(_ base: RecordBlob) -> Link {
        var link = Link(
            id: 1,
            mapping: "contacts",
            hubspotID: "1",
            salesforceID: "003",
            salesforceObject: "Contact",
            schemaRevision: 1
        )
        for side in Side.allCases {
            link.setBase(base, stamp: ServerTime(milliseconds: 100), on: side)
        }
        return link
    }

    static func blob(_ texts: String...) -> RecordBlob {
        RecordBlob(values: texts.map { FieldValue(normal: $0) })
    }
}
