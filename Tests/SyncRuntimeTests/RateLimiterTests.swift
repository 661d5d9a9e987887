import CRMInterface
import HTTPTransport
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// The door to a CRM: turns, holds and the ledger, with time in the test's hand.
@Suite(.timeLimit(.minutes(10)))
struct RateLimiterTests {
    private struct Fixture {
        let time = SteppedTime()
        let store: SQLiteSyncStore
        let limiter: RateLimiter
        let transport: ScriptedTransport

        init(_ reply: ScriptedTransport.Reply = .ok) throws {
            let time = self.time
            self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
            self.transport = ScriptedTransport(reply)
            self.limiter = RateLimiter(
                side: .hubspot,
                transport: self.transport,
                store: self.store,
                time: self.time,
                sequence: SequenceSource(),
                limits: CallLimits(side: .hubspot),
                progress: { _ in }
            )
        }

        func search(_ priority: PriorityClass) async throws {
            _ = try await self.limiter.send(
                HTTPRequest(method: .post, url: "http://hubspot.test/search"),
                as: CallDescription(
                    endpoint: "search",
                    purpose: "detect",
                    window: .search,
                    priority: priority
                )
            )
        }

        /// Lets every task go on until so many wait for the clock.
        func settle(sleeping: Int) async {
            for _ in 0..<10_000 where self.time.sleeping < sleeping { await Task.yield() }
            for _ in 0..<100 { await Task.yield() }
        }
    }

    /// Found by a daemon in a simulated outage: both waited, and nobody was left to wake them.
    @Test func `a ticket that grows old while a more urgent one waits does not stop both`() throws {
        // On an executor of its own: what yields here comes back before anything else runs.
        try SimulationExecutor(seed: 1).run { try await self.twoTickets() }
    }

    private func twoTickets() async throws {
        let fixture = try Fixture(.held)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try? await fixture.search(.field) } }
            while fixture.transport.sent < 4 { await Task.yield() }
            group.addTask { try? await fixture.search(.backfill) }
            await fixture.settle(sleeping: 1)
            group.addTask { try? await fixture.search(.manual) }
            await fixture.settle(sleeping: 2)
            // The backfill sees that the manual call is first, and waits for it to be done.
            fixture.time.advance(milliseconds: 20)
            await fixture.settle(sleeping: 1)
            // Then its own longest wait is over, and the manual call sees that it is its turn.
            fixture.time.advance(milliseconds: 200_000)
            await fixture.settle(sleeping: 1)
            fixture.transport.answer()
            for _ in 0..<20 {
                await fixture.settle(sleeping: 0)
                fixture.time.advance(milliseconds: 2_000)
            }
            #expect(fixture.transport.sent == 6)
            group.cancelAll()
        }
        #expect(fixture.transport.sent == 6)
    }

    @Test func `calls in a hold follow each other while others wait`() async throws {
        let fixture = try Fixture()
        let hold = try await fixture.limiter.hold(calls: 2, priority: .field)
        let held = CallDescription(
            endpoint: "batchRead",
            purpose: "guard",
            priority: .field,
            hold: hold
        )
        let request = HTTPRequest(method: .post, url: "http://hubspot.test/read")
        // Everything else that the window allows is taken by others.
        let rest = try await fixture.limiter.hold(calls: 98, priority: .backfill)
        _ = try await fixture.limiter.send(request, as: held)
        _ = try await fixture.limiter.send(request, as: held)
        #expect(fixture.transport.sent == 2)
        #expect(fixture.time.sleeping == 0)
        await fixture.limiter.release(hold)
        await fixture.limiter.release(rest)
        #expect(try await fixture.store.calls(since: 0).map(\.calls) == [2])
    }

    @Test func `a call without a reply stays in the ledger as unknown, one not sent is not billed`()
        async throws
    {
        for (reply, outcomes) in [
            (ScriptedTransport.Reply.lost, [LedgerCall.Outcome.unknown]), (.refused, []),
        ] {
            let fixture = try Fixture(reply)
            await #expect(throws: CallFailure.self) { try await fixture.search(.field) }
            #expect(try await fixture.store.calls(since: 0).map(\.outcome) == outcomes)
        }
    }

    /// Found by a slow disk: the bytes of a guarded write left long after the look before it.
    @Test(arguments: [(Int64(0), 1), (5, 1), (6, 0)])
    func `bytes that are ready only after their time do not leave`(
        readyAt: Int64,
        sent: Int
    ) async throws {
        let fixture = try Fixture()
        var hold = CallHold.none
        hold.leavesBy = 5
        fixture.time.advance(milliseconds: readyAt)
        let call = CallDescription(
            endpoint: "batchUpdate",
            purpose: "write",
            priority: .field,
            hold: hold
        )
        let request = HTTPRequest(method: .post, url: "http://hubspot.test/update")
        do {
            _ = try await fixture.limiter.send(request, as: call)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            #expect(refusal.code == .storeBusy)
        }
        #expect(fixture.transport.sent == sent)
        #expect(try await fixture.store.calls(since: 0).map(\.calls).reduce(0, +) == sent)
    }

    @Test func `an answered error is a billed call`() async throws {
        let fixture = try Fixture(.status(500))
        try await fixture.search(.field)
        #expect(try await fixture.store.calls(since: 0).map(\.outcome) == [.failed])
    }
}
