/// What one run found and what it cost.
package struct SimulationReport: Sendable, Hashable {
    package var seed: UInt64
    package var profile: SimulationProfile
    /// Equal for equal runs of one build.
    package var traceHash: UInt64
    package var violations: [Violation]
    package var records: Int
    package var jobs: Int
    /// Virtual milliseconds.
    package var virtualTime: Int64
    package var hubspotCalls: Int
    package var salesforceCalls: Int
    /// Calls whose fate the engine never learned.
    package var unknownCalls: Int
    package var kills: Int
    package var conflicts: Int
    /// Edits that fell between a guard read and its write.
    package var raced: Int
    package var findings: Int
    /// How many times a record was decided.
    package var decisions: Int
    /// The cells of the grids that decisions met, with counts.
    package var cells: [GridCell: Int]
    /// How often a pass ended with something that waits for the day's calls.
    package var deferrals: Int
    /// What happened to the record of the first violation that names one: the last lines of it.
    package var story: [String]
    /// How many moments the first process had at which a death makes a difference.
    package var points: Int
    /// How many of these came before the last edit had its first two minutes.
    package var workPoints: Int
    /// Every request in order, where the run was asked to tell.
    package var lines: [String]
    /// The run itself.
    package var tape: Tape
    /// How often what was to happen did.
    package var probes: [Probe: Int] = [:]
    /// What another app's requests came to.
    package var bystander = BystanderFacts()
    /// What happened, where the run was asked to keep it.
    package var recording: Recording?
}
