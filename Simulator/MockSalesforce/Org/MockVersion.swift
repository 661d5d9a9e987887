/// One version of a row.
struct MockVersion: Sendable, Codable {
    /// By the places of the object's fields.
    var values: [Value]
    /// SystemModstamp in milliseconds.
    var stamp: Int64
    var isDeleted: Bool
    /// The time of its commit; before it, queries see the version under it.
    var visibleAt: Int64
    var deletedAt: Int64?

    /// The value at a place; a field added after the row was written has none.
    func value(_ place: Int) -> Value {
        place < self.values.count ? self.values[place] : .null
    }
}
