/// A value that the engine wrote comes not back to it as an edit: it writes no value twice to one
/// field unless a person wrote in between.
struct NoEcho: Checker {
    static let name = "noEcho"

    func violations(in evidence: Evidence) -> [String] {
        var problems: [String] = []
        for group in evidence.changes() {
            var written: Set<String> = []
            for change in group {
                guard change.isEngine else {
                    written = []
                    continue
                }
                if !written.insert(change.value).inserted {
                    problems.append(
                        "\(change.side) \(change.record) \(change.field): \(change.value) twice"
                    )
                }
            }
        }
        return problems
    }
}
