import SyncCore

/// With each write that is given up an issue is stored, or a question that a read answers.
struct RefusalsAreTold: Checker {
    static let name = "refusalsAreTold"

    func violations(in evidence: Evidence) -> [String] {
        evidence.refusals.filter { !$0.isTold }.map {
            "\($0.target) refused \($0.sourceID), nobody was told"
        }
    }
}
