import SimulationKit
import SyncCore
import Testing

/// The list of fields changes between two runs of the engine.
struct FieldListsTests {
    struct Mutant: Sendable, CustomTestStringConvertible {
        var sabotage: Sabotage
        /// The promise that it breaks.
        var invariant = "fieldListsHold"
        var testDescription: String { self.sabotage.rawValue }
    }

    private static let mutants = [
        Mutant(sabotage: .keepsOldLists), Mutant(sabotage: .takesUnreadForBlank),
        Mutant(sabotage: .comparesByPlace, invariant: "decisionsAreRight"),
    ]

    @Test(arguments: Self.mutants)
    func `whoever breaks it is caught within eight seeds`(mutant: Mutant) async throws {
        var caught: Set<String> = []
        for seed in 1...8 where !caught.contains(mutant.invariant) {
            let run = Simulation(seed: UInt64(seed), profile: .fields, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains(mutant.invariant), "\(caught)")
    }

    @Test func `a seed is one run and breaks no promise`() async throws {
        let first = try await Simulation(seed: 1, profile: .fields).runApart()
        let again = try await Simulation(seed: 1, profile: .fields).runApart()
        #expect(first == again)
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
