/// What a Collections request does with its records.
enum CollectionVerb: Sendable {
    case create
    case update
    case delete
    /// By the field at that place.
    case upsert(table: Int, place: Int)

    /// Whether failed rows still name the id that was asked for.
    var keepsID: Bool {
        switch self {
        case .create: false
        case .update, .delete, .upsert: true
        }
    }
}
