import HTTPTransport
import Testing
import WireJSON

@testable import MockHubSpot

/// The webhooks journal: subscriptions, files of events, snapshots.
struct JournalTests {
    private var portal = Portal()
    private var token = ""
    private let base = "/webhooks-journal"

    init() {
        self.token = self.portal.appToken()
    }

    private mutating func subscribe(_ body: String) -> (status: Int, json: JSON?) {
        let body = #"{"portalId":9900001,\#(body)}"#
        return self.portal.asApp(self.token, .post, self.base + "/subscriptions/2026-03", body)
    }

    private mutating func subscribeContacts(_ properties: String = "") -> Int64 {
        self.subscribe(
            #"""
            "subscriptionType":"OBJECT","objectTypeId":"0-1","objectIds":[],
            "properties":[\#(properties)],
            "actions":["CREATE","UPDATE","DELETE","MERGE","RESTORE"]
            """#
        ).json?["id"]?.integer ?? 0
    }

    private mutating func journal(_ path: String) -> (status: Int, json: JSON?) {
        self.portal.asApp(self.token, .get, self.base + "/journal/2026-03/" + path)
    }

    private mutating func file(_ entry: JSON?) -> JSON? {
        let response = self.portal.ask(.get, entry?["url"]?.string ?? "")
        #expect(response?.status == 200)
        #expect(response?.header("Content-Type") == "application/json")
        return response.flatMap { try? JSON(parsing: $0.body) }
    }

    /// Every event from the start on, file by file.
    private mutating func events() -> [JSON] {
        var events: [JSON] = []
        var reply = self.journal("earliest")
        while reply.status == 200 {
            events += self.file(reply.json)?["journalEvents"]?.elements ?? []
            reply = self.journal("offset/\(reply.json?["currentOffset"]?.string ?? "")/next")
        }
        #expect(reply.status == 204)
        return events
    }

    @Test mutating func `only the app's own token reads the journal`() {
        #expect(self.portal.send(.get, self.base + "/journal/2026-03/earliest").status == 403)
        #expect(self.portal.ask(.get, self.base + "/journal/2026-03/earliest")?.status == 401)
        #expect(self.journal("earliest").status == 204)
        #expect(self.portal.asApp(self.token, .get, "/webhooks/v4/journal/latest").status == 204)
        let narrow = self.portal.appToken("developer.webhooks_journal.read")
        let path = self.base + "/subscriptions/2026-03"
        #expect(self.portal.asApp(narrow, .get, path).status == 403)
        #expect(
            self.portal.asApp(narrow, .get, self.base + "/journal/2026-09/latest").status == 204
        )
        #expect(self.portal.mock.usage.billedCalls() == 0)
    }

    @Test mutating func `changes of records stand in files, one after the other`() {
        _ = self.subscribeContacts(#""city""#)
        let id = self.portal.make("contacts", #""lastname":"A","city":"Oslo""#)
        #expect(self.journal("earliest").status == 204)
        self.portal.now += 5_000
        let path = "/crm/v3/objects/contacts/\(id)"
        _ = self.portal.send(.patch, path, #"{"properties":{"city":"Bern","phone":"1"}}"#)
        _ = self.portal.send(.patch, path, #"{"properties":{"phone":"2"}}"#)
        _ = self.portal.send(.delete, path)
        self.portal.now += 5_000
        let first = self.journal("earliest").json
        let file = self.file(first)
        #expect(file?["offset"]?.string == first?["currentOffset"]?.string)
        #expect(file?["publishedAt"]?.string == ServerTime.iso(1_790_000_001_000))
        let made = file?["journalEvents"]?[0]
        #expect(made?["type"]?.string == "crmObject")
        #expect(made?["action"]?.string == "CREATE")
        #expect(made?["portalId"]?.integer == 9_900_001)
        #expect(made?["objectTypeId"]?.string == "0-1")
        #expect(made?["objectId"]?.integer == Int64(id))
        #expect(made?["occurredAt"]?.string == ServerTime.iso(1_790_000_000_000))
        #expect(made?["propertyChanges"]?.members.map(\.name) == ["city"])
        let all = self.events()
        #expect(all.compactMap { $0["action"]?.string } == ["CREATE", "UPDATE", "DELETE"])
        #expect(all[1]["propertyChanges"]?["city"]?.string == "Bern")
        #expect(self.journal("latest").json?["currentOffset"]?.string != file?["offset"]?.string)
    }

    @Test
    mutating func `somebody who wants to be forgotten is told as that, and lost events on demand`()
        throws
    {
        _ = self.subscribeContacts()
        _ = self.subscribe(
            #""subscriptionType":"GDPR_PRIVACY_DELETION","objectTypeId":"0-1","actions":["GDPR_DELETE"]"#
        )
        let id = self.portal.make("contacts", #""lastname":"A""#)
        try self.portal.mock.forgetForPrivacy(id, at: self.portal.now)
        self.portal.now += 2_000
        #expect(self.events().compactMap { $0["action"]?.string } == ["CREATE", "GDPR_DELETE"])
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts/\(id)").status == 404)
        self.portal.mock.settings.journal.loseEveryNthEvent = 2
        for name in ["B", "C", "D"] { _ = self.portal.make("contacts", #""lastname":"\#(name)""#) }
        self.portal.now += 2_000
        let names = self.events().compactMap { $0["propertyChanges"]?["lastname"]?.string }
        #expect(names == ["A", "B", "D"])
    }

    @Test mutating func `batches give several files, and name the ones that are unknown`() {
        _ = self.subscribeContacts()
        for number in 0..<4 {
            _ = self.portal.make("contacts", #""lastname":"P\#(number)""#)
            self.portal.now += 2_000
        }
        let early = self.journal("batch/earliest/3").json
        #expect(early?["status"]?.string == "COMPLETE")
        let offsets = early?["results"]?.elements.compactMap { $0["currentOffset"]?.string } ?? []
        #expect(offsets.count == 3)
        let late = self.journal("batch/latest/2").json?["results"]
        #expect(late?[0]?["currentOffset"]?.string == offsets[2])
        let next = self.journal("batch/\(offsets[0])/next/10").json?["results"]
        #expect(next?.count == 3)
        let body = #"{"inputs":["\#(offsets[1])","nobody"]}"#
        let read = self.portal.asApp(
            self.token,
            .post,
            self.base + "/journal-local/2026-03/batch/read?installPortalId=9900001",
            body
        )
        #expect(read.status == 207)
        #expect(read.json?["results"]?[0]?["currentOffset"]?.string == offsets[1])
        #expect(read.json?["errors"]?[0]?["context"]?["ids"]?[0]?.string == "nobody")
        #expect(self.journal("batch/earliest/0").status == 400)
        #expect(self.journal("batch/earliest/101").status == 400)
        #expect(self.journal("offset/nobody/next").status == 404)
        let other = self.base + "/journal-local/2026-03/earliest?installPortalId=7"
        #expect(self.portal.asApp(self.token, .get, other).status == 204)
    }

    @Test mutating func `a file's address ends, and so does the file after three days`() {
        _ = self.subscribeContacts()
        _ = self.portal.make("contacts", #""lastname":"A""#)
        self.portal.now += 2_000
        let entry = self.journal("earliest").json
        let url = entry?["url"]?.string ?? ""
        #expect(entry?["expiresAt"]?.string == ServerTime.iso(self.portal.now + 300_000))
        self.portal.now += 299_000
        #expect(self.portal.ask(.get, url)?.status == 200)
        self.portal.now += 1_000
        let late = self.portal.ask(.get, url)
        #expect(late?.status == 403)
        #expect(late?.header("Content-Type") == "application/xml")
        let text = String(decoding: late?.body ?? [], as: UTF8.self)
        #expect(text.contains("Request has expired"))
        let forged = url.replacing("Expires=1", with: "Expires=9")
        #expect(self.portal.ask(.get, forged)?.status == 403)
        self.portal.now += 259_200_000
        self.token = self.portal.appToken()
        let offset = entry?["currentOffset"]?.string ?? ""
        #expect(self.journal("offset/\(offset)/next").status == 404)
        #expect(self.journal("earliest").status == 204)
    }

    @Test mutating func `associations, lists and privacy have subscriptions of their own`() {
        let list =
            self.portal.send(
                .post,
                "/crm/v3/lists/",
                #"{"name":"Fair","objectTypeId":"0-1","processingType":"MANUAL"}"#
            ).json?["list"]?["listId"]?.string ?? ""
        let kinds = [
            #""subscriptionType":"ASSOCIATION","objectTypeId":"0-1","objectIds":[],"associatedObjectTypeIds":["0-2"],"actions":["ASSOCIATION_ADDED","ASSOCIATION_REMOVED"]"#,
            #""subscriptionType":"LIST_MEMBERSHIP","listIds":[\#(list)],"objectIds":[],"actions":["ADDED_TO_LIST","REMOVED_FROM_LIST"]"#,
            #""subscriptionType":"GDPR_PRIVACY_DELETION","objectTypeId":"0-1","actions":["GDPR_DELETE"]"#,
        ]
        for kind in kinds { #expect(self.subscribe(kind).status == 200) }
        let id = self.portal.make("contacts", #""email":"ada@example.com""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let tie = "/crm/v4/objects/contacts/\(id)/associations/default/companies/\(company)"
        _ = self.portal.send(.put, tie)
        for verb in ["add", "remove"] {
            _ = self.portal.send(.put, "/crm/v3/lists/\(list)/memberships/\(verb)", "[\(id)]")
        }
        let forget = #"{"objectId":"ada@example.com","idProperty":"email"}"#
        _ = self.portal.send(.post, "/crm/v3/objects/contacts/gdpr-delete", forget)
        self.portal.now += 2_000
        let events = self.events()
        #expect(
            events.compactMap { $0["action"]?.string } == [
                "ASSOCIATION_ADDED", "ADDED_TO_LIST", "REMOVED_FROM_LIST", "GDPR_DELETE",
            ]
        )
        #expect(events[0]["type"]?.string == "association")
        #expect(events[0]["fromObjectId"]?.integer == Int64(id))
        #expect(events[0]["toObjectTypeId"]?.string == "0-2")
        #expect(events[0]["associationTypeId"]?.integer == 279)
        #expect(events[0]["associationCategory"]?.string == "HUBSPOT_DEFINED")
        #expect(events[1]["listId"]?.integer == Int64(list))
        #expect(events[1]["objectId"]?.integer == Int64(id))
    }

    @Test mutating func `a filter lets only the records through that meet it`() {
        let subscription = self.subscribeContacts()
        let path = self.base + "/subscriptions/2026-03/filters"
        let filter = #"""
            {"subscriptionId":\#(subscription),"filter":{"conditions":[{"filterType":
            "CRM_OBJECT_PROPERTY","property":"city","operator":"STARTS_WITH","value":"os"}]}}
            """#
        let made = self.portal.asApp(self.token, .post, path, filter)
        let id = made.json?["filterId"]?.integer ?? 0
        #expect(made.status == 200 && id > 0)
        _ = self.portal.make("contacts", #""lastname":"A","city":"Oslo""#)
        _ = self.portal.make("contacts", #""lastname":"B","city":"Bern""#)
        self.portal.now += 2_000
        #expect(self.events().count == 1)
        let shown = self.portal.asApp(self.token, .get, path + "/subscription/\(subscription)")
        #expect(shown.json?[0]?["id"]?.integer == id)
        let condition = shown.json?[0]?["filter"]?["conditions"]?[0]
        #expect(condition?["operator"]?.string == "STARTS_WITH")
        #expect(self.portal.asApp(self.token, .delete, path + "/\(id)").status == 204)
        #expect(self.portal.asApp(self.token, .get, path + "/\(id)").status == 404)
        let bad = filter.replacing("STARTS_WITH", with: "SOUNDS_LIKE")
        #expect(self.portal.asApp(self.token, .post, path, bad).status == 400)
    }

    @Test mutating func `a subscription asked for again is changed, and goes by id or account`() {
        let first = self.subscribeContacts(#""city""#)
        #expect(self.subscribeContacts(#""phone""#) == first)
        let path = self.base + "/subscriptions/2026-03"
        let shown = self.portal.asApp(self.token, .get, path + "/\(first)").json
        #expect(shown?["properties"]?[0]?.string == "phone")
        #expect(shown?["appId"]?.integer == 1_160_453)
        #expect(self.portal.asApp(self.token, .get, path).json?["results"]?.count == 1)
        #expect(self.portal.asApp(self.token, .delete, path + "/portals/9900001").status == 204)
        #expect(self.portal.asApp(self.token, .get, path + "/\(first)").status == 404)
        for bad in [
            #""subscriptionType":"WHALES""#, #""subscriptionType":"OBJECT""#,
            #""subscriptionType":"LIST_MEMBERSHIP","listIds":[],"objectIds":[],"actions":["CREATE"]"#,
            #""subscriptionType":"GDPR_PRIVACY_DELETION","objectTypeId":"9-9","actions":["GDPR_DELETE"]"#,
        ] {
            #expect(self.subscribe(bad).status == 400, "\(bad)")
        }
    }

    @Test mutating func `a snapshot is pending, then in the journal`() {
        let id = self.portal.make("contacts", #""lastname":"A","city":"Oslo""#)
        let body = #"""
            {"snapshotRequests":[{"portalId":9900001,"objectId":\#(id),"objectTypeId":"0-1",
            "properties":["city","phone"]},{"portalId":9900001,"objectId":7,"objectTypeId":"0-1",
            "properties":[]}]}
            """#
        let path = self.base + "/snapshots/2026-03/crm"
        let asked = self.portal.asApp(self.token, .post, path, body).json?["snapshotResponses"]
        let ids = asked?.elements.compactMap { $0["snapshotStatusId"]?.string } ?? []
        #expect(ids.count == 2)
        #expect(self.journal("status/\(ids[0])").json?["status"]?.string == "PENDING")
        self.portal.now += 1_500
        #expect(self.journal("status/\(ids[0])").json?["status"]?.string == "IN_PROGRESS")
        self.portal.now += 2_000
        let done = self.journal("status/\(ids[0])").json
        #expect(done?["status"]?.string == "SUCCESS")
        #expect(done?["completedAt"]?.integer == 1_790_000_002_000)
        let failed = self.journal("status/\(ids[1])").json
        #expect(failed?["status"]?.string == "FAILED")
        #expect(failed?["errorCode"]?.string == "VALIDATION_ERROR")
        let events = self.events()
        #expect(events.count == 1)
        #expect(events[0]["action"]?.string == "SNAPSHOT")
        #expect(events[0]["properties"]?["city"]?.string == "Oslo")
        #expect(events[0]["properties"]?["phone"]?.isNull == true)
        #expect(self.journal("status/nobody").status == 404)
    }

    @Test mutating func `the hundred-and-first request in a second is refused`() {
        for _ in 0..<100 { #expect(self.journal("earliest").status == 204) }
        let refused = self.journal("earliest")
        #expect(refused.status == 429)
        #expect(refused.json?["policyName"]?.string == "SECONDLY")
        self.portal.now += 1_000
        #expect(self.journal("earliest").status == 204)
    }

    @Test mutating func `nobody who listens changes a reply to somebody else`() {
        var quiet = Portal()
        var told = Portal()
        let token = told.appToken()
        _ = quiet.appToken()
        _ = told.asApp(
            token,
            .post,
            self.base + "/subscriptions/2026-03",
            #"""
            {"portalId":9900001,"subscriptionType":"OBJECT","objectTypeId":"0-1","objectIds":[],
            "properties":[],"actions":["CREATE"]}
            """#
        )
        _ = quiet.send(.get, "/nothing")
        _ = told.mock.dueDeliveries(at: told.now)
        #expect(quiet.mock.feed.isOn == false && told.mock.feed.isOn)
        let ids = (0..<3).map { number -> [String] in
            [
                quiet.make("contacts", #""lastname":"P\#(number)""#),
                told.make("contacts", #""lastname":"P\#(number)""#),
            ]
        }
        #expect(ids.allSatisfy { $0[0] == $0[1] && !$0[0].isEmpty })
    }
}
