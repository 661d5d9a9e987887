/// For which writes Salesforce's assignment rules choose the owner.
///
/// They do for every create and update over REST that does not say otherwise, of the default owner too where no rule is active
/// (REST API: headers_autoassign; help.salesforce.com, 000395506).
package enum AssignmentPolicy: String, Sendable, Hashable, CaseIterable {
    /// New records, but not those of a backfill.
    case new
    case always
    case never

    /// Whether a write lets rules choose: never one of a record that is there, nor of one whose owner it names.
    package func applies(to entry: OutboxEntry, ownerField: Int?) -> Bool {
        guard entry.target == .salesforce, entry.kind == .create,
            Self.objects.contains(entry.object),
            !entry.fields.contains(where: { $0.index == ownerField && !$0.value.isEmpty })
        else { return false }
        switch self {
        case .new: return entry.priority != .backfill
        case .always: return true
        case .never: return false
        }
    }

    /// The objects that have such rules; those of accounts are territories'.
    package static let objects: Set<String> = ["Account", "Case", "Lead"]
}
