/// A value that the engine wrote comes not back to it as an edit: it writes a value to one field no
/// more often than people wrote that value, on either side.
struct NoEcho: Checker {
    static let name = "noEcho"

    func violations(in evidence: Evidence) -> [String] {
        var problems: [String] = []
        let groups = evidence.changes()
        var given: [String: [Int64]] = [:]
        for change in groups.joined() where !change.isEngine {
            given["\(change.record) \(change.field) \(change.value)", default: []].append(change.at)
        }
        for group in groups {
            var written: [String: Int] = [:]
            for change in group {
                guard change.isEngine else {
                    written = [:]
                    continue
                }
                written[change.value, default: 0] += 1
                let times = given["\(change.record) \(change.field) \(change.value)"] ?? []
                let allowed = times.count { $0 <= change.at }
                // A value from before the link may have been written once by the first match.
                guard written[change.value, default: 0] > max(1, allowed) else { continue }
                problems.append(
                    "\(change.side) \(change.record) \(change.field): \(change.value) "
                        + "\(written[change.value, default: 0]) times, people \(allowed)"
                )
            }
        }
        return problems
    }
}
