import SyncCore
import WireJSON

/// What `duet mapping check` says of a configuration.
package struct MappingVerdict: Sendable, Hashable {
    package var path: String
    package var rows: Int
    package var mappings: Int
    package var problems: [ConfigurationProblem]
    package var traps: [MappingTrap]
    /// What else is worth knowing, a sentence each.
    package var notices: [String]

    package init(
        _ configuration: Configuration,
        problems: [ConfigurationProblem] = [],
        notices: [String] = []
    ) {
        self.path = configuration.path
        self.rows = configuration.mappings.reduce(0) { $0 + $1.fields.count }
        self.mappings = configuration.mappings.count
        self.problems = problems
        self.traps = MappingTrap.found(in: configuration)
        self.notices = notices
    }

    package var text: String {
        let lines =
            self.problems.map { "✗ \($0.text(in: self.path))" }
            + self.traps.map { "! \($0.text(in: self.path))" } + self.notices.map { "! \($0)" }
        let size =
            "\(self.rows) rows of \(self.mappings) mapping\(self.mappings == 1 ? "" : "s")"
        let end =
            self.problems.isEmpty
            ? "\(size) fit both accounts. Next: duet plan"
            : "\(self.problems.count) of \(size) do not fit: mend what stands behind ✗."
        return (lines + [end]).joined(separator: "\n")
    }

    package var json: String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.member("fits", self.problems.isEmpty)
            root.name("problems")
            root.array { list in
                for problem in self.problems {
                    list.object { item in
                        item.member("line", problem.place.line)
                        item.member("column", problem.place.column)
                        item.member("message", problem.message)
                        if let hint = problem.suggestion { item.member("suggestion", hint) }
                    }
                }
            }
            root.name("traps")
            root.array { list in
                for trap in self.traps {
                    list.object { item in
                        item.member("code", trap.code.rawValue)
                        item.member("line", trap.place.line)
                        item.member("column", trap.place.column)
                        item.member("message", trap.message)
                    }
                }
            }
            root.name("notices")
            root.array { list in for notice in self.notices { list.string(notice) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
