import HTTPTransport
import SyncCore

/// When the weather turns, and who cannot be reached meanwhile.
package struct SimulatedOutages: Sendable {
    /// How often, and how long.
    package struct Plan: Sendable, Hashable, Codable {
        /// How many turns there are.
        package var turns: Int
        /// The longest time between two turns, in milliseconds.
        package var pauseMax: Int
        /// The longest time that a CRM cannot be reached, in milliseconds.
        package var cutMax: Int
        /// Whether messages get lost and spoiled in bursts only, with calm between them.
        package var hasBursts: Bool
    }

    /// Pause, turn, manner and two lengths.
    static let choicesOfOne = 5

    let pair: SimulatedPair
    let plan: Plan
    /// The weather of a burst.
    let weather: SimulatedNetwork.Weather

    /// Turns the weather until it is over; then nothing is cut any more.
    func run(until isOver: @Sendable () -> Bool) async throws {
        let choices = self.pair.choices
        var calm = self.weather
        (calm.lostRequestsPercent, calm.lostRepliesPercent, calm.wire) = (0, 0, nil)
        if self.plan.hasBursts { self.set(calm) }
        for _ in 0..<self.plan.turns {
            let pause = choices.choose(.outages, below: self.plan.pauseMax)
            let turn = choices.choose(.outages, below: 6)
            let how = SimulatedWire.Cut(rawValue: choices.choose(.outages, below: 3)) ?? .refused
            let length = Int64(choices.choose(.outages, below: max(1, self.plan.cutMax)))
            let other = Int64(choices.choose(.outages, below: max(1, self.plan.cutMax)))
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            if isOver() { break }
            switch turn {
            case 1: self.pair.wire.cut(.hubspot, how, for: length)
            case 2: self.pair.wire.cut(.salesforce, how, for: length)
            case 3:
                // Both, and they come back one after the other.
                self.pair.wire.cut(.hubspot, how, for: length)
                self.pair.wire.cut(.salesforce, how, for: other)
            case 4, 5:
                guard self.plan.hasBursts else { continue }
                self.set(self.weather)
                try await self.pair.time.sleep(milliseconds: length)
                self.set(calm)
            default: continue
            }
        }
    }

    private func set(_ weather: SimulatedNetwork.Weather) {
        self.pair.weather.withLock { $0 = weather }
    }
}
