import SimulationKit
import SyncCore
import Testing

/// The engine as a daemon while people edit both sides, messages get lost and its process dies.
struct EngineSimulationTests {
    @Test(arguments: [SimulationProfile.Name.swarm, .crash])
    func `one seed is one run, to the last byte sent`(profile: SimulationProfile.Name) async throws
    {
        let first = try await Simulation(seed: 3, profile: profile).runApart()
        let again = try await Simulation(seed: 3, profile: profile).runApart()
        #expect(first == again)
        #expect(first.jobs > 1_000)
        #expect(first.records >= 12, "somebody was there")
    }

    @Test(arguments: SimulationProfile.quick, [UInt64(1)])
    func `every promise holds`(profile: SimulationProfile.Name, seed: UInt64) async throws {
        let report = try await Simulation(seed: seed, profile: profile).runApart()
        #expect(report.violations.isEmpty, "\(profile) \(seed): \(report.violations.prefix(3))")
        switch profile {
        case .calm: #expect(report.unknownCalls == 0)
        case .lite: #expect(report.unknownCalls > 0, "the weather was fine")
        case .crash: #expect(report.kills > 0, "nothing was killed")
        case .lateLanding, .partition: #expect(report.unknownCalls > 0, "everything arrived")
        case .quota: #expect(report.deferrals > 0, "there were calls enough")
        case .swarm, .late, .hide, .storm, .duplicate, .garbage, .clock, .merge, .schema, .long,
            .quarrel, .disk, .tiny, .crowd, .strict, .rules, .rights, .worlds, .feeds,
            .family, .objects, .ties, .roles, .fields, .segments:
            break
        }
    }

    /// Found by the simulator: two entries of one record; the value that the first one wrote looked
    /// like an edit to the second, which carried an older look at that side.
    @Test func `an entry's look from before our own write is no edit`() async throws {
        let report = try await Simulation(seed: 8, profile: .calm).runApart()
        #expect(report.violations.isEmpty, "\(report.violations.prefix(3))")
    }

    /// Found by the simulator: an edit of a field that was held as flapping moved its base, and a
    /// later look at the other side's older edit won without a line in the history.
    @Test func `an edit of a flapping field is not overruled by an older one`() async throws {
        for profile in [SimulationProfile.Name.calm, .crash] {
            let report = try await Simulation(seed: 6, profile: profile).runApart()
            #expect(report.violations.isEmpty, "\(profile): \(report.violations.prefix(3))")
        }
    }

    /// Found by the simulator: a create that was answered as an update of what was there left a link
    /// without bases; each side was read for the sake of the other, for ever.
    @Test func `a create that arrived twice does not read in circles`() async throws {
        let report = try await Simulation(seed: 11, profile: .duplicate).runApart()
        #expect(report.violations.isEmpty, "\(report.violations.prefix(3))")
        #expect(report.hubspotCalls < 2_000)
    }

    /// Found by the simulator: a refused create of the newest record was tried again in each cycle.
    @Test func `a refused create is not tried again until somebody edits the record`() async throws
    {
        let report = try await Simulation(seed: 13, profile: .schema).runApart()
        #expect(report.violations.isEmpty, "\(report.violations.prefix(3))")
    }

    @Test func `creates without a key are caught`() async throws {
        var caught: [Violation] = []
        for seed in [UInt64(5), 1] {
            let run = Simulation(seed: seed, profile: .lite, sabotage: .createsWithoutKey)
            caught += try await run.runApart().violations
        }
        #expect(caught.contains { $0.invariant == "atMostOneCreate" }, "a canary that must fail")
    }
}
