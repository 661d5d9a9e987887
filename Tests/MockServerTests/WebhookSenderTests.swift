import ConnectorTestKit
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import Testing
import WireJSON

@testable import MockServer

/// Webhooks over real HTTP to an endpoint on this machine.
struct WebhookSenderTests {
    private static func put(
        _ world: MockWorld,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String
    )
        -> Int
    {
        let request = HTTPRequest(
            method: method,
            url: "http://127.0.0.1\(path)?hapikey=developer-hapikey",
            body: Array(body.utf8)
        )
        return world.hubspot(request)?.status ?? 0
    }

    @Test(.timeLimit(.minutes(10)))
    func `a change reaches the app over HTTP, the second time it is taken`() async throws {
        let attempts = Locked(0)
        let receiver = try LoopbackServer { _ in
            let number = attempts.withLock { number in
                number += 1
                return number
            }
            return .bytesThenClose(
                LoopbackServer.reply(number == 1 ? 500 : 200, headers: ["Connection: close"])
            )
        }
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(),
            time: LiveTime()
        )
        world.with { state, _ in
            state.hubspot.settings.webhooks.retryDelays = [20, 20]
            state.hubspot.settings.webhooks.retryJitterPercent = 0
        }
        let target = receiver.baseURL + "/hooks?from=hubspot"
        let app = "/webhooks/v3/1160453"
        let settings = #"{"targetUrl":"\#(target)","throttling":{"maxConcurrentRequests":5}}"#
        #expect(Self.put(world, .put, app + "/settings", settings) == 200)
        let subscription = #"{"eventType":"contact.creation","active":true}"#
        #expect(Self.put(world, .post, app + "/subscriptions", subscription) == 201)
        let id = try world.with { state, now in
            try state.hubspot.create(fields: [("lastname", "Ada")], at: now)
        }
        let transport = CurlTransport(settings: CurlSettings())
        let sender = WebhookSender(world: world, transport: transport, time: LiveTime())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sender.run() }
            while receiver.seen.count < 2 { try await LiveTime().sleep(milliseconds: 10) }
            try await LiveTime().sleep(milliseconds: 200)
            group.cancelAll()
            try await group.waitForAll()
        }
        transport.shutDown()
        #expect(receiver.seen.count == 2)
        for (attempt, request) in receiver.seen.enumerated() {
            let event = try JSON(parsing: request.body)[0]
            #expect(event?["objectId"]?.integer == Int64(id))
            #expect(event?["attemptNumber"]?.integer == Int64(attempt))
            #expect(request.head.hasPrefix("POST /hooks?from=hubspot HTTP/1.1"))
            let head = request.head.lowercased()
            for name in ["", "-version", "-v3"] {
                #expect(head.contains("x-hubspot-signature\(name):"))
            }
            #expect(head.contains("content-type: application/json"))
        }
    }
}
