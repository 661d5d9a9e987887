import HTTPTransport
import Testing
import WireJSON

@testable import MockHubSpot

/// Webhooks by push: their management, what is sent, how it is signed and sent again.
struct WebhookTests {
    private var portal = Portal()
    private let app: Int64 = 1_160_453

    private mutating func target(_ url: String = "https://app.example.com/hooks") {
        let body = #"{"targetUrl":"\#(url)","throttling":{"maxConcurrentRequests":5}}"#
        let reply = self.portal.asDeveloper(.put, "/webhooks/v3/\(self.app)/settings", body)
        #expect(reply.status == 200)
    }

    private mutating func subscribe(_ type: String, _ more: String = "") {
        let body = #"{"eventType":"\#(type)","active":true\#(more)}"#
        let path = "/webhooks/v3/\(self.app)/subscriptions"
        #expect(self.portal.asDeveloper(.post, path, body).status == 201)
    }

    private mutating func due() -> [MockHubSpotDelivery] {
        self.portal.mock.dueDeliveries(at: self.portal.now)
    }

    /// The events that are due, all taken by the app.
    private mutating func events() throws -> [JSON] {
        var events: [JSON] = []
        for delivery in self.due() {
            events += try JSON(parsing: delivery.request.body).elements
            self.portal.mock.delivered(delivery.id, status: 200, at: self.portal.now)
        }
        return events
    }

    @Test mutating func `settings and subscriptions are kept under every version`() {
        for prefix in ["/webhooks/v3", "/webhooks/2026-03", "/app-webhooks/2026-09"] {
            let path = "\(prefix)/\(self.app)"
            #expect(self.portal.asDeveloper(.get, path + "/settings").status == 404)
            self.target()
            let shown = self.portal.asDeveloper(.get, path + "/settings").json
            #expect(shown?["targetUrl"]?.string == "https://app.example.com/hooks")
            #expect(shown?["throttling"]?["maxConcurrentRequests"]?.integer == 5)
            #expect(shown?["createdAt"]?.string == ServerTime.iso(self.portal.now))
            #expect(self.portal.asDeveloper(.delete, path + "/settings").status == 204)
        }
        self.subscribe("contact.propertyChange", #","propertyName":"city""#)
        self.subscribe("object.creation", #","objectTypeId":"0-48""#)
        let path = "/webhooks/v3/\(self.app)/subscriptions"
        let all = self.portal.asDeveloper(.get, path).json?["results"]
        #expect(all?.count == 2)
        #expect(all?[0]?["propertyName"]?.string == "city")
        #expect(all?[1]?["objectTypeId"]?.string == "0-48")
        let id = all?[0]?["id"]?.string ?? ""
        let off = self.portal.asDeveloper(.patch, "\(path)/\(id)", #"{"active":false}"#)
        #expect(off.json?["active"]?.boolean == false)
        let batch = #"{"inputs":[{"id":\#(id),"active":true},{"id":7,"active":true}]}"#
        let updated = self.portal.asDeveloper(.post, path + "/batch/update", batch)
        #expect(updated.status == 207)
        #expect(updated.json?["results"]?[0]?["active"]?.boolean == true)
        #expect(updated.json?["errors"]?[0]?["context"]?["ids"]?[0]?.string == "7")
        #expect(updated.json?["completedAt"]?.string != nil)
        #expect(self.portal.asDeveloper(.delete, "\(path)/\(id)").status == 204)
        #expect(self.portal.asDeveloper(.get, "\(path)/\(id)").status == 404)
        #expect(self.portal.mock.usage.billedCalls() == 0)
    }

    @Test mutating func `a completed event is told to who asked for it`() throws {
        let contact = self.portal.make("contacts", #""email":"ada@example.com""#)
        let definition = #"{"label":"Ordered","name":"ordered"}"#
        #expect(self.portal.send(.post, "/events/v3/event-definitions", definition).status == 201)
        self.target()
        self.subscribe("event.completed", #","eventTypeName":"pe9900001_ordered""#)
        self.subscribe("event.completed", #","eventTypeName":"pe9900001_paid""#)
        self.subscribe("contact.creation")
        #expect(try self.events().isEmpty)
        let event = #"""
            {"eventName":"pe9900001_ordered","objectId":"\#(contact)","properties":{"sum":"5"}}
            """#
        #expect(self.portal.send(.post, "/events/v3/send", event).status == 204)
        let told = try self.events()
        #expect(told.count == 1)
        #expect(told.first?["subscriptionType"]?.string == "event.completed")
        #expect(told.first?["eventTypeName"]?.string == "pe9900001_ordered")
        #expect(told.first?["objectId"]?.integer == Int64(contact))
        #expect(told.first?["objectTypeId"]?.string == "0-1")
        #expect(told.first?["properties"]?["sum"]?.string == "5")
    }

    @Test mutating func `conversations can be subscribed to, and none is ever told`() throws {
        self.target()
        for verb in ["creation", "deletion", "newMessage", "privacyDeletion"] {
            self.subscribe("conversation.\(verb)")
        }
        self.subscribe("conversation.propertyChange", #","propertyName":"status""#)
        let path = "/webhooks/v3/\(self.app)/subscriptions"
        #expect(self.portal.asDeveloper(.get, path).json?["results"]?.count == 5)
        _ = self.portal.make("contacts", #""email":"ada@example.com""#)
        #expect(try self.events().isEmpty)
    }

    @Test mutating func `a subscription tells what happens while it is active, and nothing else`()
        throws
    {
        self.target()
        self.subscribe("contact.deletion")
        _ = self.portal.make("contacts", #""lastname":"A""#)
        self.subscribe("contact.creation")
        #expect(try self.events().isEmpty, "it was made before anybody asked")
        let id = self.portal.make("contacts", #""lastname":"B""#)
        let path = "/webhooks/v3/\(self.app)/subscriptions"
        let all = self.portal.asDeveloper(.get, path).json?["results"]
        let creation = try #require(all?[1]?["id"]?.string)
        _ = self.portal.asDeveloper(.patch, "\(path)/\(creation)", #"{"active":false}"#)
        _ = self.portal.make("contacts", #""lastname":"C""#)
        _ = self.portal.asDeveloper(.patch, "\(path)/\(creation)", #"{"active":true}"#)
        #expect(try self.events().map { $0["objectId"]?.integer } == [Int64(id)])
    }

    @Test mutating func `an app that never answers keeps no more than so many events`() throws {
        self.portal.mock.settings.webhooks.waitingMax = 3
        self.portal.mock.settings.webhooks.eventsPerRequestMax = 1
        self.target()
        self.subscribe("contact.creation")
        for number in 0..<10 {
            try self.portal.mock.create(fields: [("lastname", "P\(number)")], at: self.portal.now)
            for delivery in self.due() {
                self.portal.mock.delivered(delivery.id, status: nil, at: self.portal.now)
            }
            self.portal.now += 1_000
        }
        let app = try #require(self.portal.mock.webhooks.apps[self.app])
        #expect(app.batches.reduce(0) { $0 + $1.events.count } == 3)
        #expect(app.waiting.count == 3)
    }

    @Test(arguments: [
        (#"{"eventType":"contact.explosion","active":true}"#, 400),
        (#"{"eventType":"product.associationChange"}"#, 400),
        (#"{"eventType":"contact.propertyChange"}"#, 400),
        (#"{"eventType":"contact.creation","propertyName":"city"}"#, 400),
        (#"{"eventType":"object.creation"}"#, 400),
        (#"{"eventType":"object.creation","objectTypeId":"9-9"}"#, 400),
        (#"{"eventType":"deal.merge"}"#, 201), (#"{"eventType":"event.completed"}"#, 201),
        ("{", 400), ("[]", 400),
    ])
    mutating func `a subscription is checked`(body: String, status: Int) {
        let path = "/webhooks/v3/\(self.app)/subscriptions"
        let reply = self.portal.asDeveloper(.post, path, body)
        #expect(reply.status == status)
        if status == 201 {
            #expect(reply.json?["active"]?.boolean == false)
            #expect(self.portal.asDeveloper(.post, path, body).status == 409)
        }
    }

    @Test mutating func `a developer's key, an app and a target are needed`() {
        let path = "/webhooks/v3/\(self.app)/settings"
        let wrong = self.portal.asDeveloper(.get, path, key: "nobody")
        #expect(wrong.status == 401)
        #expect(wrong.json?["message"]?.string == "This hapikey doesn't exist.")
        #expect(self.portal.ask(.get, path)?.status == 401)
        #expect(self.portal.asDeveloper(.get, "/webhooks/v3/7/settings").status == 404)
        for (url, most) in [
            ("ftp://x", 10), ("http://example.com", 10), ("http://127.0.0.1evil.test", 10),
            ("https://a b", 10), ("https://x.test", 4),
        ] {
            let body = #"{"targetUrl":"\#(url)","throttling":{"maxConcurrentRequests":\#(most)}}"#
            #expect(self.portal.asDeveloper(.put, path, body).status == 400, "\(url)")
        }
    }

    @Test mutating func `an app has a thousand subscriptions at most`() {
        self.portal.mock.settings.webhooks.subscriptionsMax = 3
        for name in ["city", "phone", "zip"] {
            self.subscribe("contact.propertyChange", #","propertyName":"\#(name)""#)
        }
        let reply = self.portal.asDeveloper(
            .post,
            "/webhooks/v3/\(self.app)/subscriptions",
            #"{"eventType":"contact.creation"}"#
        )
        #expect(reply.status == 400)
        #expect(MockHubSpotWebhookSettings().subscriptionsMax == 1_000)
    }

    @Test mutating func `each change of a record is told once, in order`() throws {
        self.target()
        _ = self.portal.make("contacts", #""email":"before@example.com""#)
        self.subscribe("contact.creation")
        self.subscribe("contact.propertyChange", #","propertyName":"city""#)
        self.subscribe("contact.deletion")
        self.subscribe("contact.restore")
        self.subscribe("contact.privacyDeletion")
        let id = self.portal.make("contacts", #""email":"ada@example.com","city":"Oslo""#)
        let path = "/crm/v3/objects/contacts/\(id)"
        self.portal.now += 1_000
        _ = self.portal.send(.patch, path, #"{"properties":{"city":"Bern","phone":"1"}}"#)
        _ = self.portal.send(.patch, path, #"{"properties":{"city":"Bern"}}"#)
        _ = self.portal.send(.patch, path, #"{"properties":{"city":""}}"#)
        _ = self.portal.send(.delete, path)
        try self.portal.mock.restore(id, at: self.portal.now)
        _ = self.portal.send(
            .post,
            "/crm/v3/objects/contacts/gdpr-delete",
            #"{"objectId":"\#(id)"}"#
        )
        let events = try self.events()
        let told = events.map { event in
            (event["subscriptionType"]?.string ?? "") + "="
                + (event["propertyValue"]?.string ?? event["changeFlag"]?.string ?? "")
        }
        #expect(
            told == [
                "contact.creation=NEW", "contact.propertyChange=Oslo",
                "contact.propertyChange=Bern", "contact.propertyChange=",
                "contact.deletion=DELETED", "contact.restore=", "contact.privacyDeletion=",
            ]
        )
        let change = events[2]
        #expect(change["objectId"]?.integer == Int64(id))
        #expect(change["occurredAt"]?.integer == self.portal.now)
        #expect(change["portalId"]?.integer == 9_900_001)
        #expect(change["appId"]?.integer == self.app)
        #expect(change["attemptNumber"]?.integer == 0)
        #expect(change["propertyName"]?.string == "city")
        #expect(change["changeSource"]?.string == "INTEGRATION")
        #expect(change["sourceId"]?.string == "1160452")
        #expect(events[5]["changeSource"]?.string == "CRM_UI")
        #expect(try self.events().isEmpty)
    }

    @Test mutating func `merges and associations name both sides`() throws {
        self.target()
        self.subscribe("contact.merge")
        self.subscribe("contact.associationChange")
        self.subscribe("company.associationChange")
        self.subscribe("object.creation", #","objectTypeId":"0-1""#)
        let first = self.portal.make("contacts", #""email":"a@example.com""#)
        let second = self.portal.make("contacts", #""email":"b@example.com","city":"Oslo""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let made = try self.events()
        #expect(made.map { $0["objectTypeId"]?.string } == ["0-1", "0-1"])
        let tie = "/crm/v4/objects/contacts/\(first)/associations/companies/\(company)"
        let primary = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]"#
        #expect(self.portal.send(.put, tie, primary).status == 201)
        let ties = try self.events()
        #expect(ties.count == 4)
        #expect(ties.filter { $0["isPrimaryAssociation"]?.boolean == true }.count == 2)
        let names = Set(ties.compactMap { $0["associationType"]?.string })
        #expect(names == ["CONTACT_TO_COMPANY", "COMPANY_TO_CONTACT"])
        let merge = #"{"primaryObjectId":"\#(first)","objectIdToMerge":"\#(second)"}"#
        let merged = self.portal.send(.post, "/crm/v3/objects/contacts/merge", merge)
        let events = try self.events()
        let told = try #require(
            events.first { $0["subscriptionType"]?.string == "contact.merge" }
        )
        #expect(told["primaryObjectId"]?.integer == Int64(first))
        #expect(told["mergedObjectIds"]?[0]?.integer == Int64(second))
        #expect(told["newObjectId"]?.integer == merged.json?["id"]?.integer)
        #expect(told["numberOfPropertiesMoved"]?.integer == 1)
        let removed = events.filter { $0["associationRemoved"]?.boolean == true }
        #expect(removed.contains { $0["fromObjectId"]?.integer == Int64(first) })
    }

    @Test mutating func `a hundred events go in one request, five requests at a time`() throws {
        self.target()
        self.subscribe("contact.creation")
        for number in 0..<650 {
            try self.portal.mock.create(
                fields: [("lastname", "P\(number)")],
                at: self.portal.now
            )
        }
        let first = self.due()
        #expect(first.count == 5)
        let sizes = try first.map { try JSON(parsing: $0.request.body).count }
        #expect(sizes == [100, 100, 100, 100, 100])
        #expect(self.due().isEmpty)
        self.portal.mock.delivered(first[0].id, status: 204, at: self.portal.now)
        self.portal.mock.delivered(first[1].id, status: 200, at: self.portal.now)
        let rest = try self.due().map { try JSON(parsing: $0.request.body).count }
        #expect(rest == [100, 50])
    }

    @Test mutating func `what the app does not take is sent again ten times in a day`() throws {
        self.target()
        self.subscribe("contact.creation")
        _ = self.portal.make("contacts", #""lastname":"A""#)
        let start = self.portal.now
        var attempts: [Int] = []
        while self.portal.now < start + 2 * 86_400_000 {
            for delivery in self.due() {
                let event = try JSON(parsing: delivery.request.body)[0]
                attempts.append(Int(event?["attemptNumber"]?.integer ?? -1))
                #expect(delivery.attempt == attempts.last)
                let status: Int? = [nil, 500, 404][attempts.count % 3]
                self.portal.mock.delivered(delivery.id, status: status, at: self.portal.now)
                #expect(self.portal.now <= start + 86_400_000)
            }
            self.portal.now += 30_000
        }
        #expect(attempts == Array(0...10))
    }

    @Test mutating func `events are lost, doubled and shuffled by the settings alone`() throws {
        func told(_ change: (inout MockHubSpotWebhookSettings) -> Void) throws -> [Int64] {
            var test = WebhookTests()
            change(&test.portal.mock.settings.webhooks)
            test.target()
            test.subscribe("contact.creation")
            for number in 0..<60 {
                try test.portal.mock.create(
                    fields: [("lastname", "P\(number)")],
                    at: test.portal.now
                )
            }
            return try test.events().compactMap { $0["objectId"]?.integer }
        }
        let plain = try told { _ in }
        #expect(plain.count == 60 && plain == plain.sorted())
        #expect((1..<60).contains(try told { $0.lossPercent = 30 }.count))
        let doubled = try told { $0.duplicatePercent = 30 }
        #expect(doubled.count > 60 && Set(doubled) == Set(plain))
        let shuffled = try told { $0.shuffles = true }
        #expect(shuffled != plain && shuffled.sorted() == plain)
        #expect(try told { $0.shuffles = true } == shuffled)
        #expect(try told { $0.waitingMax = 7 } == Array(plain.suffix(7)))
    }

    @Test mutating func `the headers are those that the official client checks`() throws {
        self.target("https://app.example.com/hooks?tenant=a%20b&x=1")
        self.subscribe("contact.creation")
        _ = self.portal.make("contacts", #""lastname":"A""#)
        let request = try #require(self.due().first?.request)
        #expect(request.header("X-HubSpot-Signature-Version") == "v1")
        #expect(request.header("X-HubSpot-Request-Timestamp") == "1790000000000")
        let first = WebhookSignature.first(secret: "hubspot-secret", body: request.body)
        #expect(request.header("X-HubSpot-Signature") == first)
        let third = WebhookSignature.third(
            secret: "hubspot-secret",
            method: "POST",
            url: request.url,
            body: request.body,
            timestamp: self.portal.now
        )
        #expect(request.header("X-HubSpot-Signature-v3") == third)
    }

    /// The expected values were computed with hubspot-api-client 12.0.0.
    @Test func `signatures agree with hubspot-api-client`() {
        let body = Array(#"[{"eventId":1,"propertyValue":"Łódź"}]"#.utf8)
        let url = "https://app.example.com/hooks?tenant=a%20b&x=1"
        let secret = "hubspot-secret"
        #expect(
            WebhookSignature.first(secret: secret, body: body)
                == "cbe071cbb2473298232988a5fe27bdfb5ef05eddcd157e42ef272da14e487da5"
        )
        #expect(
            WebhookSignature.second(secret: secret, method: "POST", url: url, body: body)
                == "27598d6bb4dd0388c9082c32e7e6d5df34dd6d33692fa960806ad0d720ed5de6"
        )
        func third(_ url: String) -> String {
            WebhookSignature.third(
                secret: secret,
                method: "POST",
                url: url,
                body: body,
                timestamp: 1_790_000_000_000
            )
        }
        #expect(third(url) == "LOuCew9GwNeeg3ZciHk2Ee5YNJo80PxOOnjlPrelazI=")
        // Twelve characters are hashed as themselves where the address has their codes.
        #expect(
            third("https://app.example.com/h%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%20")
                == "vvLsgCv0gX2PClXiNUfLVo8m9W5U8juODAFIc5VkcTo="
        )
    }
}
