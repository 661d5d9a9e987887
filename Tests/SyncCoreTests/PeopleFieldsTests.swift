import SyncCore
import Testing

/// By what a person is told from others.
struct PeopleFieldsTests {
    private static let names = ["lastname", "email", "assistant_email", "hs_additional_emails"]

    private static let fields = PeopleFields(
        mapping: "people",
        object: "contacts",
        fields: Self.names,
        match: ["email"]
    )

    private static func blob(_ values: String...) -> RecordBlob {
        RecordBlob(values: values.map { FieldValue(normal: $0) })
    }

    @Test func `only contacts are people`() {
        for object in ["companies", "deals", "tickets", "tasks", "2-17"] {
            #expect(
                PeopleFields(mapping: "m", object: object, fields: ["email"], match: ["email"])
                    == nil
            )
        }
    }

    @Test func `the identity, match fields and HubSpot's further addresses count`()
        throws
    {
        let fields = try #require(Self.fields)
        #expect(fields.names == ["email", "hs_additional_emails"])
        let record = Self.blob("Ada", "Ada@X.test", "bob@x.test", "a1@x.test;A2@x.test; a3@x.test")
        #expect(
            fields.addresses(in: record) == ["ada@x.test", "a1@x.test", "a2@x.test", "a3@x.test"]
        )
        let write = [
            OutboxEntry.Field(index: 1, value: Array("New@x.test".utf8), reason: ""),
            OutboxEntry.Field(index: 2, value: Array("bob@x.test".utf8), reason: ""),
        ]
        #expect(fields.addresses(in: write) == ["new@x.test"])
    }

    @Test func `what is no address names nobody`() throws {
        let fields = try #require(
            PeopleFields(
                mapping: "m",
                object: "contacts",
                fields: ["email", "lastname"],
                match: ["lastname"]
            )
        )
        #expect(fields.addresses(in: Self.blob("", "Lovelace")).isEmpty)
        // A blob of fewer fields, as an older list of fields left it.
        #expect(fields.addresses(in: Self.blob("a@x.test")) == ["a@x.test"])
    }

    @Test func `a row is known by its address, its id and the id in its key field`() throws {
        let fields = try #require(Self.fields)
        var row = RecordRow(
            id: "501",
            object: "contacts",
            stamp: ServerTime(milliseconds: 1),
            values: Self.blob("Ada", "ada@x.test", "", ""),
            counterpartID: "003A"
        )
        #expect(
            fields.names(of: row, on: .hubspot)
                == [.address("ada@x.test"), .record("501", .hubspot), .record("003A", .salesforce)]
        )
        row.counterpartID = nil
        #expect(fields.names(of: row, on: .salesforce).last == .record("501", .salesforce))
    }

    @Test func `names of one side's records are not those of the other's`() {
        let names: [PersonName] = [
            .address("501"), .record("501", .hubspot), .record("501", .salesforce),
        ]
        #expect(Set(names.map(\.text)).count == 3)
    }
}
