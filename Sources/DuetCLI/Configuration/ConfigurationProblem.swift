/// One thing wrong with a configuration, with its place and what to write instead.
package struct ConfigurationProblem: Sendable, Hashable, Comparable {
    package var place: Configuration.Place
    package var message: String
    package var suggestion: String?

    package init(_ place: Configuration.Place, _ message: String, suggestion: String? = nil) {
        self.place = place
        self.message = message
        self.suggestion = suggestion
    }

    package static func < (left: ConfigurationProblem, right: ConfigurationProblem) -> Bool {
        (left.place, left.message) < (right.place, right.message)
    }

    /// `duet.yaml:8:21: …` as editors and people read it.
    package func text(in path: String) -> String {
        let hint = self.suggestion.map { " \($0)" } ?? ""
        return "\(path):\(self.place.line):\(self.place.column): \(self.message)\(hint)"
    }
}
