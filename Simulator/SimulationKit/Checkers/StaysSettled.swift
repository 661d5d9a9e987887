/// Once settled, further polls write nothing.
struct StaysSettled: Checker {
    static let name = "staysSettled"

    func violations(in evidence: Evidence) -> [String] {
        let more = evidence.versionsAtEnd - evidence.versionsWhenSettled
        return more == 0 ? [] : ["\(more) writes after everything was settled"]
    }
}
