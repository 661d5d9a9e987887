import SyncCore

/// What a rule never writes is not written: "always" rules leave their own side alone, "don't sync"
/// both, and "fill if empty" overwrites nothing.
struct RulesHoldTheirSide: Checker {
    static let name = "rulesHoldTheirSide"

    func violations(in evidence: Evidence) -> [String] {
        let rules = Dictionary(
            uniqueKeysWithValues: evidence.followed.map { ($0.hubspot, $0.rule) }
        )
        return evidence.changes().flatMap { group -> [String] in
            guard let rule = group.first.flatMap({ rules[$0.field] }) else { return [] }
            return group.indices.compactMap { place -> String? in
                let change = group[place]
                guard change.isEngine, !change.isCreate else { return nil }
                let isWrong: Bool
                switch rule {
                case .alwaysSalesforce: isWrong = change.side == .salesforce
                case .alwaysHubSpot: isWrong = change.side == .hubspot
                case .dontSync: isWrong = true
                case .fillEmpty:
                    // A person may have filled it within the race window.
                    let before = place > 0 ? group[place - 1] : nil
                    isWrong =
                        before.map {
                            $0.isSet && ($0.isEngine || !evidence.isRaced($0, by: change))
                        } ?? false
                case .twoWay, .preferSalesforce, .preferHubSpot: isWrong = false
                }
                guard isWrong else { return nil }
                return "\(change.side) \(change.record) \(change.field) (\(rule.rawValue)) "
                    + "= \(change.value) at \(change.at)"
            }
        }
    }
}
