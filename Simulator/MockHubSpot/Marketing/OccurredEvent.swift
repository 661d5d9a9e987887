/// Something that a record did, by the events API.
struct OccurredEvent: Sendable, Codable {
    var id: String
    /// Such as `e_visited_page` or `pe9900001_ordered`.
    var eventType: String
    var objectTypeID: String
    var objectID: Int64
    var at: Int64
    var properties: [Property]

    struct Property: Sendable, Codable {
        var name: String
        var value: String
    }
}
