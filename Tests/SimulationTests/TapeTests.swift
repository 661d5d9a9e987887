import SimulationKit
import Synchronization
import Testing

/// Runs as data: played again, made smaller.
struct TapeTests {
    @Test(arguments: [SimulationProfile.Name.crash])
    func `a tape plays the very run it was taken from`(profile: SimulationProfile.Name) async throws
    {
        let first = try await Simulation(seed: 5, profile: profile).runApart()
        let again = try await Simulation(tape: first.tape).runApart()
        #expect(again.traceHash == first.traceHash)
        #expect(again == first)
        #expect(first.tape.size > 100, "there was something to choose")
    }

    private var tape: Tape {
        Tape(
            seed: 5,
            profile: .drawn(.swarm, seed: 5),
            records: 12,
            sabotage: nil,
            choices: [.people: Array(repeating: 2, count: 300)]
        )
    }

    @Test func `an empty tape is a calm run in which nobody does anything`() async throws {
        var tape = self.tape
        tape.choices = [:]
        let report = try await Simulation(tape: tape).runApart()
        #expect(report.violations.isEmpty)
        #expect(report.kills == tape.profile.kills, "its processes die at once, one by one")
        #expect(report.conflicts == 0)
    }

    @Test func `shrinking leaves what the failure needs and nothing else`() async throws {
        var tape = self.tape
        tape.choices[.faults] = [0, 7, 7, 0, 9, 7, 0, 7, 7, 7]
        tape.choices[.network] = Array(repeating: 3, count: 200)
        tape.choices[.schedule] = Array(repeating: 1, count: 3_000)
        let isNeeded: @Sendable (Tape) -> Bool = { tape in
            let faults = tape.choices[.faults] ?? []
            let network = tape.choices[.network] ?? []
            return faults.count > 4 && faults[4] == 9 && network.count > 100 && network[100] == 3
        }
        var shrinker = Shrinker(invariant: "test", runsMax: 2_000, breaks: isNeeded)
        let small = shrinker.shrink(tape)
        #expect(isNeeded(small))
        #expect(small.choices[.faults] == [0, 0, 0, 0, 9, 7])
        #expect(small.choices[.schedule] == [])
        #expect(small.choices[.people] == [])
        #expect(small.choices[.network]?.count { $0 != 0 } == 4, "one message's choices")
        #expect(shrinker.runs < 200)
    }

    @Test func `shrinking stops at its bound`() async throws {
        let tape = self.tape
        var shrinker = Shrinker(invariant: "test", runsMax: 7) { _ in false }
        #expect(shrinker.shrink(tape) == tape)
        #expect(shrinker.runs == 7)
    }
}
