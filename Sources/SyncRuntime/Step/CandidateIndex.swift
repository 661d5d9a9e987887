package import SyncCore

/// Finds the rows of a look-up that can belong to one record, without comparing all with all.
package struct CandidateIndex: Sendable {
    private var rows: [RecordRow]
    private var byKey: [String: [Int]] = [:]
    private var byCounterpart: [String: [Int]] = [:]
    private var byID: [String: [Int]] = [:]
    private var hasSuccessors = false

    init(rows: [RecordRow], matchKeys: (RecordRow) -> [String]) {
        self.rows = rows
        for (place, row) in rows.enumerated() {
            self.byID[row.id, default: []].append(place)
            // A record that was merged answers under the id of the one that it became.
            for id in row.formerIDs { self.byID[id, default: []].append(place) }
            if row.successorID != nil { self.hasSuccessors = true }
            if let id = row.counterpartID { self.byCounterpart[id, default: []].append(place) }
            for key in matchKeys(row) { self.byKey[key, default: []].append(place) }
        }
    }

    /// The rows that share an id, a key or a match value with the entry's record, and those that took
    /// such a row's place, in reply order.
    package func candidates(of entry: OutboxEntry, step: RecordStep) -> [RecordRow] {
        let source = entry.target.other
        var places = self.byCounterpart[entry.sourceID] ?? []
        if let hint = entry.targetID { places += self.byID[hint] ?? [] }
        // Most searches find nobody: then no keys are worked out.
        if !self.byKey.isEmpty, let values = entry.observed(on: source)?.values {
            for key in step.matchKeys(of: values, on: source, object: entry.object) {
                places += self.byKey[key] ?? []
            }
        }
        var found = Set(places)
        while self.hasSuccessors, !places.isEmpty {
            let next = places.compactMap { self.rows[$0].successorID }
                .flatMap { self.byID[$0] ?? [] }
            places = next.filter { found.insert($0).inserted }
        }
        return found.sorted().map { self.rows[$0] }
    }
}

extension RecordStep {
    func candidateIndex(_ rows: [RecordRow], on side: Side) -> CandidateIndex {
        CandidateIndex(rows: rows) { row in
            self.matchKeys(of: row.values, on: side, object: row.object)
        }
    }
}
