/// Batches that are refused as a whole: what they wrote is taken back.
///
/// A copy of the table would cost a copy of every row with the first write.
extension RecordTable {
    /// What was there before a batch of creates and updates.
    struct Batch: Sendable, Codable {
        enum Step: Sendable, Codable {
            case row(Int, Row, newest: Int64)
            case address(String, Int64?)
            case unique(name: String, value: String, Int64?)
        }

        var rowCount: Int
        var commitCount: Int
        var nextID: Int64
        var newestCommit: Int64
        /// In the order in which it was written over.
        var steps: [Step] = []
    }

    mutating func beginBatch() {
        self.batch = Batch(
            rowCount: self.rows.count,
            commitCount: self.commits.count,
            nextID: self.nextID,
            newestCommit: self.newestCommit
        )
    }

    /// Keeps what the batch wrote.
    mutating func endBatch() { self.batch = nil }

    /// Takes back what was written since the batch began.
    mutating func takeBackBatch() {
        guard let batch = self.batch else { return }
        self.batch = nil
        for step in batch.steps.reversed() {
            switch step {
            case .row(let place, let row, let newest):
                self.changeValueIndexes(place, to: row.now.values)
                self.rows[place] = row
                self.newest[place] = newest
            case .address(let address, let id): self.addresses[address] = id
            case .unique(let name, let value, let id): self.set(id, value, name)
            }
        }
        while self.rows.count > batch.rowCount {
            self.changeValueIndexes(self.rows.count - 1, to: [:])
            let row = self.rows.removeLast()
            self.folded.removeLast()
            self.newest.removeLast()
            self.places[row.id] = nil
        }
        self.commits.removeLast(self.commits.count - batch.commitCount)
        self.nextID = batch.nextID
        self.newestCommit = batch.newestCommit
    }

    /// Lets the indexes of values know what a row's newest values will be.
    mutating func changeValueIndexes(_ place: Int, to values: [String: String]) {
        self.folded.set(place, to: values)
        self.changeValueIndexes(place, from: self.rows[place].now.values, to: values)
    }

    /// Lets the indexes of values know of a row's values before and after.
    mutating func changeValueIndexes(
        _ place: Int,
        from old: [String: String],
        to values: [String: String]
    ) {
        // The names by themselves: their view would hold the dictionary, and each index be copied whole.
        for name in Array(self.valueIndexes.keys) {
            self.valueIndexes[name]?.change(place, from: old[name], to: values[name])
        }
    }
}
