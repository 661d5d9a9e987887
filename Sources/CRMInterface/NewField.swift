package import SyncCore

/// A field that is to be made in a CRM.
package struct NewField: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Holds the other CRM's id of the record; no two records have the same.
        case key
        case text
        case email
        case number(scale: Int)
        case checkbox
        case date
        case dateTime
        /// `isMultiple`: several may be chosen at once.
        case choice([ObjectDescription.Pick], isMultiple: Bool)
    }

    package var side: Side
    /// As the CRM's API calls it.
    package var object: String
    package var name: String
    package var label: String
    package var kind: Kind
    /// Who made it and what for, as people will read it in the CRM.
    package var note: String

    package init(
        _ side: Side,
        _ object: String,
        _ name: String,
        label: String,
        kind: Kind,
        note: String
    ) {
        self.side = side
        self.object = object
        self.name = name
        self.label = label
        self.kind = kind
        self.note = note
    }
}
