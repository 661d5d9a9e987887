import CRMInterface
import HTTPTransport
import MockSalesforce
import SalesforceConnector
import SyncCore
import Testing
import WireJSON

/// Records of any object: the connector's requests against the mock org, and recorded-style replies.
struct SalesforceRecordTests {
    private static func text(_ name: String, _ value: String) -> RecordWrite.Field {
        .init(name: name, type: .text, value: FieldValue(normal: value))
    }

    private static func write(
        _ org: inout SalesforceOrg,
        _ writes: [PlainWrite],
        to object: String
    ) throws -> [WriteReply.Outcome] {
        let request = try #require(org.requests.write(writes, to: object))
        return SalesforceResponses.outcomes(try org.send(request), writes, .pinned)
    }

    private static func id(_ outcome: WriteReply.Outcome?) throws -> String {
        guard case .confirmed(let id, _, _)? = outcome else {
            Issue.record("not confirmed: \(String(describing: outcome))")
            return ""
        }
        return id
    }

    @Test(arguments: [
        ("Account", [text("Name", "Acme")], "Name", "Acme 2"),
        (
            "Opportunity",
            [
                text("Name", "Big"), text("StageName", "Prospecting"),
                .init(name: "CloseDate", type: .date, value: FieldValue(normal: "2026-12-31")),
                .init(name: "Amount", type: .number, value: FieldValue(normal: "12.5")),
            ], "Name", "Bigger"
        ),
        ("Case", [text("Subject", "Broken")], "Subject", "Mended"),
        ("Task", [text("Subject", "Call")], "Subject", "Call again"),
    ])
    func `records of every object are made, read, changed and deleted`(
        object: String,
        fields: [RecordWrite.Field],
        name: String,
        value: String
    ) throws {
        var org = SalesforceOrg()
        let made = try Self.write(&org, [PlainWrite(.new, fields)], to: object)
        let id = try Self.id(made.first)
        #expect(made == [.confirmed(id: id, created: true, stamp: nil)])
        let change = PlainWrite(.id(id), [Self.text(name, value)])
        let changed = try Self.write(&org, [change], to: object)
        #expect(changed == [.confirmed(id: id, created: false, stamp: nil)])
        let read = org.requests.read(object, ids: [id], fields: ["Id", name, "SystemModstamp"])
        let record = try #require(try SalesforceResponses.records(org.json(read)).items.first)
        #expect(record.id == id && record[name] == value && record.modified != nil)
        #expect(!"\(record)".contains(value))
        let deleted = SalesforceResponses.deletions(
            try org.send(org.requests.delete([id])),
            count: 1,
            .pinned
        )
        #expect(deleted == [.confirmed(id: id, created: false, stamp: nil)])
        #expect(try SalesforceResponses.records(org.json(read)).items.isEmpty)
    }

    @Test func `an upsert by key makes and finds, refusals are told by row`() throws {
        var org = SalesforceOrg()
        func person(_ key: String, _ last: String) -> PlainWrite {
            PlainWrite(
                .key(field: "HubSpot_Record_ID__c", value: key),
                [Self.text("LastName", last)]
            )
        }
        let first = try Self.write(&org, [person("1", "A"), person("2", "")], to: "Contact")
        let id = try Self.id(first.first)
        #expect(first[0] == .confirmed(id: id, created: true, stamp: nil))
        guard case .rejected(let refusal) = first[1] else {
            Issue.record("a contact needs a last name")
            return
        }
        #expect(refusal.kind == .requiredField && refusal.fields == ["LastName"])
        let again = try Self.write(&org, [person("1", "B")], to: "Contact")
        #expect(again == [.confirmed(id: id, created: false, stamp: nil)])
    }

    @Test func `what cannot be one collection is no request`() {
        let requests = SalesforceOrg().requests
        let one = PlainWrite(.new, [Self.text("Name", "canary")])
        #expect(requests.write([], to: "Account") == nil)
        #expect(requests.write(Array(repeating: one, count: 201), to: "Account") == nil)
        #expect(requests.write([one, PlainWrite(.id("1"), [])], to: "Account") == nil)
        let keys = ["A__c", "B__c"].map { PlainWrite(.key(field: $0, value: "1"), []) }
        #expect(requests.write(keys, to: "Account") == nil)
        #expect(requests.composite([], allOrNone: true) == nil)
        #expect("\(one)" == "PlainWrite(Name)")
    }

    @Test func `everything is read in id order, page by page`() throws {
        var org = SalesforceOrg()
        for number in 0..<2_100 {
            _ = try org.mock.create(
                object: "Account",
                fields: [.init("Name", .text("N\(number)"))],
                at: org.now
            )
        }
        var (ids, last): ([String], String?) = ([], nil)
        var calls = 0
        repeat {
            let request = org.requests.records(of: "Account", fields: ["Name"], afterID: last)
            let page = try SalesforceResponses.records(org.json(request))
            ids += page.items.map(\.id)
            last = page.items.count == 2_000 ? page.items.last?.id : nil
            calls += 1
        } while last != nil && calls < 10
        #expect(ids.count == 2_100 && Set(ids).count == 2_100)
        #expect(calls == 2)
    }

    @Test func `parents and children come along, also in a body when the statement is long`()
        throws
    {
        var org = SalesforceOrg()
        let account = try org.mock.create(
            object: "Account",
            fields: [.init("Name", .text("Acme"))],
            at: org.now
        )
        let people = try ["A", "B", "C"].map { name in
            try org.mock.create(
                object: "Contact",
                fields: [.init("LastName", .text(name)), .init("AccountId", .text(account))],
                at: org.now
            )
        }
        let child = SalesforceRequests.Relationship("Contacts", fields: ["LastName"])
        let request = org.requests.related(
            "Account",
            ids: [account],
            fields: ["Name"],
            children: [child]
        )
        let found = try SalesforceResponses.related(org.json(request))
        #expect(
            found.items.first?.children["Contacts"]?.records.map(\.id).sorted() == people.sorted()
        )
        let others = try (0..<100).map { number in
            try org.mock.create(
                object: "Contact",
                fields: [.init("LastName", .text("N\(number)"))],
                at: org.now
            )
        }
        let parents = org.requests.related(
            "Contact",
            ids: people + others,
            fields: ["LastName", "Account.Name"],
            children: []
        )
        #expect(parents.method == .post, "its statement is too long for a URL")
        let contacts = try SalesforceResponses.related(org.json(parents))
        #expect(contacts.items.count == 103)
        #expect(
            Set(contacts.items.filter { $0["Account.Name"] == "Acme" }.map(\.id)) == Set(people)
        )
    }

    @Test func `a recorded page with parents, children and a next page is read whole`() throws {
        let page = try SalesforceResponses.records(
            SalesforceOrg.json(
                #"""
                {"totalSize":4300,"done":false,"nextRecordsUrl":
                "/services/data/v62.0/query/01g5g00000AbCdEAAV-2000","records":[{"attributes":
                {"type":"Opportunity","url":"/services/data/v62.0/sobjects/Opportunity/0065g"},
                "Id":"0065g00000AbCdEAAV","Amount":1250.50,"IsClosed":false,"IsDeleted":true,
                "SystemModstamp":"2026-11-22T11:05:30.000+0000","Description":null,
                "Account":{"attributes":{"type":"Account","url":"x"},"Name":"Acme","Owner":
                {"attributes":{"type":"User","url":"x"},"Name":"Ada"}},"Campaign":null,
                "OpportunityContactRoles":{"totalSize":1,"done":false,"nextRecordsUrl":"/next",
                "records":[{"attributes":{"type":"OpportunityContactRole","url":"x"},
                "Id":"00K5g00000AbCdEAAV","Contact":{"attributes":{},"Email":"a@x.test"}}]}}]}
                """#
            )
        )
        #expect(page.next == "/services/data/v62.0/query/01g5g00000AbCdEAAV-2000")
        let record = try #require(page.items.first)
        #expect(record["Amount"] == "1250.50", "no digit is lost")
        #expect(record["Account.Owner.Name"] == "Ada")
        #expect(record.isDeleted)
        #expect(record.fields.contains { $0.name == "Description" && $0.value == nil })
        let roles = try #require(record.children["OpportunityContactRoles"])
        #expect(roles.records.first?["Contact.Email"] == "a@x.test")
        #expect(roles.next == "/next")
    }

    @Test func `several requests go as one call, whole or nothing`() throws {
        var org = SalesforceOrg()
        let account = try #require(
            org.requests.write([PlainWrite(.new, [Self.text("Name", "Acme")])], to: "Account")
        )
        func contact(_ last: String) throws -> HTTPRequest {
            let fields = [Self.text("LastName", last), Self.text("AccountId", "@{a[0].id}")]
            return try #require(org.requests.write([PlainWrite(.new, fields)], to: "Contact"))
        }
        let parts = [
            SalesforceRequests.Part("a", account), .init("c", try contact("Roux")),
        ]
        let request = try #require(org.requests.composite(parts, allOrNone: true))
        let replies = try SalesforceResponses.parts(org.json(request))
        #expect(replies.keys.sorted() == ["a", "c"])
        #expect(replies.values.allSatisfy { $0.status == 200 })
        #expect(org.mock.export(object: "Contact").count == 1)
        let bad = try #require(
            org.requests.composite(
                [.init("a", account), .init("c", try contact(""))],
                allOrNone: true
            )
        )
        _ = try SalesforceResponses.parts(org.json(bad))
        #expect(org.mock.export(object: "Account").count == 1, "nothing of it was stored")
        #expect(org.mock.bills().allSatisfy { $0.cost <= 2 })
    }

    @Test(arguments: [
        (500, WriteReply.Outcome.unknown), (502, .unknown),
        (503, .notStored(.retry(afterMilliseconds: 2_000))), (410, .notStored(.stop)),
        (200, .unknown),
    ])
    func `a call that failed whole: stored, perhaps, or certainly not`(
        status: Int,
        outcome: WriteReply.Outcome
    ) {
        let reply = SalesforceOrg.reply("<html>", status: status)
        #expect(SalesforceResponses.deletions(reply, count: 2, .pinned) == [outcome, outcome])
        let write = PlainWrite(.new, [])
        #expect(SalesforceResponses.outcomes(reply, [write], .pinned) == [outcome])
    }

    @Test(arguments: [
        "{}", "null", "7", #"{"records":[7,null,{"Id":3},{"Id":"1","A":[1],"B":{"C":{"D":1}}}]}"#,
        #"{"records":{},"done":false}"#, #"{"compositeResponse":[]}"#,
        #"{"compositeResponse":[{"httpStatusCode":400,"body":[{"errorCode":"X"}]}]}"#,
    ])
    func `a reply of another shape breaks nothing`(text: String) throws {
        let json = try SalesforceOrg.json(text)
        #expect(throws: SyncError.self) { try SalesforceResponses.records(json) }
        #expect(throws: SyncError.self) { try SalesforceResponses.job(json) }
        _ = try? SalesforceResponses.parts(json)
        let reply = SalesforceOrg.reply(text)
        let write = PlainWrite(.new, [])
        #expect(SalesforceResponses.outcomes(reply, [write], .pinned) == [.unknown])
    }

    @Test func `long statements go in a body and are read alike`() throws {
        var org = SalesforceOrg()
        _ = try org.mock.create(
            object: "Account",
            fields: [.init("Name", .text("A"))],
            at: org.now
        )
        let parents = (0..<120).map { _ in "Parent.Owner.Name" } + ["Name"]
        let short = org.requests.records(of: "Account", fields: parents)
        #expect(short.method == .get, "each name stands once")
        let long = org.requests.records(
            of: "Account",
            fields: ["Name"],
            afterID: String(repeating: "0", count: 2_000)
        )
        #expect(long.method == .post)
        #expect(try SalesforceResponses.records(org.json(short)).items.map { $0["Name"] } == ["A"])
    }
}
