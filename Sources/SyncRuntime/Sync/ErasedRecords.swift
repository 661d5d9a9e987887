import SyncCore

/// Records of people who were erased, as an issue told them or its end was stored.
///
/// Polls show the newest row again and again: what stays as it was is not stored with each.
struct ErasedRecords: Sendable {
    private var live = AnsweredRecords()
    private var gone = AnsweredRecords()

    init() {}

    /// Notes this version of a record; answers whether it is a new one.
    mutating func add(_ row: RecordRow, on side: Side) -> Bool {
        if row.fate == .live {
            guard !self.live.contains(row, on: side) else { return false }
            self.live.add(row.id, on: side, stamp: row.stamp)
        } else {
            guard !self.gone.contains(row, on: side) else { return false }
            self.gone.add(row.id, on: side, stamp: row.stamp)
        }
        return true
    }

    /// Forgets what no poll shows any more.
    mutating func prune(side: Side, before oldest: ServerTime) {
        self.live.prune(side: side, before: oldest)
        self.gone.prune(side: side, before: oldest)
    }
}
