/// Which of an object's records are a mapping's, where not all of them are.
///
/// HubSpot has tasks, calls, e-mails and notes; all of them are Tasks in Salesforce. And some of Salesforce's are
/// no activity of their own.
package struct RowShare: Sendable, Hashable {
    /// The records' values of `field` that are the mapping's.
    package enum Values: Sendable, Hashable {
        /// These.
        case only([String])
        /// Every other one, and none at all.
        case except([String])
    }

    /// What tells, such as `TaskSubtype`; `nil` where all values are the mapping's.
    package var field: String?
    package var values: Values
    /// Checkboxes of records that are nobody's.
    package var flags: [String]
    /// What has to be read of a record to tell.
    package var fields: [String] {
        [self.field].compactMap(\.self) + self.flags + self.foreignKeys
    }

    /// Whether the mapping's records are those that have its key.
    package var isKeyed: Bool
    /// Keys of other mappings: who has one of them is theirs.
    package var foreignKeys: [String]

    package init(
        field: String? = nil,
        values: Values = .except([]),
        flags: [String] = [],
        isKeyed: Bool = false,
        foreignKeys: [String] = []
    ) {
        self.field = field
        self.values = values
        self.flags = flags
        self.isKeyed = isKeyed
        self.foreignKeys = foreignKeys
    }

    /// Whether a record is the mapping's.
    ///
    /// `hasKey`: whether it has the mapping's own key. `value`: what one of its fields holds, as text.
    package func keeps(hasKey: Bool, _ value: (String) -> String?) -> Bool {
        if self.isKeyed, !hasKey { return false }
        if self.foreignKeys.contains(where: { value($0)?.isEmpty == false }) { return false }
        if self.flags.contains(where: { value($0) == "true" }) { return false }
        guard let field = self.field else { return true }
        let own = value(field) ?? ""
        return switch self.values {
        case .only(let names): names.contains(own)
        case .except(let names): !names.contains(own)
        }
    }
}
