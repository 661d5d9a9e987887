/// What a Bulk 2.0 job does; the names are the vendor's.
enum BulkOperation: String, Sendable, Hashable, Codable {
    case insert
    case update
    case upsert
    case delete
    case hardDelete
    case query
    case queryAll

    var isQuery: Bool { self == .query || self == .queryAll }
}
