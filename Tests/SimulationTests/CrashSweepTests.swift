import SimulationKit
import SyncCore
import Testing

/// The engine dies at moments of a small scenario, one run each.
struct CrashSweepTests {
    private func scenario(dyingAt point: Int, _ sabotage: Sabotage? = nil) -> Simulation {
        var run = Simulation(seed: 1, profile: .calm, records: 2, sabotage: sabotage)
        run.profile.edits = 4
        run.deathPoint = point
        run.settleTime = 1_800_000
        run.quietTime = 400_000
        return run
    }

    @Test func `nothing is lost or made twice wherever it dies`() async throws {
        let whole = try await self.scenario(dyingAt: 0).runApart()
        #expect(whole.workPoints > 100)
        for point in stride(from: 1, through: whole.workPoints, by: 97) {
            let report = try await self.scenario(dyingAt: point).runApart()
            #expect(report.kills == 1, "it died at \(point)")
            #expect(report.violations.isEmpty, "at \(point): \(report.violations.prefix(2))")
        }
    }
}
