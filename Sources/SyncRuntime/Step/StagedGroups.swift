package import SyncStore

/// Which staged records of one side share a match value with another one of that side.
package struct StagedGroups: Sendable {
    private var counts: [String: Int] = [:]

    package init(_ records: [StagedRecord]) {
        for record in records {
            for key in Self.values(record) { self.counts[key, default: 0] += 1 }
        }
    }

    package func hasTwins(_ record: StagedRecord) -> Bool {
        Self.values(record).contains { (self.counts[$0] ?? 0) > 1 }
    }

    /// The keys that are match values: not a record's own id, nor the id its key names.
    private static func values(_ record: StagedRecord) -> [String] {
        record.matchKeys.filter { !$0.hasPrefix("id:") && !$0.hasPrefix("counterpart:") }
    }
}
