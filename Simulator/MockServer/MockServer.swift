import UnixSignals
package import HTTPTransport
import HTTPTypes
import HummingbirdCore
import Logging
import MockHubSpot
import MockSalesforce
import NIOCore
import NIOPosix
import ServiceLifecycle
package import SimulationKit

/// The two mock CRMs behind real HTTP on two loopback ports.
package struct MockServer: Sendable {
    /// Where one CRM listens.
    package struct Address: Sendable, Hashable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    private let world: MockWorld
    private let control: ControlPlane
    private let latencyMilliseconds: Int64
    private let historyMax: Int?
    private let time: any TimeSource
    private let webhooks: (any HTTPTransport)?

    /// `webhooks`: how HubSpot reaches the apps that want to be told of changes; none without.
    ///
    /// `historyMax`: how many changes of each object type are remembered at least; all without.
    package init(
        world: MockWorld,
        control: ControlPlane,
        latencyMilliseconds: Int64,
        historyMax: Int? = nil,
        time: any TimeSource,
        webhooks: (any HTTPTransport)? = nil
    ) {
        self.world = world
        self.control = control
        self.latencyMilliseconds = latencyMilliseconds
        self.historyMax = historyMax
        self.time = time
        self.webhooks = webhooks
    }

    /// Serves until a signal or a cancellation ends it.
    ///
    /// `ready`: called once with both ports, when both are open.
    package func run(
        hubspot: Address,
        salesforce: Address,
        ready: @escaping @Sendable (_ hubspot: Int, _ salesforce: Int) -> Void
    ) async throws {
        let ports = Locked<[Int: Int]>([:])
        let note: @Sendable (Int, Int) -> Void = { place, port in
            let both = ports.withLock { ports -> (Int, Int)? in
                ports[place] = port
                guard let first = ports[0], let second = ports[1] else { return nil }
                return (first, second)
            }
            if let both { ready(both.0, both.1) }
        }
        let world = self.world
        let polls = LongPolls(world: world, time: self.time)
        let listeners = [
            try self.listener(hubspot, place: 0, note) { request in
                defer { self.forget { $0.hubspot.forgetHistory(over: $1, at: $2) } }
                return world.hubspot(request)
            },
            try self.listener(salesforce, place: 1, note) { request in
                defer { self.forget { $0.salesforce.forgetHistory(over: $1, at: $2) } }
                return await polls.answer(request)
            },
        ]
        let senders = self.webhooks.map {
            WebhookSender(world: world, transport: $0, time: self.time)
        }
        try await ServiceGroup(
            services: listeners + (senders.map { [$0] } ?? []),
            gracefulShutdownSignals: [.sigint, .sigterm],
            logger: Self.logger
        ).run()
    }

    /// Keeps what is remembered of the history bounded, where it is to be.
    private func forget(_ body: (inout MockWorld.State, Int, Int64) -> Void) {
        guard let historyMax = self.historyMax else { return }
        self.world.with { state, now in body(&state, historyMax, now) }
    }

    /// One port.
    ///
    /// The framework's `Application` would put the real time into the `Date` header, and
    /// the servers' clock is the mocks' own.
    private func listener(
        _ address: Address,
        place: Int,
        _ note: @escaping @Sendable (Int, Int) -> Void,
        _ answer: @escaping @Sendable (WireRequest) async -> WireResponse?
    ) throws -> any Service {
        let control = self.control
        let latency = self.latencyMilliseconds
        let (time, world) = (self.time, self.world)
        return try HTTPServerBuilder {
            PlainHTTPChannel($0)
        }.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(address.host, port: address.port)
            ),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Self.logger,
            responder: { request, writer, _ in
                if request.headers[.expect]?.lowercased() == "100-continue" {
                    try await writer.writeInformationalHead(.init(status: .continue))
                }
                let buffer = try await request.body.collect(upTo: Self.bodyMax)
                let encoding = RequestEncoding(request.headers[.contentEncoding])
                let bytes = Array(buffer.readableBytesView)
                guard let body = encoding.unpacked(bytes, most: Self.bodyMax) else {
                    let refusal = Self.refusal(of: encoding, place)
                    try await writer.write(response: refusal.head, body: refusal.body)
                    return
                }
                guard let plain = Self.plain(request, body: body) else {
                    try await writer.write(response: Self.refused.head, body: Self.refused.body)
                    return
                }
                var response = Self.broken
                if plain.path.hasPrefix("/_control/") {
                    response = Self.reply(control.handle(plain.request, path: plain.path))
                } else {
                    let pause = latency + world.latency(isHubSpot: place == 0)
                    if pause > 0 { try await time.sleep(milliseconds: pause) }
                    if let answered = await answer(plain.request) {
                        let isPacked =
                            request.method != .head
                            && Gzip.isTaken(request.headers[.acceptEncoding])
                        response = Self.reply(isPacked ? Self.packed(answered) : answered)
                    }
                }
                if request.method == .head { response = Self.headOnly(response) }
                try await writer.write(response: response.head, body: response.body)
            },
            onServerRunning: { channel in note(place, channel.localAddress?.port ?? address.port) }
        )
    }

    private static var logger: Logger {
        var logger = Logger(label: "duet-simulator") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }

    /// The request as the mocks take it: raw path and query, headers as sent.
    ///
    /// A head is that of what can be read; `nil` for a method that neither CRM knows.
    private static func plain(
        _ request: Request,
        body: [UInt8]
    ) -> (request: WireRequest, path: String)? {
        let name = request.method == .head ? "GET" : request.method.rawValue
        guard let method = WireMethod(rawValue: name) else { return nil }
        let target = request.head.path ?? "/"
        let host = request.head.authority ?? "127.0.0.1"
        var headers = request.headers.map { WireHeader($0.name.rawName, $0.value) }
        headers.append(WireHeader("Host", host))
        let path = target.split(separator: "?", maxSplits: 1).first.map(String.init) ?? "/"
        return (
            WireRequest(
                method: method,
                url: "http://\(host)\(target)",
                headers: headers,
                body: body
            ),
            path
        )
    }

    private static func reply(_ response: WireResponse) -> Response {
        var fields = HTTPFields()
        for header in response.headers {
            guard header.name.lowercased() != "content-length",
                let name = HTTPField.Name(header.name)
            else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return Response(
            status: .init(code: response.status),
            headers: fields,
            body: .init(byteBuffer: ByteBuffer(bytes: response.body))
        )
    }

    /// Both CRMs pack what is long for clients that ask.
    ///
    /// The framework's own handler counts replies against requests: it traps on a `100 Continue` and
    /// on what is refused before it is a request.
    private static func packed(_ response: WireResponse) -> WireResponse {
        guard response.body.count >= Gzip.leastBytes, let body = Gzip.packed(response.body) else {
            return response
        }
        var response = response
        response.body = body
        response.headers.append(WireHeader("Content-Encoding", "gzip"))
        return response
    }

    /// The same without the body, whose length it still tells.
    private static func headOnly(_ response: Response) -> Response {
        Response(
            status: response.status,
            headers: response.headers,
            body: ResponseBody(contentLength: response.body.contentLength) { writer in
                try await writer.finish(nil)
            }
        )
    }

    /// Tells that a body cannot be unpacked, as each CRM tells its refusals; the texts are nobody's.
    private static func refusal(of encoding: RequestEncoding, _ place: Int) -> Response {
        let isBad = encoding != .unknown
        let text =
            isBad
            ? "The request body could not be decoded as its Content-Encoding says"
            : "The Content-Encoding of the request is not supported"
        let code = isBad ? "MALFORMED_REQUEST" : "UNSUPPORTED_MEDIA_TYPE"
        let body =
            place == 0
            ? #"{"status":"error","message":"\#(text)"}"#
            : #"[{"message":"\#(text)","errorCode":"\#(code)"}]"#
        return Response(
            status: isBad ? .badRequest : .unsupportedMediaType,
            headers: [.contentType: "application/json;charset=UTF-8"],
            body: .init(byteBuffer: ByteBuffer(string: body))
        )
    }

    private static var refused: Response {
        Response(
            status: .methodNotAllowed,
            headers: [.allow: "HEAD,GET,POST,PUT,PATCH,DELETE"],
            body: ResponseBody()
        )
    }

    /// Promises a body and breaks the connection instead: no whole reply arrives.
    private static var broken: Response {
        Response(
            status: .ok,
            headers: [:],
            body: ResponseBody(contentLength: 1) { _ in throw BrokenConnection() }
        )
    }

    /// 160 MiB: more than either CRM takes; a Bulk upload has 150 MB.
    private static let bodyMax = 160 << 20
}

extension MockWorld {
    /// How long a CRM's replies take because somebody set it so, in milliseconds.
    fileprivate func latency(isHubSpot: Bool) -> Int64 {
        self.with { state, _ in
            isHubSpot
                ? state.hubspot.faults.latencyMilliseconds
                : state.salesforce.faults.latencyMilliseconds
        }
    }
}

private struct BrokenConnection: Error {}
