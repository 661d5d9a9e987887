import SyncCore

/// Records that an issue was raised about, as they were then.
///
/// Feeds show the newest row with each poll, and no base says of an issue that nothing is new: the same
/// one would be decided and stored again and again.
struct AnsweredRecords: Sendable {
    private var stamps: [Side: [String: ServerTime]] = [:]

    init() {}

    mutating func add(_ id: String, on side: Side, stamp: ServerTime) {
        let known = self.stamps[side]?[id]
        self.stamps[side, default: [:]][id] = known.map { max($0, stamp) } ?? stamp
    }

    /// Whether this version of the record had its answer.
    func contains(_ row: RecordRow, on side: Side) -> Bool {
        self.stamps[side]?[row.id].map { row.stamp <= $0 } ?? false
    }

    /// Forgets what no poll shows any more.
    mutating func prune(side: Side, before oldest: ServerTime) {
        self.stamps[side] = self.stamps[side]?.filter { $0.value >= oldest }
    }
}
