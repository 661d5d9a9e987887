import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import Testing
import WireJSON

@testable import MockServer

/// Salesforce's long polls held in real time.
struct LongPollTests {
    private static let base = "http://127.0.0.1"

    private struct Client {
        var token: String
        var cookie: String
        var id: String

        func request(_ body: String) -> HTTPRequest {
            HTTPRequest(
                method: .post,
                url: LongPollTests.base + "/cometd/62.0",
                headers: [
                    HTTPHeader("Authorization", "Bearer \(self.token)"),
                    HTTPHeader("Cookie", "BAYEUX_BROWSER=\(self.cookie)"),
                ],
                body: Array(body.utf8)
            )
        }

        var connect: HTTPRequest {
            self.request(
                #"[{"channel":"/meta/connect","clientId":"\#(self.id)","connectionType":"long-polling","id":"3"}]"#
            )
        }
    }

    /// Longer than any test may take: what ends a poll is what the test does.
    private static let hold: Int64 = 36_000_000

    private static func world() -> MockWorld {
        var settings = MockSalesforceSettings()
        settings.streaming.holdTime = Self.hold
        return MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: settings),
            time: LiveTime()
        )
    }

    private static func polls(_ world: MockWorld) -> LongPolls {
        var polls = LongPolls(world: world, time: LiveTime())
        polls.holdMax = Self.hold
        return polls
    }

    /// Waits until so many polls are held, however busy the machine is.
    private static func until(_ count: Int, _ polls: LongPolls) async throws {
        while polls.heldNow != count { try await LiveTime().sleep(milliseconds: 10) }
    }

    /// A client that has shaken hands, subscribed and connected once.
    private static func client(_ polls: LongPolls) async throws -> Client {
        let credential = MockSalesforceCredential.standard
        let form =
            "grant_type=client_credentials&client_id=\(credential.clientID)"
            + "&client_secret=\(credential.clientSecret)"
        let signIn = HTTPRequest(
            method: .post,
            url: Self.base + "/services/oauth2/token",
            body: Array(form.utf8)
        )
        let token = try await Self.json(polls.answer(signIn))["access_token"]?.string ?? ""
        var client = Client(token: token, cookie: "", id: "")
        let hello = try #require(
            await polls.answer(
                client.request(#"[{"channel":"/meta/handshake","version":"1.0","id":"1"}]"#)
            )
        )
        client.id = try Self.json(hello)[0]?["clientId"]?.string ?? ""
        let cookie = hello.header("Set-Cookie") ?? ""
        client.cookie = String(cookie.dropFirst("BAYEUX_BROWSER=".count).prefix { $0 != ";" })
        let subscribe =
            #"[{"channel":"/meta/subscribe","clientId":"\#(client.id)","subscription":"/data/ContactChangeEvent","id":"2"}]"#
        _ = await polls.answer(client.request(subscribe))
        _ = await polls.answer(client.connect)
        return client
    }

    private static func json(_ response: HTTPResponse?) throws -> JSON {
        try JSON(parsing: try #require(response).body)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a poll waits for the change and then brings it`() async throws {
        let world = Self.world()
        let polls = Self.polls(world)
        let client = try await Self.client(polls)
        async let answer = polls.answer(client.connect)
        try await Self.until(1, polls)
        try world.with { state, now in
            _ = try state.salesforce.create(
                object: "Contact",
                fields: [.init("LastName", .text("Roux"))],
                at: now
            )
        }
        let messages = try Self.json(await answer)
        #expect(messages.count == 2)
        #expect(messages[0]?["channel"]?.string == "/data/ContactChangeEvent")
        #expect(messages[1]?["successful"]?.boolean == true)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a poll ends empty when its time on the servers' clock is over`() async throws {
        let world = Self.world()
        let polls = Self.polls(world)
        let client = try await Self.client(polls)
        async let answer = polls.answer(client.connect)
        try await Self.until(1, polls)
        world.advanceClock(milliseconds: Self.hold)
        #expect(try Self.json(await answer).count == 1)
    }

    @Test(.timeLimit(.minutes(10)))
    func `more polls than can be held are answered at once`() async throws {
        let world = Self.world()
        var polls = Self.polls(world)
        polls.heldMax = 0
        let client = try await Self.client(polls)
        #expect(try Self.json(await polls.answer(client.connect)).count == 1)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a cancelled poll ends`() async throws {
        let world = Self.world()
        let polls = Self.polls(world)
        let client = try await Self.client(polls)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await polls.answer(client.connect) }
            try? await Self.until(1, polls)
            group.cancelAll()
        }
        #expect(polls.heldNow == 0)
        // The client may poll again at once.
        async let answer = polls.answer(client.connect)
        try await Self.until(1, polls)
        world.advanceClock(milliseconds: Self.hold)
        #expect(try Self.json(await answer)[0]?["successful"]?.boolean == true)
    }

    @Test(.timeLimit(.minutes(10)))
    func `in a simulation a poll takes two minutes of its time and none of ours`() async throws {
        let time = ManualTime()
        let world = MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        let client = try await Self.client(LongPolls(world: world, time: time))
        var poll = client.connect
        poll.url = MockTransport.salesforceURL + "/cometd/62.0"
        let start = world.serverTime
        let transport = MockTransport(world: world)
        #expect(try Self.json(await transport.send(poll)).count == 1)
        #expect(world.serverTime - start == 110_000)
        try world.with { state, now in
            _ = try state.salesforce.create(
                object: "Contact",
                fields: [.init("LastName", .text("Roux"))],
                at: now,
                commitDelay: 5_300
            )
        }
        #expect(try Self.json(await transport.send(poll)).count == 2)
        #expect(world.serverTime - start == 115_300)
    }

    @Test func `a caller that cannot wait gets an empty answer`() async throws {
        let world = Self.world()
        let polls = Self.polls(world)
        let client = try await Self.client(polls)
        #expect(try Self.json(world.salesforce(client.connect))[0]?["successful"]?.boolean == true)
    }
}
