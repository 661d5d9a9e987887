import CRMInterface
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import SyncCore
import Testing
import WireJSON

/// Records of any object: the connector's requests against the mock portal, and recorded-style replies.
struct HubSpotRecordTests {
    private static func text(_ name: String, _ value: String) -> RecordWrite.Field {
        .init(name: name, type: .text, value: FieldValue(normal: value))
    }

    private static func write(
        _ portal: inout HubSpotPortal,
        _ writes: [PlainWrite],
        to object: String
    ) throws -> [WriteReply.Outcome] {
        let request = try #require(portal.requests.write(writes, to: object))
        return HubSpotResponses.outcomes(portal.send(request), writes, .pinned)
    }

    private static func id(_ outcome: WriteReply.Outcome?) throws -> String {
        guard case .confirmed(let id, _, _)? = outcome else {
            Issue.record("not confirmed: \(String(describing: outcome))")
            return ""
        }
        return id
    }

    private static func make(
        _ portal: inout HubSpotPortal,
        _ object: String,
        _ fields: [RecordWrite.Field]
    ) throws -> String {
        try Self.id(try Self.write(&portal, [PlainWrite(.new, fields)], to: object).first)
    }

    private static let time = RecordWrite.Field(
        name: "hs_timestamp",
        type: .datetime,
        value: FieldValue(normal: "1790000000000")
    )

    @Test(arguments: [
        ("companies", [text("name", "Acme")], "name", "Acme 2"),
        (
            "deals", [text("dealname", "Big"), text("dealstage", "qualifiedtobuy")], "dealname",
            "Bigger"
        ),
        (
            "tickets", [text("subject", "Broken"), text("hs_pipeline_stage", "1")], "subject",
            "Mended"
        ),
        ("tasks", [time, text("hs_task_subject", "Call")], "hs_task_subject", "Call again"),
        ("notes", [time, text("hs_note_body", "A")], "hs_note_body", "B"),
        ("calls", [time, text("hs_call_title", "A")], "hs_call_title", "B"),
        ("meetings", [time, text("hs_meeting_title", "A")], "hs_meeting_title", "B"),
        ("emails", [time, text("hs_email_subject", "A")], "hs_email_subject", "B"),
    ])
    func `records of every object are made, read, changed and archived`(
        object: String,
        fields: [RecordWrite.Field],
        name: String,
        value: String
    ) throws {
        var portal = HubSpotPortal()
        let id = try Self.make(&portal, object, fields)
        portal.now += 1_000
        let changed = try Self.write(
            &portal,
            [PlainWrite(.id(id), [Self.text(name, value)])],
            to: object
        )
        #expect(try Self.id(changed.first) == id)
        func read(isArchived: Bool) -> HTTPRequest {
            portal.requests.batchRead(
                object,
                ids: [id],
                idProperty: nil,
                propertyNames: [name],
                isArchived: isArchived
            )
        }
        let (live, archived) = (read(isArchived: false), read(isArchived: true))
        let record = try #require(try HubSpotResponses.records(portal.json(live)).items.first)
        #expect(record.id == id && record[name] == value && record.modified != nil)
        #expect("\(record)" == "PlainRecord(\(id))")
        #expect((200..<300).contains(portal.send(portal.requests.delete([id], of: object)).status))
        #expect(try HubSpotResponses.records(portal.json(live)).items.isEmpty)
        let gone = try HubSpotResponses.records(portal.json(archived)).items
        #expect(gone.map(\.isDeleted) == [true])
    }

    @Test func `an upsert by key makes and finds, one bad input refuses only itself`() throws {
        var portal = HubSpotPortal()
        func person(_ mail: String, _ first: String) -> PlainWrite {
            PlainWrite(.key(field: "email", value: mail), [Self.text("firstname", first)])
        }
        let writes = [
            person("a@x.test", "A"), person("b@x.test", "B"),
            PlainWrite(.key(field: "email", value: "c@x.test"), [Self.text("nope", "1")]),
        ]
        let first = try Self.write(&portal, writes, to: "contacts")
        let ids = try first.prefix(2).map { try Self.id($0) }
        for outcome in first.prefix(2) {
            guard case .confirmed(_, let created, _) = outcome else { continue }
            #expect(created)
        }
        guard case .rejected(let refusal) = first[2] else {
            Issue.record("an unknown property was taken")
            return
        }
        #expect(refusal.kind == .badValue)
        let again = try Self.write(&portal, [person("b@x.test", "C")], to: "contacts")
        guard case .confirmed(let found, let created, _)? = again.first else {
            Issue.record("not confirmed")
            return
        }
        #expect(found == ids[1] && !created)
    }

    @Test func `what cannot be one batch is no request`() {
        let requests = HubSpotPortal().requests
        let one = PlainWrite(.new, [Self.text("name", "A")])
        #expect(requests.write([], to: "companies") == nil)
        #expect(requests.write(Array(repeating: one, count: 101), to: "companies") == nil)
        #expect(requests.write([one, PlainWrite(.id("1"), [])], to: "companies") == nil)
        let keys = ["a", "b"].map { PlainWrite(.key(field: $0, value: "1"), []) }
        #expect(requests.write(keys, to: "companies") == nil)
        let tie = HubSpotRequests.Tie(from: "1", to: "2")
        let typed = HubSpotRequests.Tie(from: "1", to: "2", types: [1])
        #expect(requests.relate("contacts", "companies", []) == nil)
        #expect(requests.relate("contacts", "companies", [tie, typed]) == nil)
        #expect(requests.part("contacts", "companies", [tie, typed]) == nil)
        let many = Array(repeating: tie, count: 101)
        #expect(requests.part("contacts", "companies", many) == nil)
    }

    @Test func `everything is read in id order, page by page, with its ties`() throws {
        var portal = HubSpotPortal()
        let company = try Self.make(&portal, "companies", [Self.text("name", "Acme")])
        let people = try (0..<130).map { number in
            try portal.mock.create(fields: [("email", "p\(number)@x.test")], at: portal.now)
        }
        let tie = HubSpotRequests.Tie(from: people[0], to: company)
        _ = portal.send(try #require(portal.requests.relate("contacts", "companies", [tie])))
        var (records, next): ([PlainRecord], String?) = ([], nil)
        var calls = 0
        repeat {
            let page = try HubSpotResponses.records(
                portal.json(
                    portal.requests.records(
                        of: "contacts",
                        properties: ["email"],
                        ties: ["companies"],
                        next: next
                    )
                )
            )
            records += page.items
            next = page.next
            calls += 1
        } while next != nil && calls < 10
        #expect(records.map(\.id) == people)
        #expect(calls == 2)
        #expect(records[0].children["companies"]?.records.map(\.id) == [company])
        #expect(records[0]["email"] == "p0@x.test")
    }

    @Test func `ties are made, read with their kinds, and taken apart`() throws {
        var portal = HubSpotPortal()
        let companies = try ["A", "B"].map {
            try Self.make(&portal, "companies", [Self.text("name", $0)])
        }
        let people = try (0..<3).map { number in
            try portal.mock.create(fields: [("email", "p\(number)@x.test")], at: portal.now)
        }
        let ties = [
            HubSpotRequests.Tie(from: people[0], to: companies[0], types: [1]),
            .init(from: people[0], to: companies[1], types: [279]),
            .init(from: people[1], to: companies[0], types: [279]),
            .init(from: "1", to: companies[0], types: [279]),
        ]
        let made = portal.send(
            try #require(portal.requests.relate("contacts", "companies", ties))
        )
        let failed = HubSpotResponses.unrelated(try HubSpotResponses.body(made, .pinned))
        #expect(failed.map(\.kind) == [.missing])
        let request = portal.requests.related("contacts", people, to: "companies")
        let found = try HubSpotResponses.related(portal.json(request))
        #expect(Set(found.keys) == [people[0], people[1]], "who has none is not there")
        #expect(found[people[0]]?.items.map(\.id).sorted() == companies.sorted())
        let primary = try #require(found[people[0]]?.items.first { $0.id == companies[0] })
        #expect(primary.kinds.contains { $0.id == 1 && $0.isOwn })
        let whole = HubSpotRequests.Tie(from: people[0], to: companies[1])
        _ = portal.send(try #require(portal.requests.part("contacts", "companies", [whole])))
        let after = try HubSpotResponses.related(portal.json(request))
        #expect(after[people[0]]?.items.map(\.id) == [companies[0]])
        let kinds = try HubSpotResponses.labels(
            portal.json(portal.requests.labels("contacts", "companies"))
        )
        #expect(kinds.contains { $0.id == 279 } && kinds.contains { $0.id == 1 })
    }

    @Test func `ties that go on are asked for where they stopped`() throws {
        let found = try HubSpotResponses.related(
            HubSpotPortal.json(
                #"""
                {"status":"COMPLETE","results":[{"from":{"id":"171"},"to":[{"toObjectId":290,
                "associationTypes":[{"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"},
                {"category":"USER_DEFINED","typeId":37,"label":"Billing"}]}],"paging":{"next":
                {"after":"NTAw","link":"?after=NTAw"}}}],"numErrors":1,"errors":[{"status":"error",
                "category":"OBJECT_NOT_FOUND","subCategory":
                "crm.associations.NO_ASSOCIATIONS_FOUND","message":"canary"}]}
                """#
            )
        )
        let page = try #require(found["171"])
        #expect(page.items.map(\.id) == ["290"])
        #expect(page.items[0].kinds.map(\.isOwn) == [true, false])
        #expect(page.next == "NTAw")
        let request = HubSpotPortal().requests.related(
            "contacts",
            ["171"],
            to: "companies",
            next: ["171": "NTAw"]
        )
        #expect(request.url.hasSuffix("/crm/associations/2026-09/contacts/companies/batch/read"))
        let input = try JSON(parsing: request.body)["inputs"]?[0]
        #expect(input?["after"]?.string == "NTAw")
    }

    @Test func `a merge answers the survivor, under an id of its own`() throws {
        var portal = HubSpotPortal()
        let ids = try ["A", "B"].map {
            try Self.make(&portal, "companies", [Self.text("name", $0)])
        }
        let request = portal.requests.merge(ids[1], into: ids[0], of: "companies")
        let survivor = try #require(try HubSpotResponses.record(portal.json(request)))
        #expect(!ids.contains(survivor.id), "HubSpot mints a new one")
        let read = portal.requests.batchRead(
            "companies",
            ids: [ids[1]],
            idProperty: nil,
            propertyNames: ["name"]
        )
        #expect(try HubSpotResponses.records(portal.json(read)).items.map(\.id) == [survivor.id])
    }

    @Test(arguments: [
        (500, WriteReply.Outcome.unknown), (502, .unknown),
        (503, .notStored(.retry(afterMilliseconds: 5_000))), (410, .notStored(.stop)),
        (200, .unknown),
    ])
    func `a call that failed whole: stored, perhaps, or certainly not`(
        status: Int,
        outcome: WriteReply.Outcome
    ) {
        let writes = ["1", "2"].map { PlainWrite(.id($0), [Self.text("name", "A")]) }
        let reply = HubSpotPortal.reply("<html>", status: status)
        #expect(HubSpotResponses.outcomes(reply, writes, .pinned) == [outcome, outcome])
    }

    @Test(arguments: [
        "{}", "[]", "null", "7", #"{"results":[7,null,{"id":[]},{"id":"1","properties":[]}]}"#,
        #"{"results":[{"id":"1","associations":{"a":7,"b":{"results":[{"id":{}}]}}}]}"#,
    ])
    func `a reply of another shape breaks nothing`(text: String) throws {
        let json = try HubSpotPortal.json(text)
        let records = try? HubSpotResponses.records(json)
        #expect((records?.items ?? []).allSatisfy { $0.id == "1" })
        #expect((try? HubSpotResponses.related(json))?.isEmpty ?? true)
        #expect((try? HubSpotResponses.labels(json))?.isEmpty ?? true)
        #expect(HubSpotResponses.unrelated(json).isEmpty)
        #expect(throws: SyncError.self) { try HubSpotResponses.job(json) }
        let writes = ["5", "6"].map { PlainWrite(.id($0), []) }
        let outcomes = HubSpotResponses.outcomes(HubSpotPortal.reply(text), writes, .pinned)
        #expect(outcomes == [.unknown, .unknown])
    }
}
