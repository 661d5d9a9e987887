/// A run that did not come to its end, with everything it had chosen until then.
package struct HungSimulation: Error, Sendable, CustomStringConvertible {
    /// What reports call the promise that it broke.
    package static let invariant = "runsToItsEnd"

    package var description: String
    package var tape: Tape

    /// The promise that every run comes to its end, broken.
    package var violation: Violation {
        Violation(invariant: Self.invariant, story: self.description)
    }

    init(_ error: any Error, tape: Tape) {
        self.tape = tape
        self.description =
            switch error as? SimulationExecutor.Failure {
            case .deadlock(let jobs): "somebody waits for ever, after \(jobs) jobs"
            case .foreignThread(let jobs): "something left the executor, after \(jobs) jobs"
            case .tooManyJobs(let jobs):
                "no end after \(jobs) jobs: somebody goes round in circles"
            case nil: "the world itself failed: \(error)"
            }
    }
}
