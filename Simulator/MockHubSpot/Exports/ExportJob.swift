/// One export on its way to a file.
struct ExportJob: Sendable, Codable {
    var id: Int64
    var name: String
    /// `VIEW` or `LIST`.
    var kind: String
    var objectTypeID: String
    var objectLabel: String
    var properties: [String]
    var associated: [String]
    /// Whether columns and values stand by their internal names.
    var usesNames: Bool
    var usesValues: Bool
    var listID: String?
    var search: ExportSearch?
    var hasAllTies: Bool
    var createdAt: Int64
    var startsAt: Int64
    var endsAt: Int64
    /// Made when its time has come.
    var file: [UInt8]?
    var count = 0

    func state(at now: Int64) -> String {
        if now < self.startsAt { return "ENQUEUED" }
        return now < self.endsAt ? "PROCESSING" : "DONE"
    }
}
