import HTTPTransport
import MockHubSpot
import MockSalesforce
package import SyncCore

/// What lies between all processes and both CRMs: it outlives each process, may be cut, and notes
/// what the engine cannot know.
package final class SimulatedWire: Sendable {
    /// A request that arrived after its sender had given up or stopped.
    package struct Landing: Sendable, Hashable {
        package var side: Side
        /// True time, milliseconds since 1970.
        package var sentAt: Int64
        package var at: Int64
    }

    /// How a CRM cannot be reached.
    enum Cut: Int, Sendable, Hashable, CaseIterable {
        /// Nothing can be connected to: proven that nothing was sent.
        case refused
        /// Requests vanish.
        case blackHole
        /// Requests arrive, replies vanish.
        case oneWay
    }

    /// What the checkers are told.
    package struct Record: Sendable, Hashable {
        /// Calls that a CRM billed for the copies of doubled requests whose replies nobody read.
        package var duplicated: [Side: Int] = [:]
        /// When copies whose replies nobody read came to a CRM, true time.
        package var unread: [Side: Set<Int64>] = [:]
        /// How many second copies arrived, billed or not.
        package var copies: [Side: Int] = [:]
        /// Calls that a proxy answered: no CRM billed them.
        package var proxied: [Side: Int] = [:]
        package var landings: [Landing] = []
        /// When the engine's process stood still, true time.
        package var pauses: [ClosedRange<Int64>] = []
    }

    private struct Travelling {
        var request: HTTPRequest
        var sentAt: Int64
        var arrivesAt: Int64
        var process: ObjectIdentifier
    }

    private struct State {
        var record = Record()
        var cuts: [Side: (how: Cut, until: Int64)] = [:]
        var travelling: [Int: Travelling] = [:]
        var number = 0
    }

    private let executor: SimulationExecutor
    private let time: VirtualTime
    private let world: MockWorld
    private let inner: MockTransport
    private let recorder: Recorder
    /// Told every reply, where somebody wants to read it.
    private let lines: Locked<[String]>?
    private let state = Locked(State())

    init(
        _ executor: SimulationExecutor,
        time: VirtualTime,
        world: MockWorld,
        inner: MockTransport,
        recorder: Recorder,
        lines: Locked<[String]>? = nil
    ) {
        self.lines = lines
        self.executor = executor
        self.time = time
        self.world = world
        self.inner = inner
        self.recorder = recorder
    }

    package var record: Record { self.state.withLock { $0.record } }

    static func side(of request: HTTPRequest) -> Side {
        request.url.hasPrefix(MockTransport.hubspotURL) ? .hubspot : .salesforce
    }

    // MARK: - Arrivals

    /// The CRM gets a request now.
    func deliver(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        self.recorder.arrived()
        let response = try self.inner.deliver(request)
        self.recorder.answered(response)
        self.lines?.withLock { lines in
            let body = String(decoding: response.body.prefix(4_000), as: UTF8.self)
            lines.append("\(self.time.wallMilliseconds)   reply \(response.status) \(body)")
        }
        return response
    }

    /// How long a CRM takes for each reply now, in milliseconds; it acts at once.
    func slowness(of side: Side) -> Int64 {
        let slowness = self.world.with { state, _ in
            side == .hubspot
                ? state.hubspot.faults.latencyMilliseconds
                : state.salesforce.faults.latencyMilliseconds
        }
        if slowness > 0 {
            self.recorder.probes.hit(side == .hubspot ? .hubspotSlow : .salesforceSlow)
        }
        return slowness
    }

    /// The CRM gets one of two copies of a request now.
    ///
    /// `isRead`: whether the client reads this copy's reply. What the other one costs is nobody's.
    func deliverCopy(
        _ request: HTTPRequest,
        isSecond: Bool,
        isRead: Bool
    ) throws(TransportError) -> HTTPResponse {
        let side = Self.side(of: request)
        let before = self.world.billed(side)
        defer {
            let cost = self.world.billed(side) - before
            self.state.withLock { state in
                if !isRead {
                    state.record.duplicated[side, default: 0] += cost
                    state.record.unread[side, default: []].insert(self.time.wallMilliseconds)
                }
                if isSecond { state.record.copies[side, default: 0] += 1 }
            }
        }
        return isSecond ? try self.inner.deliver(request) : try self.deliver(request)
    }

    /// A request that arrives later, whatever its sender does meanwhile.
    func land(_ request: HTTPRequest, sentAt: Int64, after milliseconds: Int64) {
        let side = Self.side(of: request)
        _ = self.executor.schedule(after: milliseconds) {
            let landing = Landing(side: side, sentAt: sentAt, at: self.time.wallMilliseconds)
            self.state.withLock { $0.record.landings.append(landing) }
            _ = try? self.inner.deliver(request)
        }
    }

    /// A proxy answered instead of the CRM.
    func answeredByProxy(_ request: HTTPRequest) {
        guard !request.url.hasSuffix("/token") else { return }
        let side = Self.side(of: request)
        self.state.withLock { $0.record.proxied[side, default: 0] += 1 }
    }

    // MARK: - Messages on their way

    /// Notes a request on its way; answers its number.
    func leaves(_ request: HTTPRequest, for milliseconds: Int64, _ process: SimulatedProcess) -> Int
    {
        let now = self.time.wallMilliseconds
        return self.state.withLock { state in
            state.number += 1
            state.travelling[state.number] = Travelling(
                request: request,
                sentAt: now,
                arrivesAt: now + milliseconds,
                process: ObjectIdentifier(process)
            )
            return state.number
        }
    }

    /// Whether its sender still stands behind the request that has arrived.
    func arrives(_ number: Int) -> Bool {
        self.state.withLock { $0.travelling.removeValue(forKey: number) != nil }
    }

    /// A process stops: what it has sent arrives, and its connections are dead.
    func stops(_ process: SimulatedProcess) {
        let now = self.time.wallMilliseconds
        let left = self.state.withLock { state in
            let mine = state.travelling.filter { $0.value.process == ObjectIdentifier(process) }
            for number in mine.keys { state.travelling[number] = nil }
            return mine.sorted { $0.key < $1.key }.map(\.value)
        }
        for message in left {
            self.land(message.request, sentAt: message.sentAt, after: message.arrivesAt - now)
        }
    }

    func stoodStill(_ pause: ClosedRange<Int64>) {
        self.state.withLock { $0.record.pauses.append(pause) }
    }

    // MARK: - Partitions

    func cut(_ side: Side, _ how: Cut, for milliseconds: Int64) {
        let until = self.time.wallMilliseconds + milliseconds
        self.state.withLock { $0.cuts[side] = (how, until) }
    }

    func mend() { self.state.withLock { $0.cuts = [:] } }

    /// How the way to a CRM is cut now, if it is.
    func cut(to side: Side) -> Cut? {
        let now = self.time.wallMilliseconds
        return self.state.withLock { state in
            state.cuts[side].flatMap { now < $0.until ? $0.how : nil }
        }
    }
}
