/// Which of an object's records are a mapping's, where several mappings share the object.
///
/// HubSpot has tasks, calls, e-mails and notes; all of them are Tasks in Salesforce.
package struct RowShare: Sendable, Hashable {
    /// The records' values of `field` that are the mapping's.
    package enum Values: Sendable, Hashable {
        /// These.
        case only([String])
        /// Every other one, and none at all.
        case except([String])
    }

    /// What tells, such as `TaskSubtype`.
    package var field: String
    package var values: Values
    /// Whether the mapping's records are those that have its key.
    package var isKeyed: Bool
    /// Keys of other mappings: who has one of them is theirs.
    package var foreignKeys: [String]

    package init(
        field: String,
        values: Values,
        isKeyed: Bool = false,
        foreignKeys: [String] = []
    ) {
        self.field = field
        self.values = values
        self.isKeyed = isKeyed
        self.foreignKeys = foreignKeys
    }

    /// Whether a record is the mapping's.
    ///
    /// `hasKey`: whether it has the mapping's own key. `value`: what one of its fields holds.
    package func keeps(hasKey: Bool, _ value: (String) -> String?) -> Bool {
        if self.isKeyed, !hasKey { return false }
        if self.foreignKeys.contains(where: { value($0)?.isEmpty == false }) { return false }
        let own = value(self.field) ?? ""
        return switch self.values {
        case .only(let names): names.contains(own)
        case .except(let names): !names.contains(own)
        }
    }
}
