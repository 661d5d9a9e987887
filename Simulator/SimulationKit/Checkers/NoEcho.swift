/// A value that the engine wrote comes not back to it as an edit: it writes a value to a field again
/// only if a person changed that field since, on either side.
struct NoEcho: Checker {
    static let name = "noEcho"

    func violations(in evidence: Evidence) -> [String] {
        evidence.fieldChanges().flatMap { key, changes -> [String] in
            let edits = changes.filter { !$0.isEngine }
            var written: [String: Int64] = [:]
            var problems: [String] = []
            for change in changes where change.isEngine {
                let before = written.updateValue(
                    change.at,
                    forKey: "\(change.side) \(change.value)"
                )
                // What was changed before that write may have been seen after it only.
                let isNew = before.map { before in
                    edits.contains {
                        $0.at <= change.at && $0.at + evidence.unseenMax($0.side) >= before
                    }
                }
                if isNew == false {
                    problems.append(
                        "\(change.side) \(key): \(change.value) again at \(change.at), "
                            + "nobody had changed it"
                    )
                }
            }
            return problems
        }
    }
}
