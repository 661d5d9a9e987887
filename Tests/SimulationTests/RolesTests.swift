import SimulationKit
import SyncCore
import Testing

/// Who plays which role in a deal, through the whole engine.
struct RolesTests {
    struct Mutant: Sendable, CustomTestStringConvertible {
        var sabotage: Sabotage
        /// Whether a seed has what it breaks.
        var isMet: @Sendable (SimulatedRoles.Plan) -> Bool = { _ in true }
        var testDescription: String { self.sabotage.rawValue }
    }

    private static let mutants = [
        Mutant(sabotage: .ignoresRoles), Mutant(sabotage: .forgetsAgreements),
        Mutant(sabotage: .takesHiddenForUntied, isMet: \.hides),
    ]

    @Test(arguments: Self.mutants)
    func `whoever breaks it is caught within eight seeds that have it`(
        mutant: Mutant
    ) async throws {
        var caught: Set<String> = []
        let seeds = (1...100).map { UInt64($0) }.filter {
            SimulationProfile.drawn(.roles, seed: $0).roles.map(mutant.isMet) == true
        }
        for seed in seeds.prefix(8) where !caught.contains("rolesAgree") {
            let run = Simulation(seed: seed, profile: .roles, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains("rolesAgree"), "\(caught)")
    }

    @Test func `a seed with hidden ones is one run and breaks no promise`() async throws {
        let seed = try #require(
            (1...100).map { UInt64($0) }.first {
                SimulationProfile.drawn(.roles, seed: $0).roles?.hides == true
            }
        )
        let first = try await Simulation(seed: seed, profile: .roles).runApart()
        let again = try await Simulation(seed: seed, profile: .roles).runApart()
        #expect(first == again)
        #expect(first.violations.isEmpty, "\(first.violations.prefix(3))")
    }
}
