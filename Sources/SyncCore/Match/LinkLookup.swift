/// Finds the one counterpart of a record that has no link, or says why there is none.
///
/// Precedence: the record's own key value, a candidate whose key names the record, then the match
/// keys in their order. More than one candidate is never decided by guessing.
package enum LinkLookup {
    package struct Record: Sendable, Hashable {
        package var id: String
        /// What its own key field holds.
        package var counterpartID: String?
        package var matchKeys: [String]

        package init(id: String, counterpartID: String?, matchKeys: [String]) {
            self.id = id
            self.counterpartID = counterpartID
            self.matchKeys = matchKeys
        }
    }

    package struct Candidate: Sendable, Hashable {
        package var row: RecordRow
        package var matchKeys: [String]
        package var isLinked: Bool

        package init(row: RecordRow, matchKeys: [String], isLinked: Bool) {
            self.row = row
            self.matchKeys = matchKeys
            self.isLinked = isLinked
        }
    }

    package enum Result: Sendable, Hashable {
        case none
        case link(String)
        case ambiguous([String])
        case alreadyLinked(to: String)
    }

    package static func find(_ record: Record, among candidates: [Candidate]) -> Result {
        let live = candidates.filter { $0.row.fate == .live }
        let named = live.filter { $0.row.id == record.counterpartID }
        if !named.isEmpty { return Self.one(of: named) }
        let naming = live.filter { $0.row.counterpartID == record.id }
        if !naming.isEmpty { return Self.one(of: naming) }
        for key in record.matchKeys {
            let matching = live.filter { $0.matchKeys.contains(key) }
            if !matching.isEmpty { return Self.one(of: matching) }
        }
        return .none
    }

    private static func one(of candidates: [Candidate]) -> Result {
        let free = candidates.filter { !$0.isLinked }
        if candidates.count > 1 { return .ambiguous(candidates.map(\.row.id).sorted()) }
        guard let only = free.first else { return .alreadyLinked(to: candidates[0].row.id) }
        return .link(only.row.id)
    }
}
