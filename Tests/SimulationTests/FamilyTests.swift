import SimulationKit
import Testing

/// Companies, people and deals that belong to one another, through the whole engine.
struct FamilyTests {
    // That a seed is one run, and that mutants are caught, scripts/simulate sees.
    @Test func `a seed of companies and deals breaks no promise`() async throws {
        let first = try await Simulation(seed: 4, profile: .family).runApart()
        #expect(first.kills > 0, "nothing was killed")
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
