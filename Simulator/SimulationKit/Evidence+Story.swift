import MockHubSpot
import SyncCore
import SyncStore

extension Evidence {
    /// The most lines that a failure tells.
    package static let storyMax = 15

    /// What people and the engine did to the record that a violation names, oldest first.
    ///
    /// Only the last lines of it; where it names nobody, the last of everything.
    func story(of violation: Violation) -> [String] {
        let words = Set(violation.story.split { " :,".contains($0) }.map(String.init))
        let changes = self.changes().joined()
        let records = self.records(named: words)
        let fields = words.intersection(self.followed.map(\.hubspot))
        var lines = changes.filter { change in
            (records.isEmpty || records.contains(change.record))
                && (fields.isEmpty || fields.contains(change.field))
        }.map { ($0.at, Self.line($0, names: records.count != 1)) }
        lines += self.journal.filter { line in
            records.contains(line.hubspotID ?? "")
                && (fields.isEmpty || line.field.map { fields.contains($0) } != false)
        }.map { ($0.at, Self.line($0)) }
        // Stable: what the CRMs saw comes before what the engine noted at the same time.
        lines.sort { $0.0 < $1.0 }
        let issues = self.findings.map(\.finding).filter { records.contains($0.hubspotID ?? "") }
            .prefix(3).map { finding in
                (["open issue", finding.code.rawValue] + finding.details).joined(separator: " ")
            }
        let room = Self.storyMax - issues.count
        guard lines.count > room else { return lines.map { Self.told($0) } + issues }
        return ["(\(lines.count - room + 1) earlier lines)"]
            + lines.suffix(room - 1).map { Self.told($0) } + issues
    }

    /// The HubSpot ids of the records that the words name by either id.
    private func records(named words: Set<String>) -> Set<String> {
        Set(
            self.contacts.filter { contact in
                words.contains(contact.id)
                    || contact[self.object.keyProperty].map { words.contains($0) } ?? false
            }.map(\.id)
        )
    }

    private static func told(_ line: (at: Int64, text: String)) -> String {
        "\(RunClock.text(line.at - VirtualTime.epoch))  \(line.text)"
    }

    private static func line(_ change: Change, names: Bool) -> String {
        let who = "\(change.isEngine ? "engine writes" : "person writes") in \(change.side)"
        let value = change.value.isEmpty ? "(blank)" : change.value
        return "\(who): \(names ? change.record + " " : "")\(change.field) = \(value)"
    }

    private static func line(_ line: JournalEntry) -> String {
        let values = [line.hubspotValue, line.salesforceValue].map {
            $0.map { String(decoding: $0, as: UTF8.self) } ?? "-"
        }
        let field = line.field.map { " \($0)" } ?? ""
        return "engine notes: \(line.kind.rawValue)\(field), "
            + "hubspot \(values[0]), salesforce \(values[1]): \(line.reason)"
    }
}
