import SimulationKit
import SyncCore
import Testing

/// Tasks, calls and an object that both accounts have made themselves, with contacts and deletes, through the whole engine.
struct TiesTests {
    struct Mutant: Sendable, CustomTestStringConvertible {
        var sabotage: Sabotage
        /// The promise that it breaks.
        var invariant: String
        /// Whether a seed has what it breaks.
        var isMet: @Sendable (SimulationProfile) -> Bool
        var testDescription: String { self.sabotage.rawValue }
    }

    private static let mutants = [
        Mutant(sabotage: .keepsFormerTies, invariant: "partnersAgree") {
            $0.ties?.hasActivities == true
        },
        Mutant(sabotage: .keepsFormerTies, invariant: "partnersAgree") {
            $0.ties?.hasActivities == false
        },
        Mutant(sabotage: .ignoresLabels, invariant: "partnersAgree") {
            $0.ties?.hasWares == true && $0.ties?.isLabelled == true
        },
        Mutant(sabotage: .overlooksDeletes, invariant: "deletesGoOver") {
            $0.ties?.fromHubSpot == .delete || $0.ties?.fromSalesforce == .delete
        },
        Mutant(sabotage: .forgetsErasures, invariant: "erasedStayErased") { $0.erasures != nil },
    ]

    @Test(arguments: Self.mutants)
    func `whoever breaks it is caught within eight seeds that have it`(
        mutant: Mutant
    ) async throws {
        var caught: Set<String> = []
        let seeds = (1...100).map { UInt64($0) }.filter {
            mutant.isMet(SimulationProfile.drawn(.ties, seed: $0))
        }
        for seed in seeds.prefix(8) where !caught.contains(mutant.invariant) {
            let run = Simulation(seed: seed, profile: .ties, sabotage: mutant.sabotage)
            caught.formUnion(try await run.runApart().violations.map(\.invariant))
        }
        #expect(caught.contains(mutant.invariant), "\(caught)")
    }

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
