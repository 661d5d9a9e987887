import HTTPTransport
import SyncCore
import Testing
import WireJSON

@testable import MockHubSpot
@testable import MockSalesforce
@testable import SimulationKit

/// The promises of the CRMs' event feeds against histories that break them.
struct FeedCheckerTests {
    private static let start: Int64 = 1_790_000_000_000
    private static let hour: Int64 = 3_600_000

    private static let plan = SimulatedFeeds.Plan(
        turns: 1,
        pauseMax: 1,
        awayMax: 1,
        retention: Self.hour,
        lostPercent: 0,
        look: 1_000,
        overflowThreshold: 100,
        oldSignature: "v1",
        journalPause: 5_000,
        journalBatch: 1
    )

    private static func evidence(
        salesforce: [MockSalesforceChange] = [],
        hubspot: [MockHubSpotVersion] = [],
        _ change: (inout ObservedFeeds) -> Void
    ) -> Evidence {
        var feeds = ObservedFeeds(plan: Self.plan)
        feeds.endedAt = Self.start + 100 * Self.hour
        change(&feeds)
        var evidence = Evidence(
            profile: .drawn(.feeds, seed: 1),
            hubspot: hubspot,
            salesforce: salesforce,
            contacts: [],
            people: [],
            journal: [],
            ledger: [],
            billed: [:],
            throttled: 0,
            hidden: [],
            wrongDecisions: [],
            openEntries: 0,
            parked: 0,
            findings: [],
            versionsWhenSettled: 0,
            quietTime: 0,
            idleCalls: [:],
            wire: .init(),
            freezes: [],
            successions: [],
            refusals: [],
            allPeople: [],
            allContacts: []
        )
        evidence.transactions = Array(salesforce.indices)
        evidence.feeds = feeds
        return evidence
    }

    // MARK: - Change events

    /// A title that was changed so many seconds after the start.
    private static func change(_ second: Int64, _ title: String) -> MockSalesforceChange {
        MockSalesforceChange(
            object: "Contact",
            recordID: "003A",
            kind: .update,
            at: Self.start + second * 1_000,
            visibleAt: Self.start + second * 1_000,
            author: "005A",
            isRest: false,
            fields: [.init(name: "Title", before: .text("?"), after: .text(title))]
        )
    }

    private static func event(
        _ id: Int64,
        _ second: Int64,
        _ title: String,
        session: Int = 1
    ) throws -> ChangeMessage {
        let json = """
            {"data":{"payload":{"Title":"\(title)","ChangeEventHeader":{"changeType":"UPDATE",
            "entityName":"Contact","recordIds":["003A"],"changedFields":["Title"],"commitNumber":\(id),
            "commitTimestamp":\(Self.start + second * 1_000)}},"event":{"replayId":\(id)}}}
            """
        return try #require(
            ChangeMessage(
                try JSON(parsing: Array(json.utf8)),
                at: Self.start + second * 1_000,
                session: session,
                reply: Int(id)
            )
        )
    }

    private static func problems(
        _ events: [ChangeMessage],
        _ notices: [(second: Int64, kind: ObservedFeeds.StreamNotice.Kind)] = []
    ) -> [String] {
        let history = [Self.change(10, "a"), Self.change(20, "b"), Self.change(30, "c")]
        let evidence = Self.evidence(salesforce: history) { feeds in
            feeds.notices = ([(0, .subscribed(replay: -1))] + notices).map {
                .init(at: Self.start + $0.second * 1_000, kind: $0.kind)
            }
            feeds.events = events
        }
        return ChangeEventsAreComplete().violations(in: evidence)
    }

    @Test func `each change is told once, in order and as it was`() throws {
        let right = [
            try Self.event(1, 10, "a"), try Self.event(4, 20, "b"), try Self.event(5, 30, "c"),
        ]
        #expect(Self.problems(right).isEmpty)
        #expect(
            Self.problems([right[0], right[2]]) == [
                "003A: UPDATE of \(Self.start + 20_000) was told to nobody"
            ]
        )
        #expect(
            !Self.problems([right[0], right[2], right[1]]).isEmpty,
            "one subscription, swapped"
        )
        #expect(!Self.problems(right + [right[2]]).isEmpty, "one subscription, twice")
        #expect(!Self.problems([right[0], try Self.event(4, 20, "x"), right[2]]).isEmpty)
        #expect(!Self.problems(right + [try Self.event(9, 40, "d")]).isEmpty, "nobody did that")
        let swapped = [
            try Self.event(1, 10, "a"), try Self.event(4, 30, "c"), try Self.event(5, 20, "b"),
        ]
        #expect(!Self.problems(swapped).isEmpty, "ids and commits go different ways")
    }

    @Test func `an id is refused only when it is too old, and then it is`() throws {
        let right = [
            try Self.event(1, 10, "a"), try Self.event(4, 20, "b"), try Self.event(5, 30, "c"),
        ]
        #expect(Self.problems(right, [(60, .subscribed(replay: 4))]).isEmpty)
        #expect(!Self.problems(right, [(60, .refused(replay: 4))]).isEmpty)
        #expect(Self.problems(right, [(3_630, .refused(replay: 4))]).isEmpty)
        #expect(!Self.problems(right, [(3_630, .subscribed(replay: 4))]).isEmpty)
        let missed: [(second: Int64, kind: ObservedFeeds.StreamNotice.Kind)] = [
            (3_640, .refused(replay: 1)), (3_641, .subscribed(replay: -2)),
        ]
        #expect(Self.problems([right[0]], missed).isEmpty, "the refusal says that some are missing")
        #expect(!Self.problems([right[0]], [(3_700, .unknownClient)]).isEmpty)
    }

    // MARK: - HubSpot

    private static func version(_ second: Int64, _ title: String) -> MockHubSpotVersion {
        MockHubSpotVersion(
            sequence: 1,
            recordID: "171",
            kind: .update,
            at: Self.start + second * 1_000,
            author: .person(1),
            fields: [.init("jobtitle", before: nil, after: title)]
        )
    }

    private static func file(_ second: Int64, _ titles: [String]) throws -> JournalFile {
        let stamp = "2026-09-21T14:13"
        let events = titles.map { title in
            #"{"type":"crmObject","portalId":9900001,"occurredAt":"\#(stamp):\#(20 + second)Z","#
                + #""action":"UPDATE","objectTypeId":"0-1","objectId":171,"#
                + #""propertyChanges":{"jobtitle":"\#(title)"}}"#
        }
        let json =
            #"{"offset":"f\#(second)","publishedAt":"\#(stamp):\#(21 + second)Z","#
            + #""journalEvents":[\#(events.joined(separator: ","))]}"#
        return JournalFile(
            try JSON(parsing: Array(json.utf8)),
            at: Self.start + (second + 2) * 1_000,
            reading: 1,
            askedFor: "f\(second)"
        )
    }

    @Test func `each change stands in one file, and files are kept for their time`() throws {
        let history = [Self.version(10, "a"), Self.version(20, "b")]
        func problems(
            _ files: [JournalFile],
            _ notices: [ObservedFeeds.JournalNotice] = []
        ) -> [String] {
            JournalIsComplete().violations(
                in: Self.evidence(hubspot: history) { feeds in
                    feeds.journalSince = Self.start
                    feeds.files = files
                    feeds.journalNotices = notices
                }
            )
        }
        let right = [try Self.file(10, ["a"]), try Self.file(20, ["b"])]
        #expect(right[0].publishedAt == Self.start + 11_000)
        #expect(problems(right).isEmpty)
        #expect(problems([right[0]]) == ["171: UPDATE of \(Self.start + 20_000) stands in no file"])
        #expect(!problems([right[0], try Self.file(20, ["b", "b"])]).isEmpty, "twice")
        #expect(!problems([right[0], try Self.file(20, ["x"])]).isEmpty)
        #expect(!problems([right[1], right[0]]).isEmpty, "files out of order")
        func notice(
            _ kind: ObservedFeeds.JournalNotice.Kind,
            _ second: Int64
        ) -> [ObservedFeeds.JournalNotice] {
            [.init(at: Self.start + second * 1_000, kind: kind)]
        }
        #expect(!problems(right, notice(.refused(offset: "f10"), 60)).isEmpty, "still kept")
        #expect(problems(right, notice(.refused(offset: "f10"), 3_611)).isEmpty)
        #expect(!problems(right, notice(.answered(offset: "f10"), 3_700)).isEmpty, "long gone")
        #expect(
            !problems(right, notice(.noFile(status: 403, expiresAt: Self.start + 90_000), 60))
                .isEmpty
        )
    }

    private static func attempt(
        _ number: Int,
        at second: Int64,
        _ status: Int?,
        events: Int = 1
    ) -> WebhookAttempt {
        let pushed = PushedEvent(
            type: "contact.propertyChange",
            objectID: 171,
            occurredAt: Self.start + 10_000,
            property: "jobtitle",
            value: "a",
            source: "CRM_UI",
            sourceID: "userId:1",
            merged: []
        )
        let event = WebhookAttempt.Event(
            id: 7,
            attempt: number,
            portalID: 9_900_001,
            appID: MockHubSpotApp.standardOAuth.id,
            event: pushed
        )
        return WebhookAttempt(
            batch: 1,
            attempt: number,
            sentAt: Self.start + second * 1_000,
            endedAt: Self.start + second * 1_000 + 100,
            status: status,
            events: Array(repeating: event, count: events),
            faults: []
        )
    }

    private static func problems(_ attempts: [WebhookAttempt]) -> [String] {
        WebhooksAreDelivered().violations(
            in: Self.evidence(hubspot: [Self.version(10, "a")]) { feeds in
                feeds.webhooksSince = Self.start
                feeds.attempts = attempts
            }
        )
    }

    @Test func `a change is pushed until it is taken, at the pauses that are known`() {
        let taken = Self.attempt(0, at: 11, 204)
        #expect(Self.problems([taken]).isEmpty)
        #expect(Self.problems([]).count == 1, "never sent")
        #expect(!Self.problems([Self.attempt(0, at: 11, 500)]).isEmpty, "given up at once")
        let again = Self.attempt(1, at: 72, 204)
        #expect(Self.problems([Self.attempt(0, at: 11, nil), again]).isEmpty)
        #expect(!Self.problems([taken, again]).isEmpty, "it was taken")
        #expect(
            !Self.problems([Self.attempt(0, at: 11, nil), Self.attempt(1, at: 20, 204)]).isEmpty
        )
        #expect(
            !Self.problems([Self.attempt(0, at: 11, nil), Self.attempt(2, at: 72, 204)]).isEmpty
        )
        #expect(!Self.problems([Self.attempt(0, at: 11, 204, events: 101)]).isEmpty)
        var forged = taken
        forged.faults = ["the third signature is wrong"]
        #expect(!Self.problems([forged]).isEmpty)
    }

    @Test func `a webhook's signatures are checked as HubSpot tells receivers to`() throws {
        for version in ["v1", "v2"] {
            var portal = MockHubSpot()
            portal.settings.webhooks.oldSignature = version
            func ask(_ method: HTTPMethod, _ path: String, _ body: String) -> Int? {
                let url =
                    "http://hubspot.mock/webhooks/v3/\(MockHubSpotApp.standardOAuth.id)\(path)"
                    + "?hapikey=developer-hapikey"
                let request = HTTPRequest(
                    method: method,
                    url: url,
                    headers: [],
                    body: Array(body.utf8)
                )
                return portal.handle(request, at: Self.start).response?.status
            }
            let target =
                #"{"targetUrl":"\#(WebhookReceiver.url)","throttling":{"maxConcurrentRequests":5}}"#
            #expect(ask(.put, "/settings", target) == 200)
            let wanted = #"{"eventType":"contact.creation","active":true}"#
            #expect(ask(.post, "/subscriptions", wanted) == 201)
            _ = try portal.create(fields: [("lastname", "A")], at: Self.start)
            let due = portal.dueDeliveries(at: Self.start)
            var request = try #require(due.first).request
            #expect(WebhookCheck.faults(of: request, at: Self.start + 100).isEmpty)
            #expect(WebhookCheck.faults(of: request, at: Self.start + 300_001).count == 1)
            request.body.append(0x20)
            #expect(WebhookCheck.faults(of: request, at: Self.start + 100).count == 2)
        }
    }
}
