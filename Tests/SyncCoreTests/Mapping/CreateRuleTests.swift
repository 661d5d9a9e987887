import SyncCore
import Testing

/// S04 and G10: which object a new record becomes, row by row.
struct CreateRuleTests {
    private static let mapping: ObjectMapping = {
        var mapping = Samples.mapping(rule: .twoWay)
        for (name, kind) in [
            ("lifecyclestage", FieldMapping.Kind.plain), ("roles", .plain),
            ("associatedcompanyid", .reference("companies")),
        ] {
            let shape = FieldShape(type: .text)
            mapping.hubspot.fields.append(.init(name: name, shape: shape))
            mapping.salesforce[0].fields.append(nil)
            mapping.fields.append(
                FieldMapping(
                    index: mapping.fields.count,
                    hubspot: name,
                    salesforce: "",
                    rule: .dontSync,
                    kind: kind
                )
            )
        }
        mapping.createAs = "Lead"
        mapping.createRules = [
            CreateRule(
                object: "Contact",
                conditions: [.oneOf(index: 2, values: ["opportunity", "customer"])]
            ),
            CreateRule(object: "Contact", conditions: [.isSynced(index: 4)]),
            CreateRule(
                object: "Contact",
                conditions: [.isSet(index: 1), .oneOf(index: 3, values: ["buyer"])]
            ),
        ]
        return mapping
    }()

    private static let references: References = {
        var references = References()
        references.add(
            .init(mapping: "companies", side: .hubspot, id: "7"),
            counterpart: "001A"
        )
        return references
    }()

    @Test(
        arguments: [
            (["", "lead", "", ""], "Lead"), (["", "customer", "", ""], "Contact"),
            (["", "opportunity", "", "8"], "Contact"), (["", "", "", "7"], "Contact"),
            (["", "lead", "", "8"], "Lead"), (["x", "", "user;buyer", ""], "Contact"),
            (["", "", "user;buyer", ""], "Lead"), (["x", "", "user", ""], "Lead"),
        ]
    )
    func `S04: the first rule that holds decides, else the plain name`(
        values: [String],
        object: String
    ) {
        let record = RecordBlob(values: (["a@b.test"] + values).map { FieldValue(normal: $0) })
        #expect(Self.mapping.newObject(of: record, Self.references) == object)
    }

    @Test(
        arguments: [
            (["", "lead", "", "8"], ["8"]), (["", "lead", "", "7"], []),
            (["", "customer", "", "8"], []), (["", "lead", "", ""], []),
            (["x", "", "buyer", "8"], []),
        ]
    )
    func `S04: what a company's account would decide waits for it`(values: [String], ids: [String])
    {
        let record = RecordBlob(values: (["a@b.test"] + values).map { FieldValue(normal: $0) })
        #expect(Self.mapping.decisive(of: record, Self.references).map(\.id) == ids)
    }

    @Test func `S04: without rules every new record becomes the same`() {
        var plain = Self.mapping
        plain.createRules = []
        let record = RecordBlob(
            values: ["a@b.test", "", "customer", "", "7"].map { FieldValue(normal: $0) }
        )
        #expect(plain.newObject(of: record, Self.references) == "Lead")
    }
}
