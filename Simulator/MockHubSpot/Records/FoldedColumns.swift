/// The newest values of some properties without their letters' case, row by row, so that a search
/// that reads every record reads little of it.
///
/// A column is made when a search first asks for its property. A snapshot has none.
struct FoldedColumns: Sendable, Codable {
    private var columns: [String: [String?]] = [:]

    init() {}

    init(from decoder: any Decoder) throws {
        _ = try decoder.singleValueContainer().decode(Bool.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(true)
    }

    /// Every row's value; `nil` where nobody has asked for the property.
    func column(_ property: String) -> [String?]? { self.columns[property] }

    mutating func make(_ property: String, of rows: [RecordTable.Row]) {
        guard self.columns[property] == nil else { return }
        self.columns[property] = rows.indices.map { place in
            let newest = rows[place].versions.count - 1
            return rows[place].versions[newest].values[property]?.lowercased()
        }
    }

    mutating func append(_ values: [String: String]) {
        for name in Array(self.columns.keys) {
            self.columns[name]?.append(values[name]?.lowercased())
        }
    }

    mutating func set(_ row: Int, to values: [String: String]) {
        for name in Array(self.columns.keys) {
            self.columns[name]?[row] = values[name]?.lowercased()
        }
    }

    mutating func removeLast() {
        for name in Array(self.columns.keys) { self.columns[name]?.removeLast() }
    }
}
