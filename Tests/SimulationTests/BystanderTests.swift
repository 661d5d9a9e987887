import SimulationKit
import SyncCore
import Testing

/// Another integration beside the engine, and the engine that signs in with what ends.
struct BystanderTests {
    /// The first so many seeds of `worlds` that are as asked for.
    private static func seeds(
        _ count: Int,
        _ isMeant: (SimulationProfile) -> Bool
    ) -> ArraySlice<UInt64> {
        (UInt64(1)...400).filter { isMeant(.drawn(.worlds, seed: $0)) }.prefix(count)
    }

    /// A run in which the other app gets nothing done would hold every promise as well.
    @Test func `everything that the other app does is carried out`() async throws {
        var done: Set<String> = []
        var (sent, served) = (0, 0)
        for seed in Self.seeds(8, { $0.worlds?.bystander?.percent == 90 }) {
            let report = try await Simulation(seed: seed, profile: .worlds).runApart()
            #expect(report.violations.isEmpty, "\(seed): \(report.violations.prefix(3))")
            #expect(report.probes[.hubspotServedOthers] ?? 0 > 0)
            #expect(report.probes[.salesforceServedOthers] ?? 0 > 0)
            #expect(report.bystander.unserved.isEmpty)
            done.formUnion(report.bystander.tallies.filter { $0.value.done > 0 }.keys)
            sent += report.bystander.sent
            served += report.bystander.done
        }
        #expect(BystanderFacts.topics.subtracting(done).isEmpty)
        #expect(sent > 500)
        #expect(served * 100 >= sent * 90, "\(served) of \(sent)")
    }

    @Test func `an engine whose refresh tokens work once goes on after deaths and lost replies`()
        async throws
    {
        let seeds = Self.seeds(2) {
            $0.worlds?.signIn?.rotates == true && $0.worlds?.signIn?.hubspotLifetime != nil
                && $0.kills > 0 && $0.weather.lostRepliesPercent > 0
                && $0.worlds?.sessionLifetime != nil
        }
        #expect(!seeds.isEmpty)
        var replayed = 0
        for seed in seeds {
            let report = try await Simulation(seed: seed, profile: .worlds).runApart()
            #expect(report.violations.isEmpty, "\(seed): \(report.violations.prefix(3))")
            #expect(report.kills > 0)
            replayed += report.probes[.refreshTokenReplayed] ?? 0
        }
        #expect(replayed > 0, "no reply with a new refresh token was lost")
    }
}
