import SimulationKit
import Testing

/// The list of fields changes between two runs of the engine.
struct FieldListsTests {
    // That a seed is one run, and that mutants are caught, scripts/simulate sees.
    @Test func `a seed breaks no promise`() async throws {
        let first = try await Simulation(seed: 1, profile: .fields).runApart()
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
