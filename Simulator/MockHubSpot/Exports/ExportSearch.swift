/// Which records an export of a view shows, and in which order.
struct ExportSearch: Sendable, Codable {
    /// One of these groups must hold; none for all records.
    var groups: [[ExportFilter]]
    var query: String
    var sort: String
    var isDescending: Bool
}
