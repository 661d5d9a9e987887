import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime
import SyncStore

/// What people wrote last is on the other side within a time that follows from the numbers: what the
/// CRMs hide, the pauses between polls, what a lost reply has to wait for.
struct ConvergesInTime: Checker {
    static let name = "convergesInTime"

    func violations(in evidence: Evidence) -> [String] {
        self.laggards(evidence) + self.tail(evidence)
    }

    /// Where nothing gets lost, what people write comes over with one of the next two polls.
    private func laggards(_ evidence: Evidence) -> [String] {
        let profile = evidence.profile
        guard profile.name == .calm else { return [] }
        let most =
            2 * profile.pollInterval + profile.indexDelay
            + 20 * Int64(profile.weather.latencyMax)
        let holds = Dictionary(grouping: evidence.journal.filter { $0.kind == .held }) {
            "\($0.hubspotID ?? "") \($0.field ?? "")"
        }
        let ages = evidence.fieldChanges().flatMap { key, changes -> [Int64] in
            // An edit that nothing else happened to before it was written on the other side.
            zip(changes, changes.dropFirst()).compactMap { edit, write in
                guard !edit.isEngine, write.isEngine, !write.isCreate, edit.side != write.side,
                    edit.value == write.value
                else { return nil }
                // A field that was changed after each write is left alone for an hour.
                let isHeld = (holds[key] ?? []).contains { hold in
                    hold.at > edit.at - Self.holdTime && hold.at < write.at
                }
                guard !isHeld else { return nil }
                return write.at - edit.at
            }
        }
        let late = ages.count { $0 > most }
        guard late >= 4, late * 100 > ages.count * Self.latePercent else { return [] }
        return ["\(late) of \(ages.count) edits took longer than \(most) ms"]
    }

    private func tail(_ evidence: Evidence) -> [String] {
        guard let bound = Self.bound(evidence), evidence.calmAt > 0 else { return [] }
        let last = evidence.changes().joined().filter(\.isEngine).map(\.at).max() ?? 0
        let passed = last - evidence.calmAt
        guard passed > bound else { return [] }
        return ["the last write came \(passed) ms after everything was calm, \(bound) are allowed"]
    }

    /// Milliseconds from the last edit and the last fault to the last write; `nil` where calls are
    /// too few to tell.
    static func bound(_ evidence: Evidence) -> Int64? {
        let profile = evidence.profile
        guard profile.quota == nil else { return nil }
        let weather = profile.weather
        // Read, looked up, guarded, written, in two polls, each message both ways.
        var bound = 3 * profile.pollInterval + 20 * Int64(weather.latencyMax)
        bound += profile.commitDelay + profile.indexDelay
        // A row that does not count waits so long for one that does.
        bound += Self.searchLagHorizon
        let isLossy =
            weather.lostRepliesPercent + weather.lostRequestsPercent > 0
            || profile.hasFailingCRMs || evidence.kills > 0 || weather.wire != nil
            || profile.outages != nil || profile.clocks != nil || profile.worlds?.access != nil
        if isLossy {
            // Salesforce's longest request since a lost one, and what was parked behind it.
            bound += Self.requestTimeMax + 2 * profile.pollInterval
        }
        // What a poll missed is found by the confirm poll.
        if isLossy || profile.commitDelay > 0 || profile.hidesRecords || evidence.hasLeavings
            || profile.hasAdministrators || profile.worlds != nil
        {
            bound += Self.confirmInterval
        }
        if profile.hasFailingCRMs || profile.hasAdministrators || profile.outages != nil {
            bound += Self.pauseAfterAttempts
        }
        // Who joins is looked for now and then, and who could not be told from others a while after the segment is
        // back; where the walk was left behind, once it begins anew.
        if profile.members != nil, let sweeps = profile.sweepSettings {
            bound += sweeps.joinedInterval + sweeps.refreshInterval + Self.segmentPause
        }
        // A field that both sides fought about is left alone for an hour since the last fight.
        if evidence.journal.contains(where: { $0.kind == .held }) {
            bound += Self.holdTime + profile.pollInterval
        }
        return bound
    }

    /// What is looked at twice waits.
    private static let latePercent = 4
    /// `RuntimeSettings.searchLagHorizon`, in milliseconds.
    private static let searchLagHorizon: Int64 = 120_000
    /// Salesforce's longest request (architecture 5.8).
    private static let requestTimeMax: Int64 = 600_000
    private static let confirmInterval: Int64 = 600_000
    private static let pauseAfterAttempts: Int64 = 3_600_000
    private static let holdTime: Int64 = 3_600_000
    private static let segmentPause: Int64 = 900_000
}
