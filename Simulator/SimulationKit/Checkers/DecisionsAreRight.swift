/// Every field of every decision is what the reference grids say, from the values that it was made
/// from; what was not written has moved its bases, what was written has not.
struct DecisionsAreRight: Checker {
    static let name = "decisionsAreRight"

    func violations(in evidence: Evidence) -> [String] { evidence.wrongDecisions }
}
