import HTTPTransport
import WireJSON

/// `/cometd/{version}`: the streaming API over Bayeux long polling.
extension MockSalesforce {
    private static let bodyBytesMax = 32_768
    private static let cookieName = "BAYEUX_BROWSER"

    /// Who sends a request.
    struct StreamCaller {
        var token: String?
        var cookie: String?
    }

    mutating func stream(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64,
        _ fault: MockSalesforceFault?
    ) -> MockSalesforceReply {
        let caller = StreamCaller(token: Self.bearer(request), cookie: Self.cookie(request))
        switch fault {
        case .dropBeforeCommit: return .dropConnection
        case .unavailable: return .respond(RESTReply.unavailable.http())
        case .expiredSession: if let token = caller.token { self.sessions.expire(token) }
        default: break
        }
        self.streams.expire(at: now)
        self.publishChanges(at: now)
        if let refusal = Self.refusal(of: request, target) { return .respond(refusal) }
        guard let json = try? JSON(parsing: request.body),
            json.kind == .object || json.kind == .array
        else {
            return .respond(HTTPResponse(status: 400))
        }
        let messages = (json.kind == .array ? json.elements : [json]).map { BayeuxMessage($0) }
        if let message = messages.first, messages.count == 1,
            message.channel == BayeuxMessage.connect
        {
            let reply = self.connect(message, caller, mayHold: true, now)
            return fault == .dropAfterCommit ? .dropConnection : reply
        }
        var replies: [[UInt8]] = []
        var cookie: String?
        var isUnauthorized = false
        for message in messages {
            let answer = self.answer(message, caller, now)
            replies += answer.messages
            if let given = answer.cookie { cookie = given }
            if answer.isUnauthorized { isUnauthorized = true }
        }
        if fault == .dropAfterCommit { return .dropConnection }
        return .respond(self.response(replies, cookie: cookie, isUnauthorized: isUnauthorized))
    }

    /// What one message is answered, and what that does to the whole reply.
    struct StreamAnswer {
        var messages: [[UInt8]]
        var cookie: String?
        var isUnauthorized = false

        init(_ reply: BayeuxReply) {
            self.messages = [reply.bytes]
        }
    }

    private mutating func answer(
        _ message: BayeuxMessage,
        _ caller: StreamCaller,
        _ now: Int64
    ) -> StreamAnswer {
        switch message.channel {
        case BayeuxMessage.handshake: return self.handshake(message, caller, now)
        case BayeuxMessage.connect:
            // One among others is never held.
            var answer = StreamAnswer(BayeuxReply(message))
            let (messages, isUnauthorized) = self.connectNow(message, caller, now)
            answer.messages = messages
            answer.isUnauthorized = isUnauthorized
            return answer
        default: break
        }
        if let refusal = self.refusal(of: message, caller) {
            var answer = StreamAnswer(refusal)
            answer.isUnauthorized = refusal.error?.hasPrefix("401") == true
            return answer
        }
        switch message.channel {
        case BayeuxMessage.subscribe: return StreamAnswer(self.subscribe(message))
        case BayeuxMessage.unsubscribe: return StreamAnswer(self.unsubscribe(message))
        case BayeuxMessage.disconnect: return StreamAnswer(self.disconnect(message, now))
        case let channel where channel.hasPrefix("/meta/"):
            return StreamAnswer(BayeuxReply(message, error: "404::Unknown meta channel"))
        case "": return StreamAnswer(BayeuxReply(message, error: "400::Channel name not specified"))
        default:
            // Events are published by changes alone.
            return StreamAnswer(BayeuxReply(message, error: "403::Publish denied"))
        }
    }

    private mutating func handshake(
        _ message: BayeuxMessage,
        _ caller: StreamCaller,
        _ now: Int64
    ) -> StreamAnswer {
        var reply = BayeuxReply(message)
        reply.subscriptions = []
        reply.clientID = nil
        let session = caller.token.flatMap { self.sessions.session($0) }
        guard let token = caller.token, let session, session.isAlive(at: now) else {
            reply.error = "403::Handshake denied"
            reply.failureReason = Self.authenticationError(caller)
            reply.advice = .init(reconnect: "none")
            var answer = StreamAnswer(reply)
            answer.isUnauthorized = true
            return answer
        }
        guard message.connectionTypes.isEmpty || message.connectionTypes.contains("long-polling")
        else {
            let type = message.connectionTypes.first ?? ""
            reply.error = "400::Invalid connection type \(type)"
            reply.advice = .init(reconnect: "none")
            return StreamAnswer(reply)
        }
        guard self.streams.count < self.settings.streaming.clientsMax else {
            reply.error = "403::Organization concurrent user limit exceeded"
            reply.advice = .init(reconnect: "none")
            return StreamAnswer(reply)
        }
        let expiresAt = now + self.settings.streaming.reconnectTime
        let client = self.streams.add(token: token, expiresAt: expiresAt)
        reply.isHandshake = true
        reply.clientID = client.id
        var answer = StreamAnswer(reply)
        answer.cookie = client.cookie
        return answer
    }

    /// Why a message of a client is not taken; `nil` for one that is.
    ///
    /// A session does not end by its age as long as its client stays connected.
    func refusal(of message: BayeuxMessage, _ caller: StreamCaller) -> BayeuxReply? {
        guard let id = message.clientID, let client = self.streams[id], !client.isGone else {
            return .unknownClient(message)
        }
        let session = caller.token.flatMap { self.sessions.session($0) }
        guard let session, !session.isEnded,
            self.sessions.session(client.token)?.credential == session.credential
        else {
            var reply = BayeuxReply(message, error: Self.authenticationError(caller))
            reply.advice = .init(reconnect: "none", interval: 0)
            return reply
        }
        guard self.settings.streaming.requiresCookies else { return nil }
        guard let cookie = caller.cookie else {
            let name = Self.cookieName
            return BayeuxReply(
                message,
                error: "400::Client \(id) has established a session, but no \(name) cookie present"
            )
        }
        return cookie == client.cookie ? nil : .unknownClient(message)
    }

    private static func authenticationError(_ caller: StreamCaller) -> String {
        caller.token == nil
            ? "401::Request requires authentication" : "401::Authentication invalid"
    }

    func response(
        _ messages: [[UInt8]],
        cookie: String? = nil,
        isUnauthorized: Bool = false
    ) -> HTTPResponse {
        let body =
            [UInt8(ascii: "[")] + messages.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
        let status = isUnauthorized ? self.settings.streaming.unauthorizedStatus : 200
        var response = RESTReply(status: status, body: body).http()
        if let cookie {
            let text = "\(Self.cookieName)=\(cookie);Path=/;HttpOnly"
            response.headers.append(HTTPHeader("Set-Cookie", text))
        }
        return response
    }

    // MARK: - Reading requests

    private static func refusal(
        of request: HTTPRequest,
        _ target: RequestTarget
    ) -> HTTPResponse? {
        // The guide's texts name the newest version of the time.
        let form = "URI format: '/cometd/62.0'"
        guard target.path.count > 1 else {
            return Self.text(400, "API version in the URI is mandatory. \(form)")
        }
        guard target.path.count <= 3, let version = Double(target.path[1]),
            (37...68).contains(version)
        else {
            return Self.text(
                400,
                "Unsupported API version. Only API versions '37.0' and later are supported. \(form)"
            )
        }
        guard request.method == .post else { return Self.text(405, "Method Not Allowed") }
        guard request.body.count <= Self.bodyBytesMax else {
            return Self.text(413, "Maximum Request Size Exceeded")
        }
        return nil
    }

    private static func text(_ status: Int, _ text: String) -> HTTPResponse {
        var reply = RESTReply(status: status, body: Array(text.utf8))
        reply.contentType = "text/plain;charset=UTF-8"
        return reply.http()
    }

    private static func cookie(_ request: HTTPRequest) -> String? {
        let pairs = (request.header("Cookie") ?? "").split(separator: ";")
        for pair in pairs {
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == Self.cookieName { return String(parts[1]) }
        }
        return nil
    }
}
