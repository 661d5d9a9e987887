import SyncCore

/// Versions of linked records that were decided from a look at both sides and left something waiting.
///
/// What waits keeps its base, so that the base does not say of such a version that nothing is new: polls show
/// the newest row again and again, and each time both sides would be read.
struct WaitedLooks: Sendable {
    private var looks: [Side: [String: RecordRow]] = [:]

    mutating func add(_ row: RecordRow, on side: Side) {
        // Bounded: who is forgotten is looked at once more.
        if self.looks[side, default: [:]].count >= Self.max { self.looks[side] = [:] }
        self.looks[side, default: [:]][row.id] = row
    }

    /// Whether this very version had its answer.
    func contains(_ row: RecordRow, on side: Side) -> Bool {
        guard let known = self.looks[side]?[row.id] else { return false }
        return known.stamp == row.stamp && known.values == row.values && row.fate == .live
    }

    private static let max = 10_000
}
