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
        var origin: [String: [Int64]] = [:]
        for change in groups.joined() where !change.isEngine {
            let key = "\(change.side) \(change.record) \(change.field) \(change.value)"
            origin[key, default: []].append(change.at)
        }
        let window = Self.guardAge + 2 * Int64(evidence.profile.weather.latencyMax)
        var (raced, lost) = (0, [String]())
        var written: [String: [Evidence.Change]] = [:]
        for change in groups.joined() where change.isEngine {
            written["\(change.side) \(change.record) \(change.field)", default: []].append(change)
        }
        for group in groups {
            for (place, (edit, next)) in zip(group, group.dropFirst()).enumerated()
            where !edit.isEngine && next.isEngine && edit.value != next.value {
                let source =
                    "\(edit.side.other) \(edit.record) \(edit.field) \(next.value)"
                let other = "\(edit.side.other) \(edit.record) \(edit.field)"
                if Self.isPutBack(place, in: group, written[other] ?? []) { continue }
                let made = origin[source]?.last { $0 <= next.at }
                if let made, made > edit.at - Self.tolerance { continue }
                if Self.isRecorded(edit, winner: next.value, in: evidence.journal) { continue }
                // Salesforce shows no one a change before its transaction ends.
                let hidden = edit.side == .salesforce ? evidence.profile.commitDelay : 0
                if next.at - edit.at <= window + hidden {
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

    /// Whether an edit only put back what was there when both sides were last in step: a side has
    /// changed when it differs from its base, whatever happened in between.
    ///
    /// `written`: what the engine wrote to the same field of the other side.
    private static func isPutBack(
        _ place: Int,
        in group: [Evidence.Change],
        _ written: [Evidence.Change]
    ) -> Bool {
        let edit = group[place]
        for earlier in group[..<place].reversed() {
            // An edit that went over to the other side became the base.
            let wentOver = written.contains {
                $0.value == earlier.value && (earlier.at...edit.at).contains($0.at)
            }
            if earlier.value == edit.value { return true }
            if earlier.isEngine || wentOver { return false }
        }
        // Before the first change the field was blank.
        return edit.value.isEmpty
    }

    private static func isRecorded(
        _ edit: Evidence.Change,
        winner: String,
        in journal: [JournalEntry]
    ) -> Bool {
        journal.contains { line in
            // A blank is stored as no value.
            let values = [line.hubspotValue ?? [], line.salesforceValue ?? []]
            return line.kind == .conflict && line.hubspotID == edit.record
                && values.contains(Array(edit.value.utf8))
                && values.contains(Array(winner.utf8))
        }
    }
}
