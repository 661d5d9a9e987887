import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// How object types of the org's own are made, read, given to users and taken away.
@Suite struct CustomDefinitionTests {
    private static func tooling(_ statement: String, _ rehearsal: inout Rehearsal) -> Answer {
        rehearsal.send(.get, "/tooling/query?q=" + Rehearsal.encode(statement))
    }

    private static func make(
        _ name: String,
        _ metadata: String,
        _ rehearsal: inout Rehearsal
    ) -> Answer {
        rehearsal.send(
            .post,
            "/tooling/sobjects/CustomField",
            #"{"FullName":"\#(name)","Metadata":{\#(metadata)}}"#
        )
    }

    @Test func `an administrator makes one while the org runs and takes it away`() throws {
        var rehearsal = Rehearsal()
        #expect(rehearsal.query("SELECT Id FROM Plant__c").errorCode == "INVALID_TYPE")
        let settings = Factory.settings()
        for object in settings.customObjects {
            let fields = settings.customFields.filter { $0.object == object.name }
            try rehearsal.mock.addObject(object, fields: fields, at: rehearsal.now)
        }
        let plant = rehearsal.make("Plant__c", #"{"Name":"Lyon"}"#)
        #expect(rehearsal.make("Order__c", #"{"Plant__c":"\#(plant)"}"#).hasPrefix("a01"))
        let held = #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.removeObject("Plant__c", at: rehearsal.now)
        }
        #expect(held?.code == "DEPENDENCY_EXISTS")
        try rehearsal.mock.removeObject("Order__c", at: rehearsal.now)
        #expect(rehearsal.query("SELECT Id FROM Order__c").errorCode == "INVALID_TYPE")
        #expect(rehearsal.send(.get, "/sobjects/Order__c/describe").status == 404)
        #expect(!rehearsal.send(.get, "/sobjects").text.contains("Order__c"))
        let children = rehearsal.send(.get, "/sobjects/Plant__c/describe").json
        #expect(children["childRelationships"]?.elements.isEmpty == true)
        try rehearsal.mock.addObject(settings.customObjects[1], at: rehearsal.now)
        #expect(rehearsal.column("Id", "SELECT Id FROM Order__c").isEmpty)
        #expect(rehearsal.make("Order__c", "{}").hasPrefix("a02"))
    }

    @Test(arguments: [
        (MockSalesforceCustomObject(name: "Plant", label: "P"), "FIELD_INTEGRITY_EXCEPTION"),
        (MockSalesforceCustomObject(name: "Pl__ant__c", label: "P"), "FIELD_INTEGRITY_EXCEPTION"),
        (MockSalesforceCustomObject(name: "Plant__c", label: "P"), "DUPLICATE_DEVELOPER_NAME"),
        (
            MockSalesforceCustomObject(name: "Mill__c", label: "M", nameFormat: "M-"),
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            MockSalesforceCustomObject(name: "Mill__c", label: "M", nameFormat: "{00}{0}"),
            "FIELD_INTEGRITY_EXCEPTION"
        ),
    ])
    func `bad objects are refused`(object: MockSalesforceCustomObject, code: String) {
        var rehearsal = Rehearsal(Factory.settings())
        let refusal = #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.addObject(object, at: rehearsal.now)
        }
        #expect(refusal?.code == code)
    }

    @Test(arguments: [
        (
            "Contact.Plant__c", #""type":"MasterDetail","referenceTo":"Plant__c""#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            "Plant__c.X__c", #""type":"MasterDetail","referenceTo":"User""#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            "Order__c.X__c", #""type":"MasterDetail","referenceTo":"Account""#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            "Plant__c.X__c",
            #""type":"Lookup","referenceTo":"Account","relationshipName":"Plants""#,
            "DUPLICATE_DEVELOPER_NAME"
        ),
        (
            "Plant__c.X__c",
            #""type":"Lookup","referenceTo":"Lead","relationshipName":"L","required":true"#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            "Plant__c.X__c", #""type":"AutoNumber","displayFormat":"none""#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        ("Plant__c.Key__c", #""type":"Date""#, "DUPLICATE_DEVELOPER_NAME"),
    ])
    func `bad fields are refused`(name: String, metadata: String, code: String) {
        var rehearsal = Rehearsal(Factory.settings())
        let plant = rehearsal.make("Plant__c", "{}")
        // An object with records takes no master.
        #expect(!rehearsal.make("Order__c", #"{"Plant__c":"\#(plant)"}"#).isEmpty)
        let refused = Self.make(name, #""label":"X",\#(metadata)"#, &rehearsal)
        #expect(refused.status == 400)
        #expect(refused.errorCode == code)
    }

    @Test func `the Tooling API adds fields and reads the definitions, it makes no objects`() throws
    {
        var rehearsal = Rehearsal(Factory.settings())
        let number =
            #""label":"Serial","type":"AutoNumber","displayFormat":"{YY}{MM}-{000}","#
            + #""startingNumber":7,"externalId":true"#
        let id = Self.make("Plant__c.Serial__c", number, &rehearsal).json["id"]?.string ?? ""
        let master =
            #""label":"Site","type":"MasterDetail","referenceTo":"Account","#
            + #""relationshipName":"Sites","reparentableMasterDetail":true"#
        #expect(Self.make("Plant__c.Site__c", master, &rehearsal).status == 201)
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let plant = rehearsal.make("Plant__c", #"{"Site__c":"\#(account)"}"#)
        #expect(rehearsal.mock.record(plant)?["Serial__c"] == .text("2609-007"))
        let found = rehearsal.send(.get, "/sobjects/Plant__c/Serial__c/2609-007").json
        #expect(found["Id"]?.string == plant)
        #expect(rehearsal.query("SELECT OwnerId FROM Plant__c").errorCode == "INVALID_FIELD")
        let read = rehearsal.send(.get, "/tooling/sobjects/CustomField/\(id)").json
        #expect(read["Metadata"]?["type"]?.string == "AutoNumber")
        #expect(read["Metadata"]?["displayFormat"]?.string == "{YY}{MM}-{000}")
        #expect(read["FullName"]?.string == "Plant__c.Serial__c")
        let object =
            Self.tooling(
                "SELECT Id FROM CustomObject WHERE DeveloperName = 'Plant'",
                &rehearsal
            ).json["records"]?[0]?["Id"]?.string ?? ""
        #expect(object.hasPrefix("01I"))
        #expect(read["TableEnumOrId"]?.string == object)
        let own = Self.tooling(
            "SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = '\(object)'",
            &rehearsal
        )
        #expect(
            own.json["records"]?.elements.compactMap { $0["DeveloperName"]?.string }
                == ["Key", "City", "Account", "Serial", "Site"]
        )
        let path = "/tooling/sobjects/CustomObject"
        #expect(rehearsal.send(.get, "\(path)/\(object)").json["Id"]?.string == object)
        #expect(rehearsal.send(.post, path, "{}").status == 405)
        #expect(rehearsal.send(.delete, "\(path)/\(object)").status == 405)
        #expect(
            rehearsal.column(
                "DurableId",
                "SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = 'Plant__c'"
            ) == [object]
        )
        #expect(
            rehearsal.column(
                "DataType",
                "SELECT DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = "
                    + "'Plant__c' AND QualifiedApiName IN ('Serial__c', 'Site__c')"
            ) == ["Auto Number", "Master-Detail(Account)"]
        )
    }

    @Test func `permissions hide objects and fields of them, a person's new one is open`() throws {
        var settings = Factory.settings()
        settings.permissions = MockSalesforcePermissions(
            profiles: [
                MockSalesforceProfile(
                    name: "Sync",
                    permissions: [.apiEnabled, .viewSetup, .customizeApplication],
                    objects: ["Order__c": .none, "Plant__c": .readOnly],
                    hiddenFields: ["Plant__c.City__c"]
                )
            ]
        )
        var rehearsal = Rehearsal(settings)
        #expect(rehearsal.query("SELECT Id FROM Order__c").errorCode == "INVALID_TYPE")
        #expect(rehearsal.query("SELECT City__c FROM Plant__c").errorCode == "INVALID_FIELD")
        #expect(rehearsal.query("SELECT Name, Key__c FROM Plant__c").status == 200)
        let refused = rehearsal.send(.post, "/sobjects/Plant__c", "{}")
        #expect(refused.errorCode == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
        rehearsal.mock.setObjectAccess("Plant__c", of: "Sync", .all, at: rehearsal.now)
        #expect(!rehearsal.make("Plant__c", "{}").isEmpty)
        try rehearsal.mock.addObject(
            MockSalesforceCustomObject(name: "Mill__c", label: "Mill"),
            fields: [Factory.field("Mill__c", "City__c")],
            at: rehearsal.now
        )
        #expect(!rehearsal.make("Mill__c", #"{"City__c":"Lyon"}"#).isEmpty)
        #expect(
            Self.make("Mill__c.Zip__c", #""label":"Zip","type":"Date""#, &rehearsal).status == 201
        )
        #expect(rehearsal.query("SELECT Zip__c FROM Mill__c").errorCode == "INVALID_FIELD")
    }

    @Test func `several currencies reach an object that comes later`() throws {
        var settings = MockSalesforceSettings()
        settings.currencies = MockSalesforceCurrencies(
            currencies: [.init("USD", rate: 1), .init("EUR", rate: 0.9)],
            corporate: "USD"
        )
        var rehearsal = Rehearsal(settings)
        try rehearsal.mock.addObject(
            MockSalesforceCustomObject(name: "Mill__c", label: "Mill"),
            at: rehearsal.now
        )
        _ = rehearsal.make("Mill__c", #"{"CurrencyIsoCode":"EUR"}"#)
        _ = rehearsal.make("Mill__c", "{}")
        let codes = rehearsal.column(
            "CurrencyIsoCode",
            "SELECT CurrencyIsoCode FROM Mill__c ORDER BY Id"
        )
        #expect(codes == ["EUR", "USD"])
    }
}
