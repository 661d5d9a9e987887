import HTTPTransport
import WireJSON

extension MockSalesforce {
    /// URI and headers together; beyond it the edge refuses the request.
    private static let headBytesMax = 16_384

    mutating func rest(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64,
        _ injected: MockSalesforceFault?
    ) -> MockSalesforceReply {
        var fault = injected ?? self.faultCounts.next(&self.faults)
        if self.faults.retiredVersions.contains(RESTRequest.version(of: target)) {
            fault = .retiredVersion
        }
        if self.faults.expiredPasswordStatus != nil { fault = .expiredPassword }
        if let fault { self.faultsFired[fault, default: 0] += 1 }
        if fault == .dropBeforeCommit { return .dropConnection }
        if let refusal = Self.refusalOfHead(request) { return .respond(refusal) }
        let rest = RESTRequest(request, target)
        let kind = rest.kind
        if fault == .expiredSession, let token = Self.bearer(request) {
            self.sessions.expire(token)
        }
        guard let token = Self.bearer(request), let session = self.sessions.session(token),
            session.isAlive(at: now)
        else { return .respond(self.unauthorized(rest, request, now)) }
        let credential = session.credential
        let author = self.settings.credentials[credential].userID
        let cost = rest.cost
        let used = self.meter.used(at: now)
        var reply: RESTReply
        var outcome = Outcome()
        if fault == .requestLimit || used + cost > self.settings.dailyCallsMax {
            reply = RESTReply(
                RequestFailure(
                    "REQUEST_LIMIT_EXCEEDED",
                    "TotalRequests Limit exceeded.",
                    status: 403
                )
            )
        } else if let refusal = self.refusal(of: fault, rest.version) {
            reply = refusal
        } else {
            (reply, outcome) = self.perform(rest, author, fault, now)
            if outcome.isRolledBack { return .dropConnection }
        }
        let name = self.settings.credentials[credential].name
        self.meter.count(
            MockSalesforceCall(
                at: now,
                credential: name,
                kind: kind,
                cost: cost,
                status: reply.status
            )
        )
        if outcome.isReplyLost { return .dropConnection }
        return .respond(self.finish(reply, rest, fault, now))
    }

    /// What a fault answers in the place of the org; `nil` where the org is asked.
    private func refusal(of fault: MockSalesforceFault?, _ version: String) -> RESTReply? {
        switch fault {
        case .retiredVersion: RESTReply(Self.retired(version))
        case .expiredPassword:
            RESTReply(Self.expiredPassword(self.faults.expiredPasswordStatus ?? 403))
        case .unavailable: .unavailable
        case .status(let status): .page(status, "\(status)", "Something is wrong on the way.")
        case .serverError:
            RESTReply(
                RequestFailure(
                    "UNKNOWN_EXCEPTION",
                    "An unexpected error occurred. Please include this ErrorId if you contact "
                        + "support: 1790000000-12345 (-1234567890)",
                    status: 500
                )
            )
        case nil, .dropAfterCommit, .dropBeforeCommit, .lockedRows, .requestLimit,
            .expiredSession, .malformedBody, .truncatedBody:
            nil
        }
    }

    /// REST API: end of life; the code is what clients have been sent, the text is nobody's.
    private static func retired(_ version: String) -> RequestFailure {
        RequestFailure("GONE", "API version \(version) is no longer available.", status: 410)
    }

    /// The words are those that clients were sent (restforce 607, forrest 240).
    private static func expiredPassword(_ status: Int) -> RequestFailure {
        RequestFailure(
            "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
            "The users password has expired, you must call SetPassword before attempting any "
                + "other API operations",
            status: status
        )
    }

    /// What became of a request besides its reply.
    struct Outcome {
        var isReplyLost = false
        /// The fault broke the connection before the commit.
        var isRolledBack = false
    }

    /// Carries the request out and applies the faults that depend on what it did.
    private mutating func perform(
        _ rest: RESTRequest,
        _ author: String,
        _ fault: MockSalesforceFault?,
        _ now: Int64
    ) -> (RESTReply, Outcome) {
        let mayDrop = self.faults.dropBeforeCommitEveryNthWrite != nil
        let saved = mayDrop ? self.org : nil
        let count = self.org.changes.count
        var context = WriteContext(author: author, now: now)
        context.heldRecords = self.faults.lockedRecordIDs
        context.commitDelay = self.settings.restCommitDelay
        context.isRest = true
        context.trimsText = self.settings.trimsText
        context.movesStampsUnchanged = self.settings.unchangedUpdateMovesStamps
        context.areRowsLocked = fault == .lockedRows
        context.transaction = self.org.changeCount
        context.origin = Self.origin("rest", rest.version, rest.header("Sforce-Call-Options"))
        let reply = self.route(rest, context)
        let changes = self.org.changes[count...]
        if self.org.checksRights {
            self.org.restrict(to: nil)
            // What a user sees of an object is a part of its describe.
            if changes.contains(where: { PermissionSchema.names.contains($0.object) }) {
                self.settings.metadataChangedAt = now
            }
        }
        var outcome = Outcome(isReplyLost: fault == .dropAfterCommit)
        guard !changes.isEmpty else { return (reply, outcome) }
        if self.faultCounts.hitsDropBefore(self.faults), let saved {
            self.org = saved
            self.faultsFired[.dropBeforeCommit, default: 0] += 1
            outcome.isRolledBack = true
            return (reply, outcome)
        }
        let hasCreate = changes.contains { $0.kind == .create }
        if self.faultCounts.hitsDropAfter(self.faults, hasCreate: hasCreate) {
            outcome.isReplyLost = true
            self.faultsFired[.dropAfterCommit, default: 0] += 1
        }
        return (reply, outcome)
    }

    private func finish(
        _ reply: RESTReply,
        _ rest: RESTRequest,
        _ fault: MockSalesforceFault?,
        _ now: Int64
    ) -> HTTPResponse {
        var reply = Self.inLanguage(reply, of: rest)
        if rest.header("X-PrettyPrint") == "1", let body = reply.body {
            reply.body = PrettyJSON.print(body) ?? body
        }
        if fault == .malformedBody { reply.body = Array("{\"records\":[{\"Id\":nope".utf8) }
        if fault == .truncatedBody, let body = reply.body {
            reply.body = Array(body.prefix(body.count / 2))
        }
        var response = reply.http()
        if reply.status != 503 {
            let usage = "api-usage=\(self.meter.used(at: now))/\(self.settings.dailyCallsMax)"
            response.headers.append(HTTPHeader("Sforce-Limit-Info", usage))
        }
        return response
    }

    private mutating func unauthorized(
        _ rest: RESTRequest,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        if self.settings.countsUnauthorizedCalls, let token = Self.bearer(request),
            let session = self.sessions.session(token)
        {
            let name = self.settings.credentials[session.credential].name
            self.meter.count(
                MockSalesforceCall(at: now, credential: name, kind: rest.kind, cost: 1, status: 401)
            )
        }
        if rest.isFirstBulk {
            let failure = RequestFailure("InvalidSessionId", "Invalid session id")
            return Self.exception(failure, isXML: rest.wantsXML(over: nil)).http()
        }
        let failure = RequestFailure(
            "INVALID_SESSION_ID",
            "Session expired or invalid",
            status: 401
        )
        return Self.inLanguage(RESTReply(failure), of: rest).http()
    }

    /// The reply in XML, where it was asked for and is one that can be.
    private static func inLanguage(_ reply: RESTReply, of rest: RESTRequest) -> RESTReply {
        guard rest.wantsXMLReply, reply.contentType.hasPrefix("application/json"),
            let body = reply.body, let xml = XMLReply.document(body, status: reply.status)
        else { return reply }
        var reply = reply
        reply.body = xml
        reply.contentType = "application/xml;charset=UTF-8"
        return reply
    }

    /// The access token; the first Bulk API has a header of its own for it.
    static func bearer(_ request: HTTPRequest) -> String? {
        guard let header = request.header("Authorization") else {
            return request.header("X-SFDC-Session")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, ["bearer", "oauth"].contains(parts[0].lowercased()) else {
            return nil
        }
        return String(parts[1])
    }

    /// Which API a change came through, and the client that the caller named.
    static func origin(_ api: String, _ version: String, _ options: String?) -> String {
        let origin = "com/salesforce/api/\(api)/\(version.drop { $0 == "v" })"
        let client = (options ?? "").split(separator: ",")
            .map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix("client=") }
        return client.map { "\(origin);\($0)" } ?? origin
    }

    private static func refusalOfHead(_ request: HTTPRequest) -> HTTPResponse? {
        let headers = request.headers.reduce(0) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 4
        }
        let url = request.url.utf8.count
        guard url + headers > Self.headBytesMax else { return nil }
        let isURL = url > headers
        return HTTPResponse(
            status: isURL ? 414 : 431,
            headers: [HTTPHeader("Content-Type", "text/html;charset=UTF-8")],
            body: Array(
                (isURL ? "<h1>URI Too Long</h1>" : "<h1>Request Header Fields Too Large</h1>").utf8
            )
        )
    }
}
