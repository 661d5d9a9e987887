import HTTPTransport

/// Carries requests until the process dies: the last one is done by the CRM, its reply is read by nobody.
///
/// A call of the dead process never comes back, so that nothing of it goes on: no reply, no error, no
/// cancellation.
final class DyingTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let last: Int
    private let count = Locked(0)
    private let death: AsyncStream<Void>
    private let dies: AsyncStream<Void>.Continuation

    init(_ inner: any HTTPTransport, after last: Int) {
        self.inner = inner
        self.last = last
        (self.death, self.dies) = AsyncStream.makeStream()
    }

    /// How many requests were sent.
    var sent: Int { self.count.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = self.count.withLock { count in
            count += 1
            return count
        }
        guard number <= self.last else { return await Self.never() }
        let response = try await self.inner.send(request)
        guard number == self.last else { return response }
        self.dies.finish()
        return await Self.never()
    }

    /// Runs the work until the death, or to its end.
    func untilDead(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let dies = self.dies
        // Nobody waits for a dead process.
        Task {
            try? await work()
            dies.finish()
        }
        for await _ in self.death {}
        // What was in the middle of a transaction is at its end.
        try await ContinuousClock().sleep(for: .milliseconds(20))
    }

    private static func never() async -> HTTPResponse {
        await withUnsafeContinuation { (_: UnsafeContinuation<HTTPResponse, Never>) in }
    }
}
