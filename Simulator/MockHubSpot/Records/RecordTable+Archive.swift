/// Records that were archived or merged, a long time afterwards.
extension RecordTable {
    /// Hides for good what was archived before a time; ids that were merged lead on.
    mutating func forgetArchived(before time: Int64) {
        var gone: Set<Int64> = []
        for place in self.rows.indices {
            let now = self.rows[place].now
            guard now.isArchived, now.at < time, self.rows[place].isVisible,
                self.rows[place].mergedInto == nil
            else { continue }
            self.rows[place].isVisible = false
            gone.insert(self.rows[place].id)
        }
        if !gone.isEmpty { self.forgetHolders(gone) }
    }

    /// How many merges some records were through together.
    func merges(of ids: [Int64]) -> Int {
        ids.reduce(0) { sum, id in
            guard let row = self.row(id) else { return sum }
            let merged = row.now.values["hs_merged_object_ids"]?.split(separator: ";").count ?? 0
            // A merge that makes a new id names both old ones, another names one.
            let isNew = row.versions.first?.kind == .merge
            return sum + (isNew ? merged / 2 : merged)
        }
    }
}
