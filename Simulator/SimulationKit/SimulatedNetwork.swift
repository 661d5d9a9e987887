package import HTTPTransport
import SyncCore

/// The wire between the engine and the mocks: every request and every reply takes its time, and
/// some get lost, before the CRM acted or after.
package struct SimulatedNetwork: HTTPTransport {
    /// How bad the wire is.
    package struct Weather: Sendable, Hashable, Codable {
        /// The longest time that one way takes, in milliseconds.
        package var latencyMax: Int
        /// Of a hundred requests, how many are lost before they arrive.
        package var lostRequestsPercent: Int
        /// Of a hundred replies, how many are lost after the CRM acted.
        package var lostRepliesPercent: Int
        /// What else goes wrong with messages.
        package var wire: WireFaults?

        package init(
            latencyMax: Int,
            lostRequestsPercent: Int,
            lostRepliesPercent: Int,
            wire: WireFaults? = nil
        ) {
            self.latencyMax = latencyMax
            self.lostRequestsPercent = lostRequestsPercent
            self.lostRepliesPercent = lostRepliesPercent
            self.wire = wire
        }

        package static let calm = Weather(
            latencyMax: 200,
            lostRequestsPercent: 0,
            lostRepliesPercent: 0
        )
    }

    private let wire: SimulatedWire
    private let time: any TimeSource
    private let weather: Locked<Weather>
    private let choices: Choices
    /// The process whose requests these are: it can die and stand still.
    private let process: SimulatedProcess
    /// Each vendor's longest request time in milliseconds.
    private let requestTimeMax: [Side: Int64]
    /// Every request, and the number of the process in it.
    private let frames: Locked<[NetworkFrame]>?
    private let number: Int

    /// `weather`: shared, so that a program can change it while it runs.
    init(
        wire: SimulatedWire,
        time: any TimeSource,
        weather: Locked<Weather>,
        choices: Choices,
        process: SimulatedProcess,
        requestTimeMax: [Side: Int64],
        frames: Locked<[NetworkFrame]>? = nil,
        number: Int = 0
    ) {
        self.frames = frames
        self.number = number
        self.wire = wire
        self.time = time
        self.weather = weather
        self.choices = choices
        self.process = process
        self.requestTimeMax = requestTimeMax
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let weather = self.weather.withLock { $0 }
        let side = SimulatedWire.side(of: request)
        let there = Int64(self.choices.choose(.network, below: weather.latencyMax + 1))
        let back = Int64(self.choices.choose(.network, below: weather.latencyMax + 1))
        let losesRequest = self.choices.happens(.network, percent: weather.lostRequestsPercent)
        let losesReply = self.choices.happens(.network, percent: weather.lostRepliesPercent)
        let fate = weather.wire.map { faults in
            WireFate(
                faults,
                requestTimeMax: self.requestTimeMax[side] ?? 0,
                latencyMax: weather.latencyMax,
                self.choices
            )
        }
        await self.process.mayDie()
        let frame = self.leaves(request)
        let cut = self.wire.cut(to: side)
        if cut == .refused { throw Self.refused }
        let pauses = self.process.pauses
        if case .late(let delay)? = fate {
            self.wire.land(request, sentAt: self.time.wallMilliseconds, after: delay)
            try await self.wait(WireFate.silenceMax)
            throw Self.lost
        }
        let number = self.wire.leaves(request, for: there, self.process)
        try await self.wait(there)
        guard self.wire.arrives(number) else { throw Self.lost }
        guard !losesRequest, cut != .blackHole else { throw Self.lost }
        self.note(frame) { $0.arrivedAt = self.time.wallMilliseconds }
        let response = try await self.answer(request, fate ?? .passes)
        self.note(frame) { $0.answer(response) }
        await self.process.mayDie()
        try await self.wait(back)
        if case let slowness = self.wire.slowness(of: side), slowness > 0 {
            try await self.wait(min(slowness, WireFate.silenceMax))
            guard slowness < WireFate.silenceMax else { throw Self.lost }
        }
        // Whoever stood still comes back to a dead connection.
        guard !losesReply, self.wire.cut(to: side) == nil, self.process.pauses == pauses else {
            throw Self.lost
        }
        self.note(frame) { $0.deliveredAt = self.time.wallMilliseconds }
        return response
    }

    private func leaves(_ request: HTTPRequest) -> Int {
        let frame = NetworkFrame(request, process: self.number, at: self.time.wallMilliseconds)
        return self.frames?.withLock { frames in
            frames.append(frame)
            return frames.count - 1
        } ?? 0
    }

    private func note(_ place: Int, _ change: (inout NetworkFrame) -> Void) {
        self.frames?.withLock { change(&$0[place]) }
    }

    /// What the CRM or a proxy says to a request that has arrived.
    private func answer(
        _ request: HTTPRequest,
        _ fate: WireFate
    ) async throws(TransportError) -> HTTPResponse {
        switch fate {
        case .passes, .late:
            return try self.wire.deliver(request)
        case .twice(let pause, let readsSecond):
            let first = Result { () throws(TransportError) in
                try self.wire.deliverCopy(request, isSecond: false, isRead: !readsSecond)
            }
            try await self.wait(pause)
            let second = Result { () throws(TransportError) in
                try self.wire.deliverCopy(request, isSecond: true, isRead: readsSecond)
            }
            return try (readsSecond ? second : first).get()
        case .trickles(let pause):
            _ = try self.wire.deliver(request)
            try await self.wait(pause)
            throw Self.lost
        case .spoiled(.pageBeforeCommit):
            self.wire.answeredByProxy(request)
            return WireFate.Spoil.pageBeforeCommit.spoil(HTTPResponse(status: 503))
        case .spoiled(let spoil):
            return spoil.spoil(try self.wire.deliver(request))
        }
    }

    private func wait(_ milliseconds: Int64) async throws(TransportError) {
        do {
            try await self.time.sleep(milliseconds: milliseconds)
        } catch {
            throw TransportError(
                code: .cancelled,
                reach: .maybeSent,
                message: "The request was cancelled."
            )
        }
    }

    private static let refused = TransportError(
        code: .cannotConnect,
        reach: .notSent,
        message: "No connection could be made."
    )

    private static let lost = TransportError(
        code: .timedOut,
        reach: .maybeSent,
        message: "No reply came in time."
    )
}
