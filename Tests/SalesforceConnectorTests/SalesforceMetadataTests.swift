import CRMInterface
import HTTPTransport
import MockSalesforce
import SalesforceConnector
import SyncCore
import Testing
import WireJSON

/// What the org is made of: the connector's requests against the mock org, and recorded-style replies.
struct SalesforceMetadataTests {
    @Test func `every object is listed with what may be done to it`() throws {
        var org = SalesforceOrg()
        let objects = try SalesforceResponses.objects(org.json(org.requests.objects()))
        let contact = try #require(objects.first { $0.name == "Contact" })
        #expect(contact.typeID == "003")
        #expect(contact.isReadable && contact.isWritable && contact.isDeletable)
        #expect(!contact.isCustom)
        let recorded = try SalesforceResponses.objects(
            SalesforceOrg.json(
                #"""
                {"encoding":"UTF-8","maxBatchSize":200,"sobjects":[{"activateable":false,
                "createable":true,"custom":true,"deletable":false,"keyPrefix":"a0B",
                "label":"Trip","labelPlural":"Trips","name":"Trip__c","queryable":true,
                "updateable":false,"urls":{}},{"label":"nameless"}]}
                """#
            )
        )
        #expect(recorded.map(\.name) == ["Trip__c"])
        #expect(recorded[0].isCustom && !recorded[0].isWritable && !recorded[0].isDeletable)
    }

    @Test func `an object has fields, keys, parents and record types`() throws {
        var org = SalesforceOrg()
        let request = org.requests.object("Contact")
        let contact = try SalesforceResponses.object(org.json(request))
        let last = try #require(contact.field("LastName"))
        #expect(last.description.isRequiredOnCreate && last.isCreateable && last.isUpdateable)
        let key = try #require(contact.field("HubSpot_Record_ID__c"))
        #expect(key.isKey && key.isCustom && key.description.isUnique)
        let account = try #require(contact.field("AccountId"))
        #expect(account.references == ["Account"])
        #expect(account.relationship == "Account")
        #expect(contact.field("Name")?.isUpdateable == false)
        #expect(contact.recordTypes.map(\.isMaster) == [true])
        let lead = try SalesforceResponses.object(org.json(org.requests.object("Lead")))
        #expect(
            lead.field("Status")?.choices.contains { $0.value == "Open - Not Contacted" } == true
        )
        let stamp = try #require(try org.send(request).header("Last-Modified"))
        let again = try org.send(org.requests.object("Contact", changedSince: stamp))
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
    }

    @Test func `values that may no longer be chosen and record types of others are told`() throws {
        let support = try SalesforceResponses.object(
            SalesforceOrg.json(
                #"""
                {"name":"Case","fields":[{"name":"Origin","label":"Case Origin","type":"picklist",
                "length":255,"createable":true,"updateable":true,"nillable":true,
                "restrictedPicklist":true,"externalId":false,"picklistValues":[
                {"active":true,"defaultValue":true,"label":"Phone","validFor":null,"value":"Phone"},
                {"active":false,"defaultValue":false,"label":"Fax","validFor":null,"value":"Fax"}]}],
                "recordTypeInfos":[{"active":true,"available":false,"defaultRecordTypeMapping":false,
                "developerName":"Support","master":false,"name":"Help","recordTypeId":
                "0125g000000AbCd","urls":{}}]}
                """#
            )
        )
        let origin = try #require(support.field("Origin"))
        #expect(origin.choices.map(\.isActive) == [true, false])
        #expect(origin.choices.map(\.isDefault) == [true, false])
        #expect(origin.description.shape.choices == ["Phone"])
        let type = try #require(support.recordTypes.first)
        #expect(type.id.count == 18 && type.name == "Support" && !type.isAvailable)
    }

    @Test func `picklists are read for one record type`() throws {
        var org = SalesforceOrg()
        let master = try SalesforceResponses.object(org.json(org.requests.object("Lead")))
            .recordTypes[0].id
        let request = org.requests.picklists(of: "Lead", recordType: master)
        let values = try SalesforceResponses.picklists(org.json(request))
        #expect(values["Status"]?.map(\.value).contains("Closed - Converted") == true)
        let recorded = try SalesforceResponses.picklists(
            SalesforceOrg.json(
                #"""
                {"eTag":"93a3","picklistFieldValues":{"AccountSource":{"controllerValues":{},
                "defaultValue":{"attributes":null,"label":"Web","validFor":[],"value":"Web"},
                "eTag":"93a3","url":"/services/data/v62.0/ui-api/object-info/Account",
                "values":[{"attributes":null,"label":"Advertisement","validFor":[],
                "value":"Advertisement"},{"attributes":null,"label":"Web","validFor":[],
                "value":"Web"}]}}}
                """#
            )
        )
        #expect(recorded["AccountSource"]?.map(\.isDefault) == [false, true])
        let unknown = org.requests.picklists(of: "Lead", recordType: "012000000000001AAA")
        #expect(try org.send(unknown).status == 400)
    }

    @Test func `limits, the org and its users are told`() throws {
        var org = SalesforceOrg()
        let limits = try SalesforceResponses.limits(org.json(org.requests.limits()))
        #expect(limits.first { $0.name == "DailyApiRequests" }?.max == 100_000)
        let recorded = try SalesforceResponses.limits(
            SalesforceOrg.json(
                #"""
                {"DailyApiRequests":{"Max":15000,"Remaining":14982,"Hub":{"Max":0,"Remaining":0}},
                "Odd":{"Max":1,"Remaining":2},"Older":{"Max":"many"}}
                """#
            )
        )
        #expect(recorded.map(\.used) == [18, 0])
        let account = try SalesforceResponses.details(org.json(org.requests.account()))
        #expect(account.id == org.mock.organizationID)
        #expect(account.edition == "Enterprise Edition" && !account.isSandbox)
        #expect(account.host == "CS420")
        let users = try SalesforceResponses.owners(org.json(org.requests.owners()))
        #expect(users.next == nil)
        let gone = try #require(users.items.first { $0.email == "lee.left@example.invalid" })
        #expect(!gone.isActive && gone.kind == .person)
    }

    @Test func `users come in pages and queues are owners too`() throws {
        var org = SalesforceOrg { settings in
            settings.pageRowsMax = 200
            settings.users = (0..<450).map { number in
                MockSalesforceUser(
                    id: "0055g000000" + String(1_000 + number) + "AAA",
                    firstName: "P",
                    lastName: "\(number)",
                    email: "P\(number)@example.invalid"
                )
            }
        }
        var (names, next): (Set<String>, String?) = ([], nil)
        var calls = 0
        repeat {
            let page = try SalesforceResponses.owners(org.json(org.requests.owners(next: next)))
            names.formUnion(page.items.map(\.name))
            next = page.next
            calls += 1
        } while next != nil && calls < 10
        #expect(names.count == 451)
        #expect(calls == 3)
        let queues = try SalesforceResponses.owners(
            SalesforceOrg.json(
                #"""
                {"totalSize":1,"done":true,"records":[{"attributes":{"type":"Group","url":"x"},
                "Id":"00G5g000000AbCd","Name":"Support","Email":null}]}
                """#
            )
        )
        #expect(queues.items.map(\.kind) == [.queue])
        #expect(queues.items[0].id.count == 18)
        #expect(org.requests.queues().url.contains("Type%20%3D%20%27Queue%27"))
    }

    @Test func `record types and stages stand for pipelines`() throws {
        var org = SalesforceOrg()
        #expect(
            try SalesforceResponses.pipelines(org.json(org.requests.pipelines(of: "Opportunity")))
                .isEmpty
        )
        #expect(try SalesforceResponses.stages(org.json(org.requests.stages())).count == 10)
        let types = try SalesforceResponses.pipelines(
            SalesforceOrg.json(
                #"""
                {"totalSize":1,"done":true,"records":[{"attributes":{"type":"RecordType"},
                "Id":"0125g000000AbCd","Name":"Renewal","DeveloperName":"Renewal",
                "IsActive":true}]}
                """#
            )
        )
        #expect(types.map(\.label) == ["Renewal"])
        let stages = try SalesforceResponses.stages(
            SalesforceOrg.json(
                #"""
                {"totalSize":2,"done":true,"records":[{"ApiName":"Prospecting","MasterLabel":
                "Prospecting","IsActive":true,"IsClosed":false,"IsWon":false,
                "DefaultProbability":10.0},{"ApiName":"Closed Won","MasterLabel":"Won",
                "IsActive":false,"IsClosed":true,"IsWon":true,"DefaultProbability":100.0}]}
                """#
            )
        )
        #expect(stages.map(\.id) == ["Prospecting", "Closed Won"])
        #expect(stages.map(\.probability) == ["0.1", "1.0"])
        #expect(stages.map(\.isClosed) == [false, true])
    }

    @Test func `changed and deleted ids are told with what they cover`() throws {
        var org = SalesforceOrg()
        let start = ServerTime(milliseconds: org.now - 3_600_000)
        let id = try org.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: org.now
        )
        org.now += 300_000
        let end = ServerTime(milliseconds: org.now)
        let updated = try SalesforceResponses.replication(
            org.json(org.requests.updated("Contact", from: start, to: end))
        )
        #expect(updated.ids == [id])
        #expect(updated.coveredUntil <= end)
        #expect(updated.earliest == nil)
        try org.mock.delete(id, at: org.now)
        org.now += 300_000
        let deleted = try SalesforceResponses.replication(
            org.json(
                org.requests.deleted(
                    "Contact",
                    from: start,
                    to: ServerTime(milliseconds: org.now)
                )
            )
        )
        #expect(deleted.ids == [id])
        #expect(deleted.earliest != nil)
    }

    @Test(arguments: ["{}", "[]", "null", "7", #"{"sobjects":7,"records":{},"fields":null}"#])
    func `a reply of another shape breaks nothing`(text: String) throws {
        let json = try SalesforceOrg.json(text)
        _ = try? SalesforceResponses.objects(json)
        _ = try? SalesforceResponses.limits(json)
        #expect(throws: SyncError.self) { try SalesforceResponses.object(json) }
        #expect(throws: SyncError.self) { try SalesforceResponses.picklists(json) }
        #expect(throws: SyncError.self) { try SalesforceResponses.details(json) }
        #expect(throws: SyncError.self) { try SalesforceResponses.owners(json) }
        #expect(throws: SyncError.self) { try SalesforceResponses.replication(json) }
    }
}
