/// One import on its way from file to records.
struct ImportJob: Sendable, Codable {
    enum Operation: String, Sendable, Codable {
        case create = "CREATE"
        case update = "UPDATE"
        case upsert = "UPSERT"
    }

    /// What one column of a file is.
    struct Column: Sendable, Codable {
        enum Kind: Sendable, Codable {
            case property(String)
            /// The record's id, by which it is found.
            case recordID
            /// A unique property, by which it is found.
            case alternateID(String)
            /// The label of the association between the row's two records.
            case label
            case ignored
        }

        var name: String
        var objectTypeID: String
        var kind: Kind
    }

    struct File: Sendable, Codable {
        var id: Int64
        var name: String
        var columns: [Column]
        /// Without the header.
        var rows: [[String]]
        var firstLine: Int
        /// Day, month and year in this order, such as `MONTH_DAY_YEAR`.
        var dateFormat: String
    }

    /// A row, or a value of it, that was not taken.
    struct Problem: Sendable, Codable {
        var id: Int64
        var type: String
        var message: String
        var objectTypeID: String?
        var value: String?
        var column: Int?
        var fileID: Int64
        var line: Int
        var row: [String]
    }

    var id: Int64
    var name: String
    /// The request as it was given.
    var json: [UInt8]
    var operations: [String: Operation]
    var files: [File]
    var appID: Int64
    var createdAt: Int64
    var startsAt: Int64
    var endsAt: Int64
    /// When its rows were carried out, or it was cancelled.
    var finishedAt: Int64?
    var isCancelled = false
    /// Somebody took its records back.
    var isReverted: Bool?
    var counters: [String: Int64] = [:]
    var problems: [Problem] = []
    var makesList: Bool
    var listID: String?

    /// Every object type that a column is of.
    var typeIDs: [String] {
        Set(self.files.flatMap { $0.columns.map(\.objectTypeID) }).sorted()
    }

    func state(at now: Int64) -> String {
        if self.isCancelled { return "CANCELED" }
        if self.isReverted == true { return "REVERTED" }
        if now < self.startsAt { return "STARTED" }
        return now < self.endsAt ? "PROCESSING" : "DONE"
    }
}
