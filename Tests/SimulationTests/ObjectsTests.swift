import SimulationKit
import Testing

/// Contacts that come and go among those who are synced and change hands, tasks and calls, through the whole engine.
struct ObjectsTests {
    // That a seed is one run, and that mutants are caught, scripts/simulate sees.
    @Test func `a seed of all of it breaks no promise`() async throws {
        let seed = try #require(
            (1...100).map { UInt64($0) }.first { seed in
                SimulationProfile.drawn(.objects, seed: seed).objects.map { plan in
                    !plan.words.isEmpty && plan.hasOwners && plan.hasActivities
                        && plan.tells == true
                } == true
            }
        )
        let first = try await Simulation(seed: seed, profile: .objects).runApart()
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
