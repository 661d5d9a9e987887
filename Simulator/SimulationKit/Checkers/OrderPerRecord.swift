import SyncCore

/// What was written to one field comes to the other side in the order in which it was written: an
/// older value never lands on a newer one.
struct OrderPerRecord: Checker {
    static let name = "orderPerRecord"

    func violations(in evidence: Evidence) -> [String] {
        let groups = evidence.changes()
        var written: [String: [Int64]] = [:]
        // What the engine brought to a side counts there as well: a rule may send it back.
        for change in groups.joined() {
            written[Self.key(change.side, change), default: []].append(change.at)
        }
        return groups.flatMap { group -> [String] in
            var newest = Int64.min
            return group.compactMap { change -> String? in
                guard change.isEngine else { return nil }
                // A value can have been written several times: the engine may mean any of them.
                let times = (written[Self.key(change.side.other, change)] ?? [])
                    .filter { $0 <= change.at + Self.clocksApart }
                guard let last = times.last else { return nil }
                guard let meant = times.first(where: { $0 >= newest }) else {
                    return "\(change.side) \(change.record) \(change.field): \(change.value) of "
                        + "\(last) at \(change.at), after a value of \(newest)"
                }
                newest = meant
                return nil
            }
        }
    }

    private static func key(_ side: Side, _ change: Evidence.Change) -> String {
        "\(side) \(change.record) \(change.field) \(change.value)"
    }

    /// Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 1_000
}
