import SyncCore
import WireJSON

/// What `duet doctor` prints.
package enum DoctorReport {
    /// What is in the way alone, each with what to do next.
    package static func problems(_ checks: [Check], _ terminal: Terminal) -> String {
        checks.filter { $0.found.contains(where: \.isProblem) }
            .flatMap { Self.lines($0, terminal) }.joined(separator: "\n")
    }

    /// A line for each thing that was looked at, by CRM, with what is in the way below it, and what to do next.
    package static func text(_ checks: [Check], _ terminal: Terminal) -> String {
        var lines: [String] = []
        for side in Side.allCases {
            lines.append(terminal.bold(Words.name(of: side)))
            for check in checks where check.side == side { lines += Self.lines(check, terminal) }
        }
        return (lines + ["", Self.next(checks)]).joined(separator: "\n")
    }

    private static func lines(_ check: Check, _ terminal: Terminal) -> [String] {
        let mark =
            check.found.isEmpty
            ? terminal.green("✓")
            : check.found.contains(where: \.isProblem) ? terminal.red("✗") : "!"
        let head = "  \(mark) \(Self.name(of: check.topic)): \(check.shown)"
        let found = check.found.filter(\.isProblem) + check.found.filter { !$0.isProblem }
        return [head]
            + found.flatMap { one in
                [
                    "      \(one.isProblem ? "✗" : "!") \(one.cause)",
                    terminal.dim("        \(one.nextStep)"),
                ]
            }
    }

    private static func next(_ checks: [Check]) -> String {
        let found = checks.flatMap(\.found)
        let problems = found.count(where: \.isProblem)
        guard problems > 0 else {
            let known = found.isEmpty ? "" : " What stands behind ! stops nothing."
            return "Nothing is in the way.\(known) Next: duet plan"
        }
        return
            "\(problems) thing\(problems == 1 ? " is" : "s are") in the way: mend what stands behind ✗, then run "
            + "`duet doctor` again."
    }

    private static func name(of topic: Check.Topic) -> String {
        switch topic {
        case .account: "Account"
        case .scopes: "Scopes"
        case .rights: "Rights"
        case .fields: "Fields"
        case .keys: "Key fields"
        case .calls: "API calls"
        case .clock: "Clock"
        case .version: "API version"
        case .trial: "Trial"
        case .native: "HubSpot's own connection"
        }
    }

    package static func json(_ checks: [Check]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.name("checks")
            root.array { list in
                for check in checks {
                    list.object { item in
                        item.member("side", check.side.rawValue)
                        item.member("topic", check.topic.rawValue)
                        item.member("shown", check.shown)
                        item.name("found")
                        item.array { found in for one in check.found { Self.write(one, to: &found) }
                        }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ one: Diagnosis, to list: inout JSONWriter) {
        list.object { item in
            item.member("code", one.code.rawValue)
            item.member("subject", one.subject)
            item.member("isProblem", one.isProblem)
            item.member("message", one.cause)
            item.member("nextStep", one.nextStep)
        }
    }
}
