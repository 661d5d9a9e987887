import SimulationKit
import SyncCore
import Testing

/// Companies, people and deals that belong to one another, through the whole engine.
struct FamilyTests {
    struct Mutant: Sendable, CustomTestStringConvertible {
        var sabotage: Sabotage
        /// The promise that it breaks.
        var invariant: String
        /// A seed that is known to show it; the first eight are tried after it.
        var seed: UInt64
        var testDescription: String { self.sabotage.rawValue }
    }

    private static let mutants = [
        Mutant(sabotage: .makesChildrenFirst, invariant: "tiesAgree", seed: 4),
        Mutant(sabotage: .losesWoken, invariant: "tiesAgree", seed: 6),
        Mutant(sabotage: .tiesToNeighbours, invariant: "noInventedData", seed: 2),
        Mutant(sabotage: .clearsForDeleted, invariant: "blanksAreSomebodys", seed: 5),
        Mutant(sabotage: .shiftsStages, invariant: "noInventedData", seed: 1),
    ]

    @Test(arguments: Self.mutants)
    func `whoever breaks what belongs together is caught within eight seeds`(
        mutant: Mutant
    ) async throws {
        var caught: Set<String> = []
        for seed in [mutant.seed] + Array(1...8) where !caught.contains(mutant.invariant) {
            let run = Simulation(seed: seed, profile: .family, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains(mutant.invariant), "\(caught)")
    }

    private static let deleting = [
        Mutant(sabotage: .ignoresBrake, invariant: "deletesAreMeant", seed: 1),
        Mutant(sabotage: .deletesEdited, invariant: "deletesAreMeant", seed: 16),
        Mutant(sabotage: .deletesRestored, invariant: "bothSidesAgree", seed: 16),
    ]

    @Test(arguments: Self.deleting)
    func `whoever deletes what nobody meant is caught within twenty-four seeds with deletes`(
        mutant: Mutant
    ) async throws {
        var caught: Set<String> = []
        let seeds = (1...100).map { UInt64($0) }.filter {
            SimulationProfile.drawn(.family, seed: $0).family?.carried != nil
        }
        for seed in [mutant.seed] + seeds.prefix(24) where !caught.contains(mutant.invariant) {
            let run = Simulation(seed: seed, profile: .family, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains(mutant.invariant), "\(caught)")
    }

    @Test func `a seed of companies and deals is one run`() async throws {
        let first = try await Simulation(seed: 4, profile: .family).runApart()
        let again = try await Simulation(seed: 4, profile: .family).runApart()
        #expect(first == again)
        #expect(first.kills > 0, "nothing was killed")
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
