import HTTPTransport
import SyncCore
import SyncStore

/// When the disk under the engine's store is full, fails or is slow, and when it is backed up.
package struct SimulatedDiskFaults: Sendable {
    /// How often, and how long.
    package struct Plan: Sendable, Hashable, Codable {
        /// How many turns there are.
        package var turns: Int
        /// The longest time between two turns, in milliseconds.
        package var pauseMax: Int
        /// The longest time that something is wrong, in milliseconds.
        package var spellMax: Int
        /// The longest time that a slow disk holds the process, in milliseconds.
        package var stallMax: Int
        /// Whether backups take the store's place at some of the deaths.
        package var restores: Bool
    }

    /// Pause, turn, length; before or after, stall and failure of a call.
    static let choicesOfOne = 3

    let pair: SimulatedPair
    let plan: Plan

    /// Turns until it is over; then nothing is wrong any more.
    func run(until isOver: @Sendable () -> Bool) async throws {
        let choices = self.pair.choices
        for _ in 0..<self.plan.turns {
            let pause = choices.choose(.disk, below: self.plan.pauseMax)
            let turn = choices.choose(.disk, below: 6)
            let length = Int64(choices.choose(.disk, below: max(1, self.plan.spellMax)))
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            if isOver() { break }
            switch turn {
            case 1, 2:
                try self.pair.store.setFull(true)
                try await self.pair.time.sleep(milliseconds: length)
                try self.pair.store.setFull(false)
            case 3:
                try await self.spell(.init(failuresPercent: 20), length)
            case 4:
                try await self.spell(.init(stallMax: self.plan.stallMax), length)
            case 5:
                if self.plan.restores {
                    try await self.pair.disk.backUp(at: self.pair.time.wallMilliseconds)
                }
            default: continue
            }
        }
    }

    private func spell(_ weather: SimulatedDisk.Weather, _ length: Int64) async throws {
        self.pair.disk.set(weather)
        try await self.pair.time.sleep(milliseconds: length)
        self.pair.disk.set(.init())
    }
}
