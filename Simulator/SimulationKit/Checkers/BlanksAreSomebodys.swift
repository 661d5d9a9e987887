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
                    guard !isCleared else { return nil }
                    return "\(write.side) \(key) was cleared at \(write.at), nobody had done so"
                }
        }
    }

    /// Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 1_000
}
