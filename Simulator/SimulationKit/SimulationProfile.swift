import SyncCore

/// What a simulation is made of: how bad the wire is, how often things fail, how busy people are.
package struct SimulationProfile: Sendable, Hashable {
    /// The named mixes; each seed draws its own numbers within them.
    package enum Name: String, Sendable, Hashable, CaseIterable {
        /// No faults: every count must be exact.
        case calm
        /// Lost messages only.
        case lite
        /// A part of all faults, other parts for other seeds.
        case swarm
        /// The process is killed again and again.
        case crash
    }

    package var name: Name
    package var weather: SimulatedNetwork.Weather
    /// How many times people do something.
    package var edits: Int
    /// The longest pause between two edits, in milliseconds.
    package var pauseMax: Int
    /// How many records most edits go to; few make conflicts.
    package var hotRecords: Int
    /// How many times the engine's process is killed.
    package var kills: Int
    /// Whether the CRMs themselves fail in turns.
    package var hasServerFaults: Bool

    package static func drawn(_ name: Name, seed: UInt64) -> Self {
        var random = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 17)
        var profile = SimulationProfile(
            name: name,
            weather: .calm,
            edits: 60,
            pauseMax: random.pick([2_000, 20_000, 60_000]),
            hotRecords: random.pick([1, 3, 1_000]),
            kills: 0,
            hasServerFaults: false
        )
        switch name {
        case .calm: break
        case .lite:
            profile.weather = .init(
                latencyMax: 2_000,
                lostRequestsPercent: 5,
                lostRepliesPercent: 5
            )
        case .crash:
            profile.kills = 4 + random.below(12)
            profile.weather.latencyMax = random.pick([50, 2_000])
        case .swarm:
            profile.weather = .init(
                latencyMax: random.pick([10, 500, 8_000]),
                lostRequestsPercent: random.pick([0, 0, 5, 20]),
                lostRepliesPercent: random.pick([0, 0, 5, 20])
            )
            profile.kills = random.pick([0, 0, 2, 8])
            profile.hasServerFaults = random.happens(percent: 50)
        }
        return profile
    }
}
