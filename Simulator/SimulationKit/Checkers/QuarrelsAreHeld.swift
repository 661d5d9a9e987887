import SyncCore
import SyncRuntime
import SyncStore

/// Where workflows of both CRMs rewrite a field after every write, the engine answers a few times an
/// hour and then leaves it alone.
struct QuarrelsAreHeld: Checker {
    static let name = "quarrelsAreHeld"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.profile.hasQuarrel else { return [] }
        return evidence.fieldChanges().flatMap { key, changes -> [String] in
            // People are answered as often as they write.
            let people = changes.filter { !$0.isEngine && !SimulatedQuarrel.isWorkflow($0.value) }
            // A write whose reply is lost goes again, a few times; the history says so.
            let again = evidence.journal.filter {
                $0.reason == RecordStep.replyWasLost
                    && key == "\($0.hubspotID ?? "") \($0.field ?? "")"
            }
            return Side.allCases.compactMap { side in
                // Copies that a proxy made are not the engine's doing.
                let writes = changes.filter {
                    $0.isEngine && $0.side == side && !evidence.cameUnread($0)
                        && !evidence.isLanding($0)
                }.map(\.at)
                let start = writes.first { start in
                    let hour = start...(start + Self.hour)
                    let count = writes.count { hour.contains($0) }
                    let resent = again.count { $0.target == side && hour.contains($0.at) }
                    return count > Self.most + min(resent, RuntimeSettings().attemptsMax)
                        + people.count { hour.contains($0.at) }
                }
                return start.map { "\(side) \(key) was written again and again from \($0) on" }
            }
        }
    }

    private static let hour: Int64 = 3_600_000
    /// The first write, three rounds, and one whose round was not seen as one yet.
    private static let most = 5
}
