package import CRMInterface
package import SyncCore

/// What became of the fields that people asked for.
package struct FieldsOutcome: Sendable, Hashable {
    package private(set) var made: [NewField] = []
    /// Those that are not there, each with why.
    package private(set) var refused: [NewField] = []
    package private(set) var errors: [String: SyncError] = [:]
    package private(set) var after: FieldSurvey

    package init(
        _ wanted: [NewField] = [],
        _ refused: [String: SyncError] = [:],
        after: FieldSurvey
    ) {
        self.after = after
        let missing = Set(after.missing.map(\.place))
        for field in wanted {
            guard missing.contains(field.place) else {
                self.made.append(field)
                continue
            }
            self.refused.append(field)
            self.errors[field.place] = refused[field.place]
        }
    }
}

extension NewField {
    /// As people name it: `contacts.jobtitle`, `Contact.Title`.
    package var place: String { "\(self.object).\(self.name)" }
}
