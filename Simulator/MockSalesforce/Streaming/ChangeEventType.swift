/// What a change event says became of its records.
enum ChangeEventType: String, Sendable, Hashable, Codable {
    case create = "CREATE"
    case update = "UPDATE"
    case delete = "DELETE"
    case undelete = "UNDELETE"

    /// `nil` for changes that are never told: what was there from the start, and hard deletes.
    init?(_ kind: MockSalesforceChange.Kind) {
        switch kind {
        case .seed, .hardDelete: return nil
        case .create: self = .create
        case .update, .convert: self = .update
        case .delete, .mergedAway: self = .delete
        case .undelete: self = .undelete
        }
    }
}
