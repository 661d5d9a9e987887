import SyncCore
import WireJSON

/// What `duet doctor` prints.
package enum DoctorReport {
    /// One line a finding, with what to do below it; problems first.
    package static func text(_ found: [Diagnosis], _ terminal: Terminal) -> String {
        guard !found.isEmpty else { return "Nothing is in the way." }
        let sorted = found.filter(\.isProblem) + found.filter { !$0.isProblem }
        let lines = sorted.flatMap { one in
            [terminal.bold((one.isProblem ? "✗ " : "· ") + one.cause), "  " + one.nextStep]
        }
        return lines.joined(separator: "\n")
    }

    package static func json(_ found: [Diagnosis]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.name("found")
            root.array { list in
                for one in found {
                    list.object { item in
                        item.member("side", one.side.rawValue)
                        item.member("code", one.code.rawValue)
                        item.member("subject", one.subject)
                        item.member("isProblem", one.isProblem)
                        item.member("message", one.cause)
                        item.member("nextStep", one.nextStep)
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
