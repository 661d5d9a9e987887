import SimulationKit
import Testing

/// Segments of HubSpot's say which contacts and deals are synced.
struct SegmentProfileTests {
    // That a seed is one run, and that mutants are caught, scripts/simulate sees.
    @Test func `a seed breaks no promise`() async throws {
        let first = try await Simulation(seed: 1, profile: .segments).runApart()
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
