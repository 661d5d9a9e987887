import SyncCore

/// Where workflows of both CRMs rewrite a field after every write, the engine answers a few times an
/// hour and then leaves it alone.
struct QuarrelsAreHeld: Checker {
    static let name = "quarrelsAreHeld"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.profile.hasQuarrel else { return [] }
        return evidence.fieldChanges().flatMap { key, changes -> [String] in
            // People are answered as often as they write.
            let people = changes.filter { !$0.isEngine && !SimulatedQuarrel.isWorkflow($0.value) }
            return Side.allCases.compactMap { side in
                let writes = changes.filter { $0.isEngine && $0.side == side }.map(\.at)
                let start = writes.first { start in
                    let hour = start...(start + Self.hour)
                    let count = writes.count { hour.contains($0) }
                    return count > Self.most + people.count { hour.contains($0.at) }
                }
                return start.map { "\(side) \(key) was written again and again from \($0) on" }
            }
        }
    }

    private static let hour: Int64 = 3_600_000
    /// The first write, three rounds, and one whose round was not seen as one yet.
    private static let most = 5
}
