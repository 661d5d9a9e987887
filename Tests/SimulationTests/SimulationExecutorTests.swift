import HTTPTransport
import SimulationKit
import Testing

struct SimulationExecutorTests {
    private actor Counter {
        private(set) var order: [Int] = []

        func note(_ number: Int, _ time: any TimeSource) async throws {
            try await time.sleep(milliseconds: 10)
            self.order.append(number)
        }
    }

    private static func run(_ seed: UInt64) throws -> (order: [Int], trace: UInt64, now: Int64) {
        let executor = SimulationExecutor(seed: seed)
        let time = VirtualTime(executor)
        let order = try executor.run {
            let counter = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 { group.addTask { try await counter.note(number, time) } }
                try await group.waitForAll()
            }
            return await counter.order
        }
        return (order, executor.trace, executor.now)
    }

    @Test func `the same seed gives the same run, and seeds differ`() throws {
        let first = try Self.run(7)
        let again = try Self.run(7)
        #expect(first.order == again.order)
        #expect(first.trace == again.trace)
        #expect(first.now == 10, "all sleep at the same time")
        let orders = Set(try (UInt64(0)..<20).map { try Self.run($0).order })
        #expect(orders.count > 5, "the schedule is explored")
    }

    @Test func `an hour of sleep takes no time`() throws {
        let executor = SimulationExecutor(seed: 1)
        let time = VirtualTime(executor)
        try executor.run { try await time.sleep(milliseconds: 3_600_000) }
        #expect(executor.now == 3_600_000)
    }

    @Test func `a program that waits for nobody is a deadlock by name`() {
        let executor = SimulationExecutor(seed: 1)
        #expect {
            try executor.run {
                await withCheckedContinuation { (held: CheckedContinuation<Void, Never>) in
                    Kept.continuation.withLock { $0 = held }
                }
            }
        } throws: { error in
            if case .deadlock = error as? SimulationExecutor.Failure { return true }
            return false
        }
        Kept.continuation.withLock { $0 }?.resume()
    }

    /// Held, so that the test does not leak what it hangs.
    private enum Kept {
        static let continuation = Locked<CheckedContinuation<Void, Never>?>(nil)
    }

    @Test func `a sleeper that is cancelled wakes at once`() throws {
        let executor = SimulationExecutor(seed: 1)
        let time = VirtualTime(executor)
        let threw = try executor.run {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        try await time.sleep(milliseconds: 1_000_000)
                        return false
                    } catch {
                        return error is CancellationError
                    }
                }
                try? await time.sleep(milliseconds: 5)
                group.cancelAll()
                return await group.next() ?? false
            }
        }
        #expect(threw)
        #expect(executor.now == 5)
    }
}
