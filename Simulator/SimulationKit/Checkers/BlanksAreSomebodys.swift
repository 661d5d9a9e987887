import SyncCore

/// A value is taken away only where somebody cleared it on the other side: what the integration may
/// not see is not blank.
struct BlanksAreSomebodys: Checker {
    static let name = "blanksAreSomebodys"

    func violations(in evidence: Evidence) -> [String] {
        // A survivor's blanks are the merged record's.
        guard evidence.profile.lives == nil else { return [] }
        return evidence.fieldChanges().flatMap { key, changes in
            changes.filter { $0.isEngine && !$0.isSet && $0.value.isEmpty && !$0.isCreate }
                .compactMap { write -> String? in
                    let isCleared = changes.contains {
                        $0.side != write.side && $0.value.isEmpty
                            && $0.at <= write.at + Self.clocksApart
                    }
                    guard !isCleared, !Self.wasNeverSeen(write, changes, in: evidence) else {
                        return nil
                    }
                    return "\(write.side) \(key) was cleared at \(write.at), nobody had done so"
                }
        }
    }

    /// Whether people had moved the record to a company that was deleted before anybody could look: what is left
    /// to be seen is that it does not belong to the former one any more.
    private static func wasNeverSeen(
        _ write: Evidence.Change,
        _ changes: [Evidence.Change],
        in evidence: Evidence
    ) -> Bool {
        let profile = evidence.profile
        let source = write.side.other
        let said = changes.last { $0.side == source && $0.at <= write.at }
        guard let said, !said.isEngine, let left = evidence.parents[source]?[said.value] else {
            return false
        }
        let reach =
            evidence.unseenMax(source) + 2 * profile.pollInterval
            + 8 * Int64(profile.weather.latencyMax)
            + (evidence.kills > 0 ? Int64(profile.deadMax) : 0)
        return left.contains { (said.at...said.at + reach).contains($0.at) }
    }

    /// Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 1_000
}
