import SyncCore

/// Every value that the engine wrote was written by a person before, on one side or the other.
struct NoInventedData: Checker {
    static let name = "noInventedData"

    func violations(in evidence: Evidence) -> [String] {
        let changes = evidence.changes().joined()
        var given: [String: Int64] = [:]
        for change in changes where !change.isEngine {
            let key = "\(change.record) \(change.field) \(change.value)"
            given[key] = min(given[key] ?? change.at, change.at)
        }
        let aliases = evidence.madeAgain
        let before = evidence.predecessors(evidence.firstKeyed)
        return changes.compactMap { change -> String? in
            // A blank is nobody's invention, and a checkbox that nobody ticked is not ticked.
            guard change.isEngine, !change.value.isEmpty, change.value != "false" else {
                return nil
            }
            let source = aliases[change.record] ?? change.record
            let names = [source] + (before[source] ?? []).sorted()
            let isGiven = names.contains { name in
                given["\(name) \(change.field) \(change.value)"].map {
                    $0 <= change.at + Self.clocksApart
                } ?? false
            }
            guard !isGiven else { return nil }
            return "\(change.side) \(source) \(change.field) \(change.value) at \(change.at): "
                + "nobody had written that"
        }
    }

    /// Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 1_000
}
