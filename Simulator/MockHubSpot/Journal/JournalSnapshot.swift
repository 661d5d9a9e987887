/// A record's state that an app asked for; it comes by the journal.
struct JournalSnapshot: Sendable, Codable {
    var id: String
    var appID: Int64
    var objectTypeID: String
    var objectID: Int64
    var properties: [String]
    var initiatedAt: Int64
    var readyAt: Int64
    /// Whether the record was there; `nil` as long as nobody looked.
    var isFound: Bool?
}
