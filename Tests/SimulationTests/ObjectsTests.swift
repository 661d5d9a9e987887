import SimulationKit
import SyncCore
import Testing

/// Contacts that come and go among those who are synced and change hands, tasks and calls, through the whole engine.
struct ObjectsTests {
    struct Mutant: Sendable, CustomTestStringConvertible {
        var sabotage: Sabotage
        /// The promise that it breaks.
        var invariant: String
        /// Whether a seed has what it breaks.
        var isMet: @Sendable (SimulatedObjects.Plan) -> Bool
        var testDescription: String { self.sabotage.rawValue }
    }

    private static let mutants = [
        Mutant(sabotage: .writesLeftOut, invariant: "leftOutStaysAlone") {
            $0.looksInHubSpot || $0.looksInSalesforce
        },
        Mutant(sabotage: .ownsForNeighbours, invariant: "ownersAreOnePerson") { $0.hasOwners },
        Mutant(sabotage: .notesTwice, invariant: "activitiesAreOne") { $0.hasActivities },
    ]

    @Test(arguments: Self.mutants)
    func `whoever breaks it is caught within eight seeds that have it`(
        mutant: Mutant
    ) async throws {
        var caught: Set<String> = []
        let seeds = (1...100).map { UInt64($0) }.filter {
            SimulationProfile.drawn(.objects, seed: $0).objects.map(mutant.isMet) == true
        }
        for seed in seeds.prefix(8) where !caught.contains(mutant.invariant) {
            let run = Simulation(seed: seed, profile: .objects, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains(mutant.invariant), "\(caught)")
    }

    @Test func `a seed of all of it is one run`() async throws {
        let seed = try #require(
            (1...100).map { UInt64($0) }.first { seed in
                SimulationProfile.drawn(.objects, seed: seed).objects.map { plan in
                    !plan.words.isEmpty && plan.hasOwners && plan.hasActivities
                } == true
            }
        )
        let first = try await Simulation(seed: seed, profile: .objects).runApart()
        let again = try await Simulation(seed: seed, profile: .objects).runApart()
        #expect(first == again)
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
