import HTTPTransport
import MockHubSpot
import SyncCore

/// Subscribes to HubSpot's webhooks and takes what is pushed, over a network that loses some of it.
struct WebhookReceiver {
    private let observer: FeedObserver
    private let line: ObserverLine

    init(_ observer: FeedObserver) {
        self.observer = observer
        self.line = ObserverLine(observer)
    }

    func run() async {
        while !Task.isCancelled {
            do {
                try await self.subscribe()
                break
            } catch {
                try? await self.observer.pair.time.sleep(milliseconds: 1_000)
            }
        }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for delivery in self.observer.pair.world.dueWebhooks() {
                    group.addTask { await self.receive(delivery) }
                }
                try? await self.observer.pair.time.sleep(milliseconds: self.observer.plan.look)
            }
        }
    }

    // MARK: - Subscriptions

    private func subscribe() async throws {
        let target = #"{"targetUrl":"\#(Self.url)","throttling":{"maxConcurrentRequests":10}}"#
        try await self.ask(.put, "/settings", target)
        for verb in ["creation", "deletion", "merge", "restore", "privacyDeletion"] {
            try await self.subscribe(#""eventType":"contact.\#(verb)""#)
        }
        for name in FeedObserver.properties.sorted() {
            let type = #""eventType":"contact.propertyChange""#
            try await self.subscribe(type + #","propertyName":"\#(name)""#)
        }
        self.observer.note { $0.webhooksSince = self.observer.now }
    }

    private func subscribe(_ what: String) async throws {
        try await self.ask(.post, "/subscriptions", "{\(what),\"active\":true}")
    }

    private func ask(_ method: HTTPMethod, _ path: String, _ body: String) async throws {
        let app = MockHubSpotApp.standardOAuth.id
        let key = MockHubSpotWebhookSettings().developerKey
        let reply = try await self.line.send(
            HTTPRequest(
                method: method,
                url: "\(MockTransport.hubspotURL)/webhooks/v3/\(app)\(path)?hapikey=\(key)",
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: Array(body.utf8)
            )
        )
        // 409: an earlier attempt got through although its reply did not.
        guard (200..<300).contains(reply.status) || reply.status == 409 else {
            throw TransportError(code: .other, reach: .maybeSent, message: "\(reply.status)")
        }
    }

    // MARK: - Deliveries

    private func receive(_ delivery: MockHubSpotDelivery) async {
        let (choices, time) = (self.observer.pair.choices, self.observer.pair.time)
        let there = Int64(choices.choose(.deliveries, below: Self.latencyMax))
        let back = Int64(choices.choose(.deliveries, below: Self.latencyMax))
        let fate = choices.choose(.deliveries, below: 100)
        let sentAt = self.observer.now
        self.observer.pair.executor.note(delivery.request.body)
        self.observer.tell(
            "webhooks \(delivery.id), attempt \(delivery.attempt), "
                + String(decoding: delivery.request.body.prefix(2_000), as: UTF8.self)
        )
        guard (try? await time.sleep(milliseconds: there)) != nil else { return }
        let status = self.answer(to: delivery, fate)
        // What gets no answer is given up after HubSpot's time for one.
        let wait = status == nil ? MockHubSpotWebhookSettings().answerTimeout : back
        guard (try? await time.sleep(milliseconds: wait)) != nil else { return }
        self.observer.note { observed in
            observed.attempts.append(
                WebhookAttempt(
                    batch: delivery.id,
                    attempt: delivery.attempt,
                    sentAt: sentAt,
                    endedAt: self.observer.now,
                    status: status,
                    events: WebhookAttempt.events(delivery.request.body),
                    faults: WebhookCheck.faults(of: delivery.request, at: self.observer.now - wait)
                )
            )
        }
        if delivery.attempt > 0 { self.observer.hit(.webhooksRepeated) }
        self.observer.pair.world.webhookDelivered(delivery.id, status: status)
    }

    /// `nil` for none in time, whether the observer got it or not.
    private func answer(to delivery: MockHubSpotDelivery, _ fate: Int) -> Int? {
        let lost = self.observer.plan.lostPercent
        guard fate < 100 - 2 * lost else {
            self.observer.hit(.feedMessageLost)
            return nil
        }
        switch self.observer.refusal {
        case nil: return 204
        case .unreachable?, .answersLate?: return nil
        case .fails?: return 500
        case .isGone?: return 404
        }
    }

    /// With characters that version 3 hashes as themselves although the address has their codes.
    static let url = "https://observer.example.com/hooks%2Fhubspot?to=a%40b&x=%20y"
    private static let latencyMax = 500
}
