import HTTPTransport
import MockSalesforce
import SyncCore
import WireJSON

/// Listens to Salesforce's change events over CometD, as EMP-Connector does: shake hands, subscribe
/// after the last event that was worked through, connect again and again.
struct ChangeEventListener {
    private struct Client {
        var id: String
        var cookie: String
    }

    private let observer: FeedObserver
    private let line: ObserverLine
    private var token: String?
    private var client: Client?
    private var isSubscribed = false
    private var session = 0
    /// The events that were worked through, the newest last: as many as it may have to go back.
    private var worked: [Int64] = []
    /// Where the next subscription starts while no event was worked through.
    private var start = Self.newOnly

    init(_ observer: FeedObserver) {
        self.observer = observer
        self.line = ObserverLine(observer)
    }

    mutating func run() async {
        while !Task.isCancelled {
            do {
                try await self.observer.waitWhileAway()
                self.meetTroubles()
                try await self.step()
            } catch {
                // What was on its way is unknown: another subscription asks for it once more.
                self.isSubscribed = false
                try? await self.observer.pair.time.sleep(milliseconds: Self.pause)
            }
        }
    }

    private mutating func meetTroubles() {
        let (drops, back) = self.observer.take { troubles in
            defer { (troubles.dropsSession, troubles.goesBack) = (false, 0) }
            return (troubles.dropsSession, troubles.goesBack)
        }
        if drops { self.client = nil }
        guard back > 0, self.worked.count > back else { return }
        self.observer.hit(.observerWentBack)
        self.worked.removeLast(back)
        self.client = nil
    }

    private mutating func step() async throws {
        guard let token = self.token else { return try await self.signIn() }
        guard let client = self.client else { return try await self.shakeHands(token) }
        guard self.isSubscribed else { return try await self.subscribe(client, token) }
        try await self.connect(client, token)
    }

    // MARK: - Steps

    private mutating func signIn() async throws {
        self.token = try await self.line.token(
            from: MockTransport.salesforceURL + "/services/oauth2/token",
            clientID: FeedObserver.credential.clientID,
            clientSecret: FeedObserver.credential.clientSecret
        )
    }

    private mutating func shakeHands(_ token: String) async throws {
        let (reply, messages) = try await self.ask(
            #"[{"channel":"/meta/handshake","version":"1.0","minimumVersion":"1.0","#
                + #""supportedConnectionTypes":["long-polling"],"ext":{"replay":true},"id":"1"}]"#,
            nil,
            token
        )
        guard let message = Self.message("/meta/handshake", messages),
            message["successful"]?.boolean == true, let id = message["clientId"]?.string
        else { return self.give(up: Self.message("/meta/handshake", messages)) }
        let cookie = reply.header("Set-Cookie") ?? ""
        self.client = Client(
            id: id,
            cookie: String(cookie.prefix { $0 != ";" })
        )
        self.isSubscribed = false
    }

    private mutating func subscribe(_ client: Client, _ token: String) async throws {
        let replay = self.worked.last ?? self.start
        let at = self.observer.now
        let (_, messages) = try await self.ask(
            #"[{"channel":"/meta/subscribe","clientId":"\#(client.id)","#
                + #""subscription":"\#(Self.channel)","ext":{"replay":{"\#(Self.channel)":"#
                + #"\#(replay)}},"id":"2"}]"#,
            client,
            token
        )
        let message = Self.message("/meta/subscribe", messages)
        guard message?["successful"]?.boolean == true else {
            guard message?["error"]?.string?.hasPrefix("400::The replayId") == true else {
                return self.give(up: message)
            }
            self.observer.hit(.replayRefused)
            self.note(.refused(replay: replay), at)
            // Everything that is still there, then; what is gone is a gap.
            (self.worked, self.start) = ([], Self.everything)
            return
        }
        self.note(.subscribed(replay: replay), at)
        self.isSubscribed = true
        self.session += 1
        self.start = Self.everything
    }

    private mutating func connect(_ client: Client, _ token: String) async throws {
        let (_, messages) = try await self.ask(
            #"[{"channel":"/meta/connect","clientId":"\#(client.id)","#
                + #""connectionType":"long-polling","id":"3"}]"#,
            client,
            token
        )
        let reply = self.observer.nextReply()
        let now = self.observer.now
        let events = messages.compactMap {
            ChangeMessage($0, at: now, session: self.session, reply: reply)
        }
        self.observer.note { $0.events += events }
        for event in events {
            if event.isOverflow {
                self.observer.hit(.eventsOverflowed)
            } else if event.isGap {
                self.observer.hit(.gapTold)
            }
        }
        let known = self.worked.last ?? 0
        self.worked += Set(events.map(\.replayID)).sorted().filter { $0 > known }
        self.worked.removeFirst(max(0, self.worked.count - Self.workedMax))
        let message = Self.message("/meta/connect", messages)
        if message?["successful"]?.boolean != true { self.give(up: message) }
    }

    // MARK: - Messages

    private func ask(
        _ body: String,
        _ client: Client?,
        _ token: String
    ) async throws -> (reply: HTTPResponse, messages: [JSON]) {
        var headers = [
            HTTPHeader("Authorization", "Bearer \(token)"),
            HTTPHeader("Content-Type", "application/json"),
        ]
        if let client { headers.append(HTTPHeader("Cookie", client.cookie)) }
        let reply = try await self.line.send(
            HTTPRequest(
                method: .post,
                url: MockTransport.salesforceURL + "/cometd/62.0",
                headers: headers,
                body: Array(body.utf8)
            )
        )
        return (reply, try JSON(parsing: reply.body).elements)
    }

    private static func message(_ channel: String, _ messages: [JSON]) -> JSON? {
        messages.first { $0["channel"]?.string == channel }
    }

    /// The client or the session is gone, as the org's message says.
    private mutating func give(up message: JSON?) {
        let error = message?["error"]?.string ?? ""
        self.observer.tell("gives up: \(error)")
        self.client = nil
        let isDenied = error.hasPrefix("401") || error.hasPrefix("403::Handshake denied")
        guard isDenied else {
            if error.hasPrefix("403::Unknown client") {
                self.observer.hit(.streamClientForgotten)
                self.note(.unknownClient, self.observer.now)
            }
            return
        }
        self.token = nil
        self.observer.hit(.streamSessionEnded)
        self.note(.unauthorized, self.observer.now)
    }

    private func note(_ kind: ObservedFeeds.StreamNotice.Kind, _ at: Int64) {
        self.observer.note { $0.notices.append(.init(at: at, kind: kind)) }
    }

    private static let channel = "/data/ContactChangeEvent"
    private static let newOnly: Int64 = -1
    private static let everything: Int64 = -2
    private static let pause: Int64 = 1_000
    private static let workedMax = 200
}
