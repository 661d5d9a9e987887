import SimulationKit
import Testing

/// Who plays which role in a deal, through the whole engine.
struct RolesTests {
    // That a seed is one run, and that mutants are caught, scripts/simulate sees.
    @Test func `a seed with hidden ones breaks no promise`() async throws {
        let seed = try #require(
            (1...100).map { UInt64($0) }.first {
                SimulationProfile.drawn(.roles, seed: $0).roles?.hides == true
            }
        )
        let first = try await Simulation(seed: seed, profile: .roles).runApart()
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
