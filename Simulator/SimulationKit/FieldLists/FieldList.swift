import SyncCore

/// Which fields of contacts the configuration names besides those that are always there, from some time on.
struct FieldList: Sendable, Hashable {
    /// True time; no process runs.
    var from: Int64
    /// Each with its rule.
    var fields: [SimulatedField]

    func rule(of name: String) -> SyncRule? { self.fields.first { $0.hubspot == name }?.rule }
}
