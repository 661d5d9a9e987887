import HTTPTransport
import SimulationKit
import Testing

/// Runs that leave something behind.
struct RunRemainsTests {
    @Test func `a tape plays a death in a sweep again`() async throws {
        var run = Simulation(seed: 1, profile: .calm, records: 2)
        run.profile.edits = 4
        run.deathPoint = 60
        run.settleTime = 1_800_000
        run.quietTime = 400_000
        let report = try await run.runApart()
        #expect(report.kills == 1)
        #expect(report.tape.deathPoint == 60)
        #expect(report.tape.settleTime == 1_800_000)
        let again = try await Simulation(tape: report.tape).runApart()
        #expect(again == report)
    }

    @Test func `what a dead process held is let go when the run is over`() throws {
        let executor = SimulationExecutor(seed: 1)
        let time = VirtualTime(executor)
        let process = SimulatedProcess(executor)
        let isGone = Locked(false)
        try executor.run {
            executor.start(process) {
                let held = Held { isGone.withLock { $0 = true } }
                try? await time.sleep(milliseconds: 1_000_000)
                withExtendedLifetime(held) {}
            }
            try await time.sleep(milliseconds: 5)
            process.kill()
            try await time.sleep(milliseconds: 2_000_000)
        }
        #expect(isGone.withLock { !$0 }, "a dead process does nothing")
        executor.drain()
        #expect(isGone.withLock { $0 })
        #expect(executor.now == 2_000_005, "no time passes")
    }

    /// Found by a soak of ten thousand seeds: each world stayed, a quarter of a megabyte each.
    @Test(arguments: [SimulationProfile.Name.calm, .crash])
    func `a run that is over leaves nothing behind`(profile: SimulationProfile.Name) async throws {
        let end = Locked<(@Sendable () -> Bool)?>(nil)
        var run = Simulation(seed: 3, profile: profile, records: 2)
        run.profile.edits = 4
        run.settleTime = 200_000
        run.quietTime = 1_000
        run.whenOver = { pair in
            end.withLock { $0 = { [weak pair] in pair == nil } }
        }
        _ = try await run.runApart()
        let isGone = try #require(end.withLock { $0 })
        #expect(isGone())
    }

    private final class Held: Sendable {
        private let end: @Sendable () -> Void

        init(_ end: @escaping @Sendable () -> Void) {
            self.end = end
        }

        deinit { self.end() }
    }
}
