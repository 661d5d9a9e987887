package import HTTPTransport

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

        package init(latencyMax: Int, lostRequestsPercent: Int, lostRepliesPercent: Int) {
            self.latencyMax = latencyMax
            self.lostRequestsPercent = lostRequestsPercent
            self.lostRepliesPercent = lostRepliesPercent
        }

        package static let calm = Weather(
            latencyMax: 200,
            lostRequestsPercent: 0,
            lostRepliesPercent: 0
        )
    }

    private let inner: any HTTPTransport
    private let time: any TimeSource
    private let weather: Locked<Weather>
    private let choices: Choices
    /// The process whose requests these are, where it can die.
    private let process: SimulatedProcess?

    /// `weather`: shared, so that a program can change it while it runs.
    package init(
        inner: any HTTPTransport,
        time: any TimeSource,
        weather: Locked<Weather>,
        choices: Choices,
        process: SimulatedProcess? = nil
    ) {
        self.inner = inner
        self.time = time
        self.weather = weather
        self.choices = choices
        self.process = process
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let weather = self.weather.withLock { $0 }
        let there = Int64(self.choices.choose(.network, below: weather.latencyMax + 1))
        let back = Int64(self.choices.choose(.network, below: weather.latencyMax + 1))
        let losesRequest = self.choices.happens(.network, percent: weather.lostRequestsPercent)
        let losesReply = self.choices.happens(.network, percent: weather.lostRepliesPercent)
        await self.process?.mayDie()
        try await self.wait(there)
        guard !losesRequest else { throw Self.lost }
        let response = try await self.inner.send(request)
        await self.process?.mayDie()
        try await self.wait(back)
        guard !losesReply else { throw Self.lost }
        return response
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

    private static let lost = TransportError(
        code: .timedOut,
        reach: .maybeSent,
        message: "No reply came in time."
    )
}
