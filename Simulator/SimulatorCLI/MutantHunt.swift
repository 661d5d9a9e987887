import SimulationKit
import SyncCore

/// One mutant against many runs: which checkers notice it, and how soon.
///
/// What a run breaks without the mutant too is not its doing and does not count.
struct MutantHunt: Sendable {
    let mutant: Sabotage
    /// How many seeds in each of the profiles.
    let seeds: Int
    /// Whether all runs are made, also after the first that noticed.
    let isWhole: Bool
    /// Runs that broke when the engine had such faults, for a mutant that lives through all others.
    let tapes: [Tape]

    struct Outcome: Sendable {
        var mutant: Sabotage
        /// Runs until the first that noticed, or all where none did.
        var runs = 0
        /// The first run that gave it away; `nil` while it lives.
        var broken: BrokenRun?
        /// How many runs broke each promise.
        var by: [String: Int] = [:]

        /// The one checker that notices it, if it is only one.
        var only: String? { self.by.count == 1 ? self.by.keys.first : nil }
    }

    func run() throws -> Outcome {
        var outcome = Outcome(mutant: self.mutant)
        for seed in UInt64(1)...UInt64(self.seeds) {
            for profile in SimulationProfile.quick {
                try self.meet(Simulation(seed: seed, profile: profile), &outcome)
                if outcome.broken != nil, !self.isWhole { return outcome }
            }
        }
        guard outcome.broken == nil else { return outcome }
        // What only a rare turn of one profile shows is looked for there, and longer.
        if let lair = Self.lairs[self.mutant] {
            for seed in UInt64(self.seeds + 1)...UInt64(self.seeds + Self.lairSeeds) {
                try self.meet(Simulation(seed: seed, profile: lair), &outcome)
                if outcome.broken != nil { return outcome }
            }
        }
        for tape in self.tapes {
            try self.meet(Simulation(tape: tape), &outcome)
            if outcome.broken != nil { return outcome }
        }
        return outcome
    }

    private func meet(_ sane: Simulation, _ outcome: inout Outcome) throws {
        if outcome.broken == nil { outcome.runs += 1 }
        var run = sane
        run.sabotage = self.mutant
        guard var broken = try run.outcome().broken else { return }
        let sane = try sane.outcome().broken
        let usual = Set(sane?.violations.map(\.invariant) ?? [])
        broken.violations.removeAll { usual.contains($0.invariant) }
        guard !broken.violations.isEmpty else { return }
        for name in Set(broken.violations.map(\.invariant)) {
            outcome.by[name, default: 0] += 1
        }
        outcome.broken = outcome.broken ?? broken
    }

    /// Where a mutant shows that all profiles together show too rarely.
    private static let lairs: [Sabotage: SimulationProfile.Name] = [
        // A read that grew old between two slow calls.
        .guardsNeverAge: .swarm,
        // A wait that a clock set back makes a day long.
        .trustsOwnClock: .clock,
        // A call that waits for its turn while its record is decided again.
        .sendsSuperseded: .schema, .ignoresLimits: .storm,
        // A slow disk between the last question and the wire, and one that refuses a ledger line.
        .leavesLate: .disk, .losesUnbookedReplies: .disk,
        // A machine that stops between a poll's end and the next call of the store.
        .syncsMarksLate: .crash,
        // A field that is held while a rule stands, and a duplicate that comes between two polls.
        .losesHolds: .rules, .tiesWhatResembles: .rules,
        .stopsWordless: .worlds, .keepsOldSegments: .worlds,
        .writesUnmapped: .worlds,
        .makesChildrenFirst: .family, .losesWoken: .family, .tiesToNeighbours: .family,
        .clearsForDeleted: .family, .shiftsStages: .family,
        .writesLeftOut: .objects, .ownsForNeighbours: .objects, .notesTwice: .objects,
        .keepsFormerTies: .ties, .ignoresLabels: .ties, .overlooksDeletes: .ties,
        .forgetsErasures: .ties,
        .ignoresRoles: .roles, .forgetsAgreements: .roles, .takesHiddenForUntied: .roles,
        .comparesByPlace: .fields, .keepsOldLists: .fields, .takesUnreadForBlank: .fields,
        .losesChangeEvents: .feeds, .losesJournalEvents: .feeds, .losesWebhooks: .feeds,
        // Three values of a field within the hour.
        .writesOlderFirst: .swarm,
        // A record that is made while a scan of many pages is read.
        .readsToTheNewest: .tiny,
        .opensOnSecondReply: .lateLanding, .forgetsLateLandings: .lateLanding,
    ]
    /// How many seeds of its lair a mutant may live through after all others.
    private static let lairSeeds = 800
}
