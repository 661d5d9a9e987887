import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Marketing e-mails' events and campaigns, and the events API.
struct MarketingEventTests {
    private var portal = Portal()
    private let emails = "/email/public/v1/events"

    private mutating func campaign() -> Int64 {
        let id = self.portal.mock.recordCampaign("Spring", subject: "Hi", at: self.portal.now)
        for (kind, name) in [
            (MockHubSpotEmailEvent.Kind.sent, "ada"), (.delivered, "ada"), (.open, "ada"),
            (.click, "ada"), (.sent, "bob"), (.bounce, "bob"),
        ] {
            self.portal.now += 1_000
            let details = kind == .click ? ["url": "https://acme.test/"] : [:]
            self.portal.mock.recordEmail(
                kind,
                to: "\(name)@example.com",
                campaign: id,
                details: details,
                at: self.portal.now
            )
        }
        return id
    }

    private mutating func kinds(_ query: String) -> [String] {
        self.portal.send(.get, self.emails + query).json?["events"]?.elements.compactMap {
            $0["type"]?.string
        } ?? []
    }

    @Test mutating func `events are found by kind, person, campaign and time`() {
        let id = self.campaign()
        #expect(
            self.kinds("?limit=100") == ["BOUNCE", "SENT", "CLICK", "OPEN", "DELIVERED", "SENT"]
        )
        #expect(self.kinds("?eventType=open") == ["OPEN"])
        #expect(self.kinds("?recipient=BOB@example.com") == ["BOUNCE", "SENT"])
        #expect(self.kinds("?campaignId=7").isEmpty)
        #expect(self.kinds("?campaignId=\(id)&appId=113").count == 6)
        let start = 1_790_000_002_000
        #expect(
            self.kinds("?startTimestamp=\(start)&endTimestamp=\(start + 1_000)")
                == ["OPEN", "DELIVERED"]
        )
        #expect(self.portal.send(.get, self.emails + "?eventType=whale").status == 400)
        let click = self.portal.send(.get, self.emails + "?eventType=CLICK").json?["events"]?[0]
        #expect(click?["url"]?.string == "https://acme.test/")
        #expect(click?["emailCampaignId"]?.integer == id)
        #expect(click?["portalId"]?.integer == 9_900_001)
        #expect(click?["sentBy"]?["created"]?.integer == 1_790_000_001_000)
        let created = click?["created"]?.integer ?? 0
        let one = self.portal.send(
            .get,
            "\(self.emails)/\(created)/\(click?["id"]?.string ?? "")"
        )
        #expect(one.json?["type"]?.string == "CLICK")
        #expect(self.portal.send(.get, self.emails + "/1/nobody").status == 404)
    }

    @Test mutating func `pages go on at their offset until nothing is left`() {
        _ = self.campaign()
        var offset = ""
        var seen: [String] = []
        var hasMore = true
        while hasMore {
            let page = self.portal.send(.get, self.emails + "?limit=4" + offset).json
            seen += page?["events"]?.elements.compactMap { $0["id"]?.string } ?? []
            hasMore = page?["hasMore"]?.boolean ?? false
            offset = "&offset=" + (page?["offset"]?.string ?? "")
        }
        #expect(seen.count == 6 && Set(seen).count == 6)
        for odd in ["?offset=-1", "?offset=99999999999999999999", "?offset=9223372036854775807"] {
            #expect(self.portal.send(.get, self.emails + odd).status == 200)
        }
    }

    @Test mutating func `filtered events are left out on demand`() {
        let id = self.campaign()
        self.portal.mock.recordEmail(
            .open,
            to: "ada@example.com",
            campaign: id,
            isFiltered: true,
            at: self.portal.now
        )
        #expect(self.kinds("?eventType=OPEN").count == 2)
        #expect(self.kinds("?eventType=OPEN&excludeFilteredEvents=true").count == 1)
    }

    @Test mutating func `campaigns count their events`() {
        let id = self.campaign()
        let list = self.portal.send(.get, "/email/public/v1/campaigns/by-id?limit=500").json
        #expect(list?["campaigns"]?[0]?["id"]?.integer == id)
        #expect(list?["hasMore"]?.boolean == false)
        let one = self.portal.send(.get, "/email/public/v1/campaigns/\(id)").json
        #expect(one?["subject"]?.string == "Hi")
        #expect(one?["counters"]?["sent"]?.integer == 2)
        #expect(one?["counters"]?["bounce"]?.integer == 1)
        #expect(one?["numIncluded"]?.integer == 2)
        #expect(self.portal.send(.get, "/email/public/v1/campaigns/7").status == 404)
    }

    @Test mutating func `who unsubscribes is in the timeline and marked`() {
        let contact = self.portal.make("contacts", #""email":"ada@example.com""#)
        let id = self.campaign()
        let event = self.portal.mock.recordEmail(
            .statusChange,
            to: "ada@example.com",
            campaign: id,
            at: self.portal.now
        )
        let path = "/email/public/v1/subscriptions/timeline?limit=1000"
        let change = self.portal.send(.get, path).json?["timeline"]?[0]
        #expect(change?["recipient"]?.string == "ada@example.com")
        #expect(change?["changes"]?[0]?["change"]?.string == "UNSUBSCRIBED")
        #expect(change?["changes"]?[0]?["causedByEvent"]?["id"]?.string == event.id)
        #expect(self.portal.mock.record(contact)?["hs_email_optout"] == "true")
    }

    // MARK: - Events API

    private mutating func found(_ query: String, _ path: String = "/events/v3/events/") -> [String]
    {
        self.portal.send(.get, path + query).json?["results"]?.elements.compactMap {
            $0["properties"]?["n"]?.string
        } ?? []
    }

    @Test mutating func `what a record did is found, newest first, page by page`() {
        let ada = self.portal.make("contacts", #""email":"ada@example.com""#)
        let bob = self.portal.make("contacts", #""email":"bob@example.com""#)
        for number in 0..<5 {
            self.portal.now += 1_000
            self.portal.mock.recordEvent(
                number == 4 ? "e_visited_page" : "pe9900001_ordered",
                of: number == 3 ? bob : ada,
                [("n", "\(number)")],
                at: self.portal.now
            )
        }
        let of = "?objectType=contact&objectId=\(ada)"
        #expect(self.found(of) == ["4", "2", "1", "0"])
        #expect(self.found(of, "/events/event-occurrences/2026-09") == ["4", "2", "1", "0"])
        #expect(self.found("?eventType=pe9900001_ordered") == ["3", "2", "1", "0"])
        #expect(self.found("?objectType=contact&objectProperty.email=bob@example.com") == ["3"])
        #expect(self.found(of + "&occurredAfter=2026-09-21T14:13:22Z") == ["4", "2"])
        #expect(self.found(of + "&occurredBefore=2026-09-21T14:13:22.000Z") == ["0"])
        #expect(self.found(of + "&property.n=1") == ["1"])
        #expect(self.found(of + "&sort=occurredAt") == ["0", "1", "2", "4"])
        let page = self.portal.send(.get, "/events/v3/events" + of + "&limit=3").json
        let after = page?["paging"]?["next"]?["after"]?.string ?? ""
        #expect(self.found(of + "&limit=3&after=" + after) == ["0"])
        #expect(page?["results"]?[0]?["objectType"]?.string == "CONTACT")
        #expect(page?["results"]?[0]?["objectId"]?.string == ada)
        let types = self.portal.send(.get, "/events/v3/events/event-types").json?["eventTypes"]
        #expect(types?.elements.compactMap(\.string) == ["e_visited_page", "pe9900001_ordered"])
        for bad in ["", "?objectId=\(ada)", of + "&occurredAfter=soon", "?objectType=whale"] {
            #expect(self.portal.send(.get, "/events/v3/events" + bad).status == 400, "\(bad)")
        }
    }

    @Test mutating func `custom events are sent, once by their id`() {
        let ada = self.portal.make("contacts", #""email":"ada@example.com""#)
        let one = #"""
            {"eventName":"pe9900001_ordered","objectId":"\#(ada)","uuid":"u-1",
            "occurredAt":"2026-09-20T00:00:00Z","properties":{"n":"1"}}
            """#
        #expect(self.portal.send(.post, "/events/v3/send", one).status == 204)
        #expect(self.portal.send(.post, "/events/2026-09/send", one).status == 204)
        let batch = #"""
            {"inputs":[{"eventName":"pe9900001_ordered","email":"ada@example.com",
            "properties":{"n":"2"}},{"eventName":"pe9900001_ordered","email":"new@example.com",
            "properties":{"n":"3"}}]}
            """#
        #expect(self.portal.send(.post, "/events/v3/send/batch", batch).status == 204)
        #expect(self.found("?objectType=contact&objectId=\(ada)") == ["2", "1"])
        #expect(self.portal.mock.export(object: "contacts").count == 2)
        for bad in [
            #"{"eventName":"ordered","email":"a@example.com"}"#,
            #"{"eventName":"pe9900001_ordered"}"#, "{", "[]",
            #"{"eventName":"pe9900001_ordered","email":"a@x.test","occurredAt":"soon"}"#,
        ] {
            #expect(self.portal.send(.post, "/events/v3/send", bad).status == 400, "\(bad)")
        }
        #expect(self.portal.send(.post, "/events/v3/send/batch", #"{"inputs":[]}"#).status == 400)
        self.portal.mock.settings.marketing.hasEvents = false
        #expect(self.portal.send(.get, "/events/v3/events/event-types").status == 403)
        #expect(self.portal.send(.post, "/events/v3/send", one).status == 403)
    }

    @Test mutating func `a form that was sent is an event of its person`() {
        let form = self.portal.mock.recordForm(
            "F",
            fields: [("email", true)],
            at: self.portal.now
        )
        let id = self.portal.mock.recordSubmission(
            of: form,
            [("email", "ada@example.com")],
            page: "https://acme.test/",
            at: self.portal.now
        )
        let path = "/events/v3/events?eventType=e_form_submission_v2"
        let event = self.portal.send(.get, path).json?["results"]?[0]
        #expect(event?["id"]?.string == id)
        #expect(event?["properties"]?["hs_form_id"]?.string == form)
        #expect(event?["objectId"]?.string == self.portal.mock.export(object: "contacts").first?.id)
    }
}
