import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing
import WireJSON

/// What an activity belongs to is read and written as associations.
struct HubSpotActivityTests {
    private static let mapping: ObjectMapping = {
        let fields = [
            FieldMapping(
                index: 0,
                hubspot: "hs_task_subject",
                salesforce: "Subject",
                rule: .twoWay
            ),
            FieldMapping(
                index: 1,
                hubspot: "contact",
                salesforce: "WhoId",
                rule: .twoWay,
                kind: .reference(
                    .init(
                        [.init(mapping: "contacts", hubspot: "contacts", salesforce: ["Contact"])],
                        isTied: true
                    )
                )
            ),
            FieldMapping(
                index: 2,
                hubspot: "about",
                salesforce: "WhatId",
                rule: .twoWay,
                kind: .reference(
                    .init(
                        [
                            .init(mapping: "deals", hubspot: "deals", salesforce: ["Opportunity"]),
                            .init(
                                mapping: "companies",
                                hubspot: "companies",
                                salesforce: ["Account"]
                            ),
                        ],
                        isTied: true
                    )
                )
            ),
        ]
        let shapes = [FieldType.text, .reference, .reference].map { FieldShape(type: $0) }
        return ObjectMapping(
            name: "tasks",
            hubspot: .init(
                name: "tasks",
                fields: zip(fields, shapes).map { .init(name: $0.hubspot, shape: $1) },
                keyField: nil
            ),
            hubspotKeyFields: ["Task": "sf_task_key"],
            salesforce: [
                .init(
                    name: "Task",
                    fields: zip(fields, shapes).map { .init(name: $0.salesforce, shape: $1) },
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: "Task",
            fields: fields,
            matchFields: []
        )
    }()

    private static let changes = FeedScan(
        mapping: Self.mapping,
        object: "tasks",
        range: .changes(since: ServerTime(milliseconds: 1_790_000_000_000))
    )

    /// Three tasks; the first has two contacts, a deal and a company, the second a company.
    private static func portal(stamp: String = "2026-11-24T07:00:00Z") -> HubSpotFixture {
        HubSpotFixture { request, _ throws(CallFailure) in
            func ties(_ found: [(String, [String])]) -> HTTPResponse {
                let results = found.map { from, to in
                    let ends = to.map { #"{"toObjectId":\#($0),"associationTypes":[]}"# }
                    return #"{"from":{"id":"\#(from)"},"to":[\#(ends.joined(separator: ","))]}"#
                }
                return HubSpotFixture.reply(
                    207,
                    #"{"status":"COMPLETE","results":[\#(results.joined(separator: ","))]}"#
                )
            }
            if request.url.contains("/tasks/contacts/") { return ties([("1", ["1000", "77"])]) }
            if request.url.contains("/tasks/deals/") { return ties([("1", ["5"])]) }
            if request.url.contains("/tasks/companies/") {
                return ties([("1", ["9"]), ("2", ["9"])])
            }
            let rows = (1...3).map { number in
                #"{"id":"\#(number)","properties":{"hs_task_subject":"S","hs_lastmodifieddate":"\#(stamp)"}}"#
            }
            return HubSpotFixture.reply(200, #"{"results":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    private static func texts(_ row: RecordRow) -> [String] {
        row.values.values.indices.map { row.values.values[$0].text }
    }

    @Test func `a page's ties cost one call for each object, and only what moved is asked again`()
        async throws
    {
        let portal = Self.portal()
        let first = try #require(try await portal.connection.scan([Self.changes]).first).page
        #expect(
            first.rows.map(Self.texts) == [
                ["S", "contacts/77", "deals/5"], ["S", "", "companies/9"], ["S", "", ""],
            ]
        )
        #expect(first.rows[0].choices[1]?.map(\.text) == ["contacts/77", "contacts/1000"])
        #expect(first.rows[0].choices[2]?.map(\.text) == ["deals/5", "companies/9"])
        #expect(first.rows[1].choices.isEmpty)
        let requests = await portal.gate.requests
        #expect(
            requests.map { $0.url.split(separator: "/").suffix(4).joined(separator: "/") }
                == [
                    "v3/objects/tasks/search", "tasks/companies/batch/read",
                    "tasks/contacts/batch/read", "tasks/deals/batch/read",
                ]
                || requests.count == 4
        )
        // Neither name is a property.
        let body = try JSON(parsing: requests[0].body)
        let names = body["properties"]?.elements.compactMap(\.string) ?? []
        #expect(names.contains("hs_task_subject"))
        #expect(!names.contains("contact") && !names.contains("about"))
        // The page ends with the last of its calls.
        #expect(first.ended > first.sent)
        let again = try #require(try await portal.connection.scan([Self.changes]).first).page
        #expect(again.rows == first.rows)
        #expect(await portal.gate.requests.count == 5)
    }

    @Test func `a read by id asks for ties whatever is known, and so does a poll after a write`()
        async throws
    {
        let portal = Self.portal()
        _ = try await portal.connection.scan([Self.changes])
        let reply = try await portal.connection.read(
            ReadRequest(
                mapping: Self.mapping,
                object: "tasks",
                ids: ["1", "2", "3"],
                purpose: "guard",
                priority: .field
            )
        )
        #expect(reply.missing.isEmpty)
        #expect(reply.pages.first?.rows.first.map(Self.texts)?[2] == "deals/5")
        #expect(await portal.gate.requests.count == 8)
        _ = await portal.write([Self.write(7, .update(id: "2"), made: "78", gone: nil)])
        let before = await portal.gate.requests.count
        _ = try await portal.connection.scan([Self.changes])
        let asked = await portal.gate.requests[before...].filter { $0.url.hasSuffix("/batch/read") }
        #expect(asked.count == 3)
        for request in asked {
            let inputs = try JSON(parsing: request.body)["inputs"]?.elements ?? []
            #expect(inputs.compactMap { $0["id"]?.string } == ["2"])
        }
    }

    private static func write(
        _ entryID: Int64,
        _ action: RecordWrite.Action,
        made: String?,
        gone: String?,
        subject: String? = nil
    ) -> RecordWrite {
        var write = RecordWrite(
            entryID: entryID,
            mapping: Self.mapping,
            object: "tasks",
            action: action,
            fields: subject.map {
                [.init(name: "hs_task_subject", type: .text, value: FieldValue(normal: $0))]
            } ?? []
        )
        write.ties = [(made, true), (gone, false)].compactMap { id, isMade in
            id.map { .init(field: "contact", object: "contacts", id: $0, isMade: isMade) }
        }
        return write
    }

    @Test func `an update makes the new tie, then takes the old one away, then writes the rest`()
        async throws
    {
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            if request.url.hasSuffix("archive") { return HubSpotFixture.reply(204, "") }
            return request.url.contains("associations")
                ? HubSpotFixture.reply(201, #"{"status":"COMPLETE","results":[]}"#)
                : HubSpotFixture.reply(
                    200,
                    #"{"results":[{"id":"1","updatedAt":"2026-11-24T07:00:00Z"}]}"#
                )
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "1"), made: "78", gone: "77", subject: "S"),
            Self.write(12, .update(id: "2"), made: "79", gone: nil),
            Self.write(13, .update(id: "3"), made: nil, gone: "77"),
        ])
        let requests = await fixture.gate.requests
        #expect(requests.count == 3)
        #expect(requests[0].url.hasSuffix("/tasks/contacts/batch/create"))
        let made = try JSON(parsing: requests[0].body)["inputs"]?.elements ?? []
        #expect(made.map { $0["from"]?["id"]?.string } == ["1", "2"])
        #expect(made.map { $0["to"]?["id"]?.string } == ["78", "79"])
        #expect(made.map { $0["types"]?[0]?["associationTypeId"]?.integer } == [204, 204])
        #expect(requests[1].url.hasSuffix("/tasks/contacts/batch/archive"))
        let gone = try JSON(parsing: requests[1].body)["inputs"]?.elements ?? []
        #expect(gone.map { $0["from"]?["id"]?.string } == ["1", "3"])
        #expect(gone.map { $0["to"]?[0]?["id"]?.string } == ["77", "77"])
        #expect(requests[2].url.hasSuffix("/tasks/batch/update"))
        #expect(try JSON(parsing: requests[2].body)["inputs"]?.elements.count == 1)
        for (entry, id) in [(Int64(12), "2"), (13, "3")] {
            #expect(reply.outcomes[entry] == .confirmed(id: id, created: false, stamp: nil))
        }
        guard case .confirmed("1", _, _) = reply.outcomes[11] else {
            Issue.record("11 is not confirmed")
            return
        }
    }

    /// `more`: whether a record has more ties than the list shows.
    @Test(arguments: [false, true])
    func `a list brings ties along, each once, and costs no call of its own`(
        more: Bool
    ) async throws {
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            if request.url.hasSuffix("/batch/read") {
                return HubSpotFixture.reply(207, #"{"status":"COMPLETE","results":[]}"#)
            }
            let paging = more ? #","paging":{"next":{"after":"9"}}"# : ""
            return HubSpotFixture.reply(
                200,
                #"""
                {"results":[{"id":"1","properties":{"hs_task_subject":"S","hs_lastmodifieddate":
                "2026-11-24T07:00:00Z"},"associations":{"contacts":{"results":[
                {"id":"1000","type":"task_to_contact"},{"id":"77","type":"task_to_contact"},
                {"id":"77","type":"boss"}]\#(paging)}}},
                {"id":"2","properties":{"hs_task_subject":"T","hs_lastmodifieddate":
                "2026-11-24T07:00:00Z"}}]}
                """#
            )
        }
        let scan = FeedScan(mapping: Self.mapping, object: "tasks", range: .all)
        let page = try #require(try await fixture.connection.scan([scan]).first).page
        let requests = await fixture.gate.requests
        #expect(requests.count == (more ? 4 : 1))
        #expect(requests[0].url.contains("&associations=companies,contacts,deals"))
        guard !more else { return }
        #expect(page.rows.map(Self.texts) == [["S", "contacts/77", ""], ["T", "", ""]])
        #expect(page.rows[0].choices[1]?.map(\.text) == ["contacts/77", "contacts/1000"])
    }

    @Test func `a new activity brings its ties along`() async throws {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(201, "{}") }
        let key = RecordWrite.Action.createByKey(field: "sf_task_key", value: "00TA")
        var write = Self.write(1, key, made: "77", gone: nil, subject: "S")
        write.ties.append(.init(field: "about", object: "tickets", id: "6", isMade: true))
        _ = await fixture.write([write])
        let requests = await fixture.gate.requests
        #expect(requests.count == 1)
        let ties = try JSON(parsing: requests[0].body)["inputs"]?[0]?["associations"]?.elements
        #expect(ties?.map { $0["to"]?["id"]?.string } == ["77", "6"])
        #expect(ties?.map { $0["types"]?[0]?["associationTypeId"]?.integer } == [204, 230])
    }

    @Test func `a tie to a record that is not there names its field`() async throws {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(
                207,
                #"""
                {"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error",
                "category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER",
                "message":"78 is not a valid ID","context":{"id":["78"]}}]}
                """#
            )
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "1"), made: "78", gone: "77"),
            Self.write(12, .update(id: "2"), made: "79", gone: nil),
        ])
        guard case .rejected(let rejection) = reply.outcomes[11] else {
            Issue.record("11 is not rejected")
            return
        }
        #expect(rejection.fields == ["contact"])
        #expect(reply.outcomes[12] == .confirmed(id: "2", created: false, stamp: nil))
        // What was refused keeps the tie that it has.
        #expect(await fixture.gate.requests.count == 1)
    }
}
