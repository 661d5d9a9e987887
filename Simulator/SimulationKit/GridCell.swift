package import SyncCore

/// One cell of the coverage grid: a rule, both sides' states, a field type and what went on.
package struct GridCell: Sendable, Hashable {
    package enum Circumstance: String, Sendable, Hashable, CaseIterable {
        case plain
        /// The engine's process had died before.
        case crash
        /// A write of the record waited when it was decided.
        case race
    }

    package var rule: SyncRule
    /// 0 blank, 1 value, 2 edited, 3 cleared.
    package var hubspot: Int
    package var salesforce: Int
    package var type: FieldType
    package var circumstance: Circumstance

    package init(
        rule: SyncRule,
        hubspot: Int,
        salesforce: Int,
        type: FieldType,
        circumstance: Circumstance
    ) {
        self.rule = rule
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.type = type
        self.circumstance = circumstance
    }
}
