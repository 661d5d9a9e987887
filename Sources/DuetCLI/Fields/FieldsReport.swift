package import CRMInterface
import SyncCore
import WireJSON

/// What `duet fields` prints.
package enum FieldsReport {
    /// The fields by CRM, each with what it holds and what it is for.
    package static func list(_ fields: [NewField], _ terminal: Terminal) -> String {
        Side.allCases.flatMap { side -> [String] in
            let own = fields.filter { $0.side == side }
            guard !own.isEmpty else { return [] }
            let table = TextTable(
                header: ["FIELD", "LABEL", "HOLDS", "FOR"],
                rows: own.map { [$0.place, $0.label, $0.kind.shown, $0.note] },
                textColumns: [0, 1, 2, 3]
            )
            return [terminal.bold(Words.name(of: side))] + table.lines()
        }.joined(separator: "\n")
    }

    package static func text(_ survey: FieldSurvey, _ terminal: Terminal) -> String {
        var lines: [String] = []
        if !survey.missing.isEmpty {
            lines += [self.list(survey.missing, terminal), ""]
        }
        lines += self.rest(survey)
        let count = survey.missing.count
        lines.append(
            count == 0
                ? "No field is missing that could be made. Next: duet doctor"
                : "\(count) field\(count == 1 ? " is" : "s are") missing. Next: duet fields create"
        )
        return lines.joined(separator: "\n")
    }

    package static func text(_ outcome: FieldsOutcome, _ terminal: Terminal) -> String {
        var lines = outcome.made.map { "\(terminal.green("✓")) \($0.place)" }
        for field in outcome.refused {
            lines.append("\(terminal.red("✗")) \(field.place)")
            guard let error = outcome.errors[field.place] else { continue }
            lines += ["    \(error.cause)", terminal.dim("    \(self.nextStep(field, error))")]
        }
        lines += self.rest(outcome.after)
        let isHidden = !outcome.after.hidden.isEmpty
        let end =
            !outcome.after.left.isEmpty
            ? "Mend what is told above."
            : outcome.made.isEmpty ? "Nothing was missing." : "What was asked for is there."
        lines.append(
            outcome.refused.isEmpty
                ? "\(end) Next: "
                    + (isHidden ? "duet doctor --permission-set" : "duet doctor")
                : "\(outcome.refused.count) could not be made. Next: duet fields"
        )
        return lines.joined(separator: "\n")
    }

    /// What cannot be made here, and what is there and hidden.
    private static func rest(_ survey: FieldSurvey) -> [String] {
        var lines = survey.left.map { "! \($0.field) is missing and is not made: \($0.reason)." }
        if !survey.hidden.isEmpty {
            lines.append(
                "! Salesforce's integration user does not see \(survey.hidden.joined(separator: ", ")) yet: give it a "
                    + "permission set that lists them."
            )
        }
        return lines
    }

    /// Who may not make fields needs another right than the one that the refusal is about.
    private static func nextStep(_ field: NewField, _ error: SyncError) -> String {
        guard error.code == .rejected || error.code == .forbidden else { return error.nextStep }
        switch field.side {
        case .hubspot:
            return
                "Give the app the scope crm.schemas.\(field.object).write for this (custom objects: "
                + "crm.schemas.custom.write, tickets: tickets), or make it by hand: Settings, Properties."
        case .salesforce:
            return
                "Give the integration user Customize Application for this, or make it by hand: Setup, Object Manager, "
                + "\(field.object), Fields & Relationships."
        }
    }

    package static func json(_ survey: FieldSurvey) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            self.write("missing", survey.missing, to: &root)
            self.write(survey, to: &root)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package static func json(_ outcome: FieldsOutcome) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            self.write("made", outcome.made, to: &root)
            root.name("refused")
            root.array { list in
                for field in outcome.refused {
                    list.object { item in
                        item.member("field", field.place)
                        guard let error = outcome.errors[field.place] else { return }
                        item.member("message", error.cause)
                        item.member("nextStep", self.nextStep(field, error))
                    }
                }
            }
            self.write(outcome.after, to: &root)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ survey: FieldSurvey, to root: inout JSONWriter) {
        root.name("left")
        root.array { list in
            for left in survey.left {
                list.object { item in
                    item.member("field", left.field)
                    item.member("reason", left.reason)
                }
            }
        }
        root.name("hidden")
        root.array { list in for field in survey.hidden { list.string(field) } }
    }

    private static func write(_ name: String, _ fields: [NewField], to root: inout JSONWriter) {
        root.name(name)
        root.array { list in
            for field in fields {
                list.object { item in
                    item.member("side", field.side.rawValue)
                    item.member("field", field.place)
                    item.member("label", field.label)
                    item.member("holds", field.kind.shown)
                    item.member("for", field.note)
                }
            }
        }
    }
}
