import CRMInterface
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing
import WireJSON

/// Each reader against a reply as HubSpot writes it: shapes of its OpenAPI files and of recorded replies,
/// ids and names invented.
struct HubSpotReplyTests {
    @Test func `object types`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"labels":{"singular":"Car","plural":"Cars"},"requiredProperties":["vin"],
            "searchableProperties":[],"primaryDisplayProperty":"vin","archived":false,"id":"3465404",
            "fullyQualifiedName":"p9900001_car","objectTypeId":"2-3465404","metaType":
            "PORTAL_SPECIFIC","properties":[],"associations":[],"name":"car"},{"name":"old","labels":
            {},"objectTypeId":"2-7","archived":true}]}
            """#
        )
        let objects = try HubSpotResponses.objects(json)
        #expect(objects.map(\.name) == ["p9900001_car", "old"])
        #expect(objects.map(\.label) == ["Car", "old"])
        #expect(objects.map(\.typeID) == ["2-3465404", "2-7"])
        #expect(objects.map(\.isWritable) == [true, false])
        #expect(objects.map(\.isCustom) == [true, true])
        let contact = try HubSpotPortal.json(
            #"""
            {"labels":{"singular":"Contact","plural":"Contacts"},"archived":false,"id":"0-1",
            "fullyQualifiedName":"CONTACT","objectTypeId":"0-1","metaType":"HUBSPOT","name":"CONTACT"}
            """#
        )
        let summary = try #require(HubSpotResponses.summary(contact))
        #expect(summary.labelPlural == "Contacts" && !summary.isCustom)
    }

    @Test func `the day's calls`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"name":"private-apps-api-calls-daily","usageLimit":625000,"currentUsage":
            4100,"collectedAt":"2026-09-30T08:00:00.000Z","fetchStatus":"SUCCESS","resetsAt":
            "2026-10-01T04:00:00.000Z"}]}
            """#
        )
        let limits = try HubSpotResponses.limits(json)
        #expect(limits.map(\.name) == ["private-apps-api-calls-daily"])
        #expect(limits.map(\.max) == [625_000])
        #expect(limits.map(\.used) == [4_100])
    }

    @Test func `owners: who is there, who has left, a queue`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"id":"71","email":"Ada@Acme.test","type":"PERSON","firstName":"Ada",
            "lastName":"Admin","userId":5,"userIdIncludingInactive":5,"createdAt":
            "2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z","archived":false,
            "teams":[{"id":"3","name":"West","primary":true}]},{"id":"73","email":"lee@acme.test",
            "type":"PERSON","firstName":"","lastName":"Left","userIdIncludingInactive":7,"archived":
            true},{"id":"74","email":"support@acme.test","type":"QUEUE","archived":false}],
            "paging":{"next":{"after":"OTk=","link":"https://api.hubapi.com/crm/owners"}}}
            """#
        )
        let page = try HubSpotResponses.owners(json)
        #expect(page.items.map(\.id) == ["71", "73", "74"])
        #expect(page.items.map(\.userID) == ["5", "7", nil])
        #expect(page.items.map(\.email?.first) == ["a", "l", "s"])
        #expect(page.items.map(\.kind) == [.person, .person, .queue])
        #expect(page.items.map(\.isActive) == [true, false, true])
        #expect(page.next == "OTk=")
    }

    @Test func `pipelines of deals and of tickets`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"label":"Support","displayOrder":1,"id":"0","archived":false,"stages":[
            {"label":"Closed","displayOrder":3,"metadata":{"ticketState":"CLOSED","isClosed":"true"},
            "id":"4","archived":false,"writePermissions":"CRM_PERMISSIONS_ENFORCEMENT"},{"label":"New",
            "displayOrder":0,"metadata":{"ticketState":"OPEN","isClosed":"false"},"id":"1",
            "archived":false}]},{"label":"Sales","displayOrder":0,"id":"default","archived":false,
            "stages":[{"label":"Won","displayOrder":0,"metadata":{"isClosed":"true","probability":
            "1.0"},"id":"closedwon","archived":true}]}]}
            """#
        )
        let pipelines = try HubSpotResponses.pipelines(json)
        #expect(pipelines.map(\.id) == ["default", "0"])
        #expect(pipelines[1].stages.map(\.id) == ["1", "4"])
        #expect(pipelines[1].stages.map(\.isClosed) == [false, true])
        let won = try #require(pipelines[0].stages.first)
        #expect(won.isClosed && !won.isActive && won.probability == "1.0")
    }

    @Test func `lists, members and the lists of records`() throws {
        let found = try HubSpotResponses.lists(
            HubSpotPortal.json(
                #"""
                {"offset":2,"hasMore":true,"lists":[{"processingType":"DYNAMIC","objectTypeId":"0-1",
                "listId":"12","listVersion":3,"name":"VIP","processingStatus":"COMPLETE",
                "additionalProperties":{"hs_list_size":"410"}},{"processingType":"MANUAL",
                "objectTypeId":"0-2","listId":"13","name":"Key accounts","size":7}],"total":9}
                """#
            )
        )
        #expect(found.items.map(\.id) == ["12", "13"])
        #expect(found.items.map(\.isDynamic) == [true, false])
        #expect(found.items.map(\.size) == [410, 7])
        #expect(found.next == "2")
        let members = try HubSpotResponses.members(
            HubSpotPortal.json(
                #"""
                {"results":[{"recordId":"171","membershipTimestamp":"2026-09-30T08:00:00.500Z"},
                {"recordId":172}],"total":2,"paging":{"next":{"after":"MTcy"}}}
                """#
            )
        )
        #expect(members.items.map(\.id) == ["171", "172"])
        #expect(members.items.map(\.joined?.milliseconds) == [1_790_755_200_500, nil])
        #expect(members.next == "MTcy")
        let lists = try HubSpotResponses.listsOfRecords(
            HubSpotPortal.json(
                #"""
                {"status":"COMPLETE","results":[{"objectTypeId":"0-1","recordId":"171",
                "recordListMemberships":[{"listId":"12","listVersion":3,"isPublicList":false,
                "firstAddedTimestamp":"2026-09-30T08:00:00Z"}]},{"objectTypeId":"0-1","recordId":
                "172","recordListMemberships":[]}]}
                """#
            )
        )
        #expect(lists == ["171": ["12"], "172": []])
    }

    @Test func `a page of records with ties`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"id":"171","properties":{"createdate":"2026-09-30T23:36:13.632Z","email":
            "ada@acme.test","hs_object_id":"171","lastmodifieddate":"2026-09-30T23:36:14.101Z",
            "phone":null},"createdAt":"2026-09-30T23:36:13.632Z","updatedAt":
            "2026-09-30T23:36:14.101Z","archived":false,"url":
            "https://app.hubspot.com/contacts/9900001/record/0-1/171","associations":{"companies":
            {"results":[{"id":"290","type":"contact_to_company"},{"id":"290","type":
            "contact_to_company_unlabeled"}],"paging":{"next":{"after":"NTAw"}}}}}],"paging":{"next":
            {"after":"172","link":"https://api.hubapi.com/crm/objects/2026-09/contacts?after=172"}}}
            """#
        )
        let page = try HubSpotResponses.records(json)
        let record = try #require(page.items.first)
        #expect(record["email"] == "ada@acme.test" && record["phone"] == nil)
        #expect(record.fields.count == 5)
        #expect(record.modified == ServerTime(milliseconds: 1_790_811_374_101))
        #expect(record.children["companies"]?.records.map(\.id) == ["290"])
        #expect(record.children["companies"]?.next == "NTAw")
        #expect(page.next == "172")
    }

    @Test func `labels of ties`() throws {
        let json = try HubSpotPortal.json(
            #"""
            {"results":[{"category":"HUBSPOT_DEFINED","typeId":279,"label":null},{"category":
            "HUBSPOT_DEFINED","typeId":1,"label":"Contact with Primary Company"},{"category":
            "USER_DEFINED","typeId":37,"label":"Billing"}]}
            """#
        )
        let kinds = try HubSpotResponses.labels(json)
        #expect(kinds.map(\.id) == [279, 1, 37])
        #expect(kinds.map(\.isOwn) == [true, true, false])
        #expect(kinds.map(\.label) == [nil, "Contact with Primary Company", "Billing"])
    }

    @Test func `a batch of writes of which some were refused`() throws {
        let body = #"""
            {"completedAt":"2026-09-30T20:29:54.897Z","status":"COMPLETE","startedAt":
            "2026-09-30T20:29:54.816Z","results":[{"id":"172","properties":{"email":"b@x.test"},
            "createdAt":"2026-09-30T20:29:54.850Z","updatedAt":"2026-09-30T20:29:54.850Z","archived":
            false,"objectWriteTraceId":"1"}],"errors":[{"status":"error","category":"CONFLICT",
            "message":"Contact already exists. Existing ID: 171","context":{"objectWriteTraceId":
            ["0"],"existingId":["171"]}},{"status":"error","category":"VALIDATION_ERROR","message":
            "Property values were not valid: []","errors":[{"message":"canary","code":
            "INVALID_OPTION","context":{"propertyName":["lifecyclestage"]}}],"context":
            {"objectWriteTraceId":["2"]}}],"numErrors":2}
            """#
        let writes = (0..<4).map { _ in PlainWrite(.new, []) }
        let reply = HubSpotPortal.reply(body, status: 207)
        let outcomes = HubSpotResponses.outcomes(reply, writes, .pinned)
        let stamp = ServerTime(milliseconds: 1_790_800_194_850)
        #expect(
            outcomes == [
                .rejected(.init(kind: .taken, code: "CONFLICT", existingID: "171")),
                .confirmed(id: "172", created: true, stamp: stamp),
                .rejected(
                    .init(kind: .badValue, code: "INVALID_OPTION", fields: ["lifecyclestage"])
                ),
                .unknown,
            ]
        )
    }

    @Test(arguments: [
        (#"{"id":"5","state":"STARTED","optOutImport":false}"#, BulkJob.State.waiting),
        (#"{"id":"5","state":"DEFERRED"}"#, .waiting),
        (#"{"id":"5","state":"PROCESSING"}"#, .running),
        (
            #"{"id":"5","state":"DONE","metadata":{"counters":{"TOTAL_ROWS":3,"ERRORS":1}}}"#,
            .done
        ),
        (#"{"id":"5","state":"FAILED"}"#, .failed), (#"{"id":"5","state":"REVERTED"}"#, .failed),
        (#"{"id":"5","state":"CANCELED"}"#, .cancelled),
        (#"{"id":"5","links":{"status":"https://api.hubapi.com/s"}}"#, .waiting),
        (#"{"status":"PENDING"}"#, .waiting),
        (#"{"status":"COMPLETE","result":"https://files.example/1"}"#, .done),
    ])
    func `states of imports and exports`(text: String, state: BulkJob.State) throws {
        let job = try HubSpotResponses.job(HubSpotPortal.json(text), id: "5")
        #expect(job.id == "5" && job.state == state)
        #expect(job.processed == (text.contains("TOTAL_ROWS") ? 3 : 0))
        #expect(job.file == (text.contains("files") ? "https://files.example/1" : nil))
    }

    @Test func `the rows of an export`() throws {
        let file = "\"Record ID\",\"email\",\"city\"\n\"171\",\"ada@x.test\",\"\"\n"
        var rows: [PlainRecord] = []
        try HubSpotResponses.exportRows(HubSpotPortal.reply(file)) { rows.append($0) }
        #expect(rows.map(\.id) == ["171"])
        #expect(rows[0].fields == [.init("email", "ada@x.test"), .init("city", nil)])
    }

    @Test func `tokens of this version and of the first`() throws {
        let configuration = HubSpotPortal().configuration
        let reply = try HubSpotTokenReply(
            HubSpotPortal.reply(
                #"""
                {"token_use":"access_token","token_type":"bearer","access_token":"CJ7","refresh_token":
                "na1-3c","expires_in":1800,"hub_id":9900001,"user_id":41,"scopes":["oauth",
                "crm.objects.contacts.read"]}
                """#
            ),
            configuration
        )
        #expect(reply.accessToken == "CJ7" && reply.refreshToken == "na1-3c")
        #expect(reply.lifetime == 1_800_000 && reply.portalID == "9900001")
        #expect(reply.userID == "41" && reply.scopes == ["oauth", "crm.objects.contacts.read"])
        let old = try HubSpotTokenReply(
            HubSpotPortal.reply(
                #"{"access_token":"CJ8","refresh_token":"na1-3c","expires_in":1799}"#
            ),
            configuration
        )
        #expect(old.lifetime == 1_799_000 && old.portalID == nil && old.scopes.isEmpty)
    }
}
