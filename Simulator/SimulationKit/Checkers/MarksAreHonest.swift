/// No durable mark passes a change that nothing in the store accounts for: no poll would ever show
/// it again.
struct MarksAreHonest: Checker {
    static let name = "marksAreHonest"

    func violations(in evidence: Evidence) -> [String] { evidence.passedChanges }
}
