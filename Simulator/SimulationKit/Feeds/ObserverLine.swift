import HTTPTransport
import MockSalesforce
import SyncCore
import WireJSON

/// The observer's connections to both CRMs: each message takes its time, and some get lost.
struct ObserverLine: HTTPTransport {
    /// Both ways and what becomes of the message.
    static let choicesOfOne = 3

    private let observer: FeedObserver
    private let inner: MockTransport

    init(_ observer: FeedObserver) {
        self.observer = observer
        let (executor, lines) = (observer.pair.executor, observer.pair.lines)
        let time = observer.pair.time
        self.inner = MockTransport(world: observer.pair.world) { request in
            executor.note(request.url.utf8)
            executor.note(request.body)
            lines?.withLock { lines in
                let body = String(decoding: request.body.prefix(2_000), as: UTF8.self)
                let text = "\(request.method) \(request.url) \(body)"
                lines.append("\(time.wallMilliseconds) observer: \(text)")
            }
        }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let choices = self.observer.pair.choices
        let there = choices.choose(.deliveries, below: Self.latencyMax)
        let back = choices.choose(.deliveries, below: Self.latencyMax)
        let fate = choices.choose(.deliveries, below: 100)
        try await self.wait(Int64(there))
        guard !self.observer.isAway else { throw Self.lost }
        let lost = self.observer.plan.lostPercent
        guard fate < 100 - lost else {
            self.observer.hit(.feedMessageLost)
            throw Self.lost
        }
        let response =
            request.url.hasPrefix(MockTransport.salesforceURL + "/cometd")
            ? try await self.poll(request) : try self.inner.deliver(request)
        try await self.wait(Int64(back))
        guard fate < 100 - 2 * lost, !self.observer.isAway else {
            self.observer.hit(.feedMessageLost)
            throw Self.lost
        }
        return response
    }

    /// An access token for the app itself, by the grant of client credentials; `nil` where none is
    /// given.
    func token(from url: String, clientID: String, clientSecret: String) async throws -> String? {
        let form =
            "grant_type=client_credentials&client_id=\(clientID)&client_secret=\(clientSecret)"
        let reply = try await self.send(
            HTTPRequest(
                method: .post,
                url: url,
                headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8)
            )
        )
        return try JSON(parsing: reply.body)["access_token"]?.string
    }

    /// A request that may be held; whoever goes away leaves the org with a dead connection.
    private func poll(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let world = self.observer.pair.world
        var reply = world.salesforceReply(self.inner.addressed(request))
        while case .hold(let held) = reply {
            let wait = world.with { state, now in
                let now = state.time(.salesforce, at: now)
                return state.salesforce.nextWake(of: held, after: now) - now
            }
            try await self.wait(min(max(1, wait), self.observer.plan.look))
            guard !self.observer.isAway else { throw Self.lost }
            reply = world.resume(held)
        }
        guard let response = reply.response else { throw Self.lost }
        return response
    }

    private func wait(_ milliseconds: Int64) async throws(TransportError) {
        do {
            try await self.observer.pair.time.sleep(milliseconds: milliseconds)
        } catch {
            throw TransportError(code: .cancelled, reach: .maybeSent, message: "The run is over.")
        }
    }

    private static let latencyMax = 500
    private static let lost = TransportError(
        code: .connectionLost,
        reach: .maybeSent,
        message: "The connection was lost."
    )
}
