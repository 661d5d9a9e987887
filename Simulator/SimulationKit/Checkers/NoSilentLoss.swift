import SyncCore

/// Every value that a person wrote has a fate: it lives on both sides, the same side's people
/// replaced it, a newer edit of the other side won, a conflict with both values is in the history,
/// or the edit fell into the window between a guard read and its write ("raced").
struct NoSilentLoss: Checker {
    static let name = "noSilentLoss"

    /// How far apart two edits must be for the later one to be the newer (tolerance, whole seconds).
    static let tolerance: Int64 = 3_000
    /// The oldest a guard read may be when its write leaves.
    static let guardAge: Int64 = 5_000

    func violations(in evidence: Evidence) -> [String] {
        self.fates(in: evidence).lost
    }

    /// How many edits fell into the window, and which were lost outside of it.
    func fates(in evidence: Evidence) -> (raced: Int, lost: [String]) {
        let groups = evidence.changes()
        var origin: [String: Int64] = [:]
        for change in groups.joined() where !change.isEngine {
            origin["\(change.side) \(change.record) \(change.field) \(change.value)"] = change.at
        }
        let window = Self.guardAge + 2 * Int64(evidence.profile.weather.latencyMax)
        var (raced, lost) = (0, [String]())
        for group in groups {
            for (edit, next) in zip(group, group.dropFirst())
            where !edit.isEngine && next.isEngine && edit.value != next.value {
                let source =
                    "\(edit.side.other) \(edit.record) \(edit.field) \(next.value)"
                if let written = origin[source], written > edit.at - Self.tolerance { continue }
                if Self.isRecorded(edit, winner: next.value, in: evidence.journal) { continue }
                if next.at - edit.at <= window {
                    raced += 1
                    continue
                }
                lost.append(
                    "\(edit.side) \(edit.record) \(edit.field): \(edit.value) of \(edit.at) "
                        + "gave way to the older \(next.value) at \(next.at)"
                )
            }
        }
        return (raced, lost)
    }

    private static func isRecorded(
        _ edit: Evidence.Change,
        winner: String,
        in journal: [JournalEntry]
    ) -> Bool {
        journal.contains { line in
            let values = [line.hubspotValue, line.salesforceValue]
            return line.kind == .conflict && line.hubspotID == edit.record
                && values.contains(Array(edit.value.utf8))
                && values.contains(Array(winner.utf8))
        }
    }
}
