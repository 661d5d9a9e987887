import SimulationKit
import Testing

/// Tasks, calls and an object that both accounts have made themselves, with contacts and deletes, through the whole engine.
struct TiesTests {
    @Test func `a seed of all of it breaks no promise`() async throws {
        let seed = try #require(
            (1...100).map { UInt64($0) }.first { seed in
                SimulationProfile.drawn(.ties, seed: seed).ties.map { plan in
                    plan.hasActivities && plan.hasWares
                } == true
            }
        )
        // That a seed is one run, scripts/simulate sees.
        let report = try await Simulation(seed: seed, profile: .ties).runApart()
        #expect(report.violations.isEmpty, "\(report.violations.prefix(3))")
    }
}
