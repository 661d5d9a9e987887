/// After its time to settle nothing waits to be written or read.
struct NothingOpen: Checker {
    static let name = "nothingOpen"

    func violations(in evidence: Evidence) -> [String] {
        var problems: [String] = []
        if evidence.openEntries > 0 { problems.append("\(evidence.openEntries) writes wait") }
        if evidence.parked > 0 { problems.append("\(evidence.parked) reads wait") }
        return problems
    }
}
