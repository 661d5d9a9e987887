package import SyncCore

/// What the engine's wall clock does, and when its process stands still.
package struct SimulatedClocks: Sendable {
    package struct Plan: Sendable, Hashable, Codable {
        /// How many times something happens.
        package var turns: Int
        /// The longest time between two of them, in milliseconds.
        package var pauseMax: Int
        /// How wrong the engine's wall clock is at the start, in milliseconds.
        package var offset: Int64
        /// How far the clock is set forth or back at most, in milliseconds.
        package var stepMax: Int
        /// The longest time that the process stands still, in milliseconds.
        package var stillMax: Int
        /// How far each CRM's own clock is ahead, in milliseconds.
        ///
        /// Between the two lies less than the tolerance within which no edit is the newer one.
        package var hubspotOffset: Int64
        package var salesforceOffset: Int64
        /// Of a hundred edits, how many are followed by one of the other side at once.
        package var clashesPercent: Int

        /// How far a CRM's own clock is ahead, in milliseconds.
        package func offset(of side: Side) -> Int64 {
            side == .hubspot ? self.hubspotOffset : self.salesforceOffset
        }
    }

    /// Pause, kind, size, sign.
    static let choicesOfOne = 4

    let pair: SimulatedPair
    let plan: Plan

    func start() {
        self.pair.engineTime.set(ahead: self.plan.offset, drift: 0)
        self.pair.world.with { state, _ in
            state.sideOffsets = [
                .hubspot: self.plan.hubspotOffset, .salesforce: self.plan.salesforceOffset,
            ]
        }
    }

    func run(
        _ living: @Sendable () -> SimulatedProcess?,
        until isOver: @Sendable () -> Bool
    ) async throws {
        let choices = self.pair.choices
        for _ in 0..<self.plan.turns {
            let pause = choices.choose(.clocks, below: self.plan.pauseMax)
            let kind = choices.choose(.clocks, below: 6)
            let part = Int64(choices.choose(.clocks, below: 1_000))
            let sign: Int64 = choices.choose(.clocks, below: 2) == 0 ? 1 : -1
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            if isOver() { break }
            if (1...3).contains(kind) { self.pair.recorder.probes.hit(.clockJumped) }
            let step = sign * part * Int64(self.plan.stepMax) / 1_000
            switch kind {
            case 1, 2: self.pair.engineTime.set(ahead: step, drift: 0)
            // Up to five percent: a clock nobody could work with.
            case 3: self.pair.engineTime.set(ahead: 0, drift: sign * part * 50)
            case 4, 5:
                guard let process = living() else { continue }
                try await self.standStill(process, part * Int64(self.plan.stillMax) / 1_000)
            default: continue
            }
        }
    }

    private func standStill(_ process: SimulatedProcess, _ milliseconds: Int64) async throws {
        let start = self.pair.time.wallMilliseconds
        process.pause()
        self.pair.wire.stops(process)
        try await self.pair.time.sleep(milliseconds: milliseconds)
        self.pair.wire.stoodStill(start...self.pair.time.wallMilliseconds)
        process.goOn()
    }
}
