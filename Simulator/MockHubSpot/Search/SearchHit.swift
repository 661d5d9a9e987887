/// A record that a search found, as the index knows it: places, so that none is copied.
struct SearchHit {
    var row: Int
    /// The place among the row's versions.
    var version: Int

    func version(_ table: RecordTable) -> RecordTable.Version {
        table.rows[self.row].versions[self.version]
    }
}
