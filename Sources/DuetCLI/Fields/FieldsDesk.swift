import CRMInterface
package import SyncCore

/// Shows a person what is missing, asks, makes it and looks again.
package struct FieldsDesk: Sendable {
    private let dialog: ConnectDialog
    private let terminal: Terminal
    private let author: String
    private let reason: String?
    private let only: [String]
    private let asks: Bool

    package init(
        dialog: ConnectDialog,
        terminal: Terminal,
        author: String,
        reason: String?,
        only: [String],
        asks: Bool
    ) {
        self.dialog = dialog
        self.terminal = terminal
        self.author = author
        self.reason = reason
        self.only = only
        self.asks = asks
    }

    package func run(_ maker: FieldMaker) async throws(SyncError) -> FieldsOutcome {
        let survey = try await maker.survey()
        let wanted = try self.chosen(survey).map(self.signed)
        guard !wanted.isEmpty else { return FieldsOutcome(after: survey) }
        if self.asks { try self.agree(to: wanted) }
        let refused = await maker.make(wanted)
        // What was lost on the way may have been made all the same: the accounts know.
        let after = try await maker.survey()
        return FieldsOutcome(wanted, refused, after: after)
    }

    private func chosen(_ survey: FieldSurvey) throws(SyncError) -> [NewField] {
        guard !self.only.isEmpty else { return survey.missing }
        let names = survey.missing.map(\.place)
        for name in self.only where !names.contains(name) {
            throw SyncError(
                code: .usage,
                cause: "\(name) is none of the fields that are missing.",
                nextStep: Suggestion.text(for: name, among: names)
            )
        }
        return survey.missing.filter { self.only.contains($0.place) }
    }

    /// The field with who wants it and why.
    private func signed(_ field: NewField) -> NewField {
        var field = field
        let reason = self.reason.map { " \($0)" } ?? ""
        field.note = "Made by Duet for \(self.author): \(field.note).\(reason)"
        return field
    }

    private func agree(to fields: [NewField]) throws(SyncError) {
        self.dialog.say(FieldsReport.list(fields, self.terminal))
        let count = fields.count == 1 ? "this field" : "these \(fields.count) fields"
        let answer = self.dialog.ask("Make \(count)? [y/N]", false)?.lowercased()
        guard answer == "y" || answer == "yes" else {
            throw SyncError(
                code: .usage,
                cause: "Nothing was made.",
                nextStep: "Answer y, or run `duet fields create --yes`."
            )
        }
    }
}
