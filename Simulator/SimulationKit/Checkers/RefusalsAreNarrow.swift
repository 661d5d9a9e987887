import SyncCore

/// A field that a CRM refuses holds nothing else back: the rest of its write goes again at once.
struct RefusalsAreNarrow: Checker {
    static let name = "refusalsAreNarrow"

    func violations(in evidence: Evidence) -> [String] {
        // What broke shortly before may have refused it as well.
        let slack = 4 * Int64(evidence.profile.weather.latencyMax) + 2_000
        return evidence.refusals.filter(\.isUpdate).compactMap { refusal in
            let breaks = evidence.breaks.filter {
                $0.from <= refusal.at && refusal.at - slack <= $0.to ?? .max
            }
            let names = Set(breaks.compactMap(\.field))
            guard !breaks.isEmpty, breaks.allSatisfy({ $0.field != nil }) else { return nil }
            let held = refusal.left.filter { !names.contains($0) }
            guard !held.isEmpty, !names.isDisjoint(with: refusal.left) else { return nil }
            return "\(refusal.target) refused \(names.sorted()) of \(refusal.sourceID) at "
                + "\(refusal.at), \(held) does not go again"
        }
    }
}
