import SyncCore

/// Every value that a person wrote has a fate: it lives on both sides, the same side's people
/// replaced it, a newer edit of the other side won, a conflict with both values is in the history,
/// the other side refused it and somebody was told, or the edit fell into the window between a guard
/// read and its write or met a change that its CRM did not show yet ("raced").
struct NoSilentLoss: Checker {
    static let name = "noSilentLoss"

    /// How far apart two edits must be for the later one to be the newer (tolerance, whole seconds).
    static let tolerance: Int64 = 3_000
    /// How long a write can be under way: seen, sent, looked for, sent again.
    static let sendingMax: Int64 = 720_000

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
        let keys = evidence.firstKeyed
        var (raced, lost) = (0, [String]())
        let changes = Dictionary(grouping: groups.joined()) {
            "\($0.side) \($0.record) \($0.field)"
        }
        for group in groups {
            for (place, (edit, next)) in zip(group, group.dropFirst()).enumerated()
            where !edit.isEngine && next.isEngine && edit.value != next.value {
                let source =
                    "\(edit.side.other) \(edit.record) \(edit.field) \(next.value)"
                let other = "\(edit.side.other) \(edit.record) \(edit.field)"
                let others = changes[other] ?? []
                let written = others.filter(\.isEngine)
                if Self.isPutBack(place, in: group, written, next.at, evidence) {
                    continue
                }
                let made = origin[source]?.last { $0 <= next.at }
                if let made, made > edit.at - Self.tolerance { continue }
                if Self.isOverruled(edit, by: next, in: evidence) { continue }
                if evidence.isRefused(edit, before: next.at, keys) { continue }
                if Self.mayBeOurs(edit, origin, in: evidence) { continue }
                if Self.isForgotten(next, written, in: evidence) { continue }
                if Self.isRecorded(edit, by: next, in: evidence) { continue }
                if evidence.isRaced(edit, by: next)
                    || evidence.metUnseen(edit, before: next, others)
                {
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
        _ written: [Evidence.Change],
        _ decided: Int64,
        _ evidence: Evidence
    ) -> Bool {
        let edit = group[place]
        for earlier in group[..<place].reversed() {
            // An edit that is known to have come over to the other side became the base.
            let wentOver = written.contains {
                $0.value == earlier.value && (earlier.at...edit.at).contains($0.at)
                    && Self.isConfirmed($0, before: edit.at, decided, evidence)
            }
            if earlier.value == edit.value { return true }
            // A write without a reply that was overwritten before anybody looked is as if unsent.
            if earlier.isEngine, Self.isConfirmed(earlier, before: edit.at, decided, evidence) {
                return false
            }
            if wentOver { return false }
        }
        // Before the first change the field was blank.
        return edit.value.isEmpty
    }

    /// `decided`: when the edit was overwritten: a backup may have returned by then.
    private static func isConfirmed(
        _ write: Evidence.Change,
        before time: Int64,
        _ decided: Int64,
        _ evidence: Evidence
    ) -> Bool {
        let spans = evidence.forgotten.spans.filter { $0.upperBound <= decided }
        // Lines from before a CRM's first reply have the engine's own clock.
        let hasOwnClock = evidence.profile.clocks != nil
        return evidence.journal.contains { line in
            guard !spans.contains(where: { $0.contains(line.at) }) else { return false }
            let values = evidence.values(of: line)
            let value = line.target == .hubspot ? values.hubspot : values.salesforce
            return (line.kind == .confirmed && line.field == write.field || line.kind == .linked)
                && line.target == write.side && line.hubspotID == write.record
                && (line.kind == .linked || value == write.value)
                && (line.at >= write.at - 1_000 || hasOwnClock && line.kind == .confirmed)
                && line.at <= time
        }
    }

    /// Whether an edit put the very value that the engine may have been sending there.
    ///
    /// Where a write's reply got lost meanwhile, a value that stands where it may have been sent counts
    /// as stored: nothing tells a person's from ours.
    private static func mayBeOurs(
        _ edit: Evidence.Change,
        _ origin: [String: [Int64]],
        in evidence: Evidence
    ) -> Bool {
        let profile = evidence.profile
        let key = "\(edit.side.other) \(edit.record) \(edit.field) \(edit.value)"
        let made = origin[key]?.last { (edit.at - Self.sendingMax...edit.at).contains($0) }
        guard let made else { return false }
        // A reply that could not be read is as good as none.
        let spoils = profile.hasFailingCRMs || profile.weather.wire != nil
        return evidence.frames.contains { frame in
            frame.side == edit.side && frame.isWrite && (made...edit.at).contains(frame.leftAt)
                && (spoils || frame.deliveredAt == nil)
        }
    }

    /// Whether a value came over that the engine itself had put there and that it took for an edit,
    /// because a backup has returned since (decision 0012).
    private static func isForgotten(
        _ write: Evidence.Change,
        _ written: [Evidence.Change],
        in evidence: Evidence
    ) -> Bool {
        let spans = evidence.forgotten.spans.filter { $0.upperBound <= write.at }
        // What stands there is the last that was put there.
        guard let source = written.last(where: { $0.at <= write.at }) else { return false }
        return source.value == write.value && spans.contains { $0.contains(source.at) }
    }

    /// Whether the rule gives an edit no chance against a value of the other side, seen or not.
    private static func isOverruled(
        _ edit: Evidence.Change,
        by next: Evidence.Change,
        in evidence: Evidence
    ) -> Bool {
        switch evidence.followed.first(where: { $0.hubspot == edit.field })?.rule {
        case .alwaysSalesforce: edit.side == .hubspot
        case .alwaysHubSpot: edit.side == .salesforce
        case .preferSalesforce: edit.side == .hubspot && next.isSet
        case .preferHubSpot: edit.side == .salesforce && next.isSet
        case .twoWay, .fillEmpty, .dontSync, nil: false
        }
    }

    /// Whether the history has both values of an edit that was not the newer one.
    ///
    /// That is a conflict, or an edit that the rule takes back. At a first match the base is what was overwritten.
    private static func isRecorded(
        _ edit: Evidence.Change,
        by next: Evidence.Change,
        in evidence: Evidence
    ) -> Bool {
        let isHubSpot = edit.side == .hubspot
        // Lines from before a CRM's first reply have the engine's own clock.
        let hasOwnClock = evidence.profile.clocks != nil
        let times = edit.at - 1_000...max(edit.at, next.at) + Self.sendingMax
        return evidence.journal.contains { line in
            guard line.hubspotID == edit.record, line.field == edit.field else { return false }
            let values = evidence.values(of: line)
            switch line.kind {
            case .conflict, .overruled:
                let (own, other) =
                    isHubSpot
                    ? (values.hubspot, values.salesforce) : (values.salesforce, values.hubspot)
                return own == edit.value && other == next.value
                    && (hasOwnClock || times.contains(line.at))
            case .confirmed:
                guard line.target == edit.side,
                    line.reason.hasPrefix("First sync") || Self.isFirst(line, in: evidence)
                else { return false }
                let bases = evidence.bases(of: line)
                return (isHubSpot ? bases.hubspot : bases.salesforce) == edit.value
                    && (isHubSpot ? values.hubspot : values.salesforce) == next.value
            case .decided, .rejected, .linked, .inclusion, .deleted, .round, .held, .unknown:
                return false
            }
        }
    }

    /// Whether a line tells the first write of its field after the records had met.
    private static func isFirst(_ line: JournalEntry, in evidence: Evidence) -> Bool {
        evidence.journal.first {
            $0.kind == .confirmed && $0.hubspotID == line.hubspotID && $0.field == line.field
        } == line
    }
}
