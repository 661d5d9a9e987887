/// Everything that is wrong with a configuration, found in one reading.
package struct ConfigurationProblems: Error, Sendable, Hashable, CustomStringConvertible {
    package var path: String
    package var problems: [ConfigurationProblem]

    package init(path: String, problems: [ConfigurationProblem]) {
        self.path = path
        self.problems = problems.sorted()
    }

    package var description: String {
        self.problems.map { $0.text(in: self.path) }.joined(separator: "\n")
    }
}
