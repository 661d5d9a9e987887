/// Finds the one counterpart of a record that has no link, or says why there is none.
///
/// Precedence: the keys, in either record, then ids that either lists as merged or converted, then
/// the match keys in their order. More than one candidate is never decided by guessing.
package enum LinkLookup {
    /// The record that looks for its counterpart.
    package struct Record: Sendable, Hashable {
        package var id: String
        /// What its own key field holds, or the id that a refused create named.
        package var counterpartID: String?
        /// Whether `counterpartID` comes from a refused create.
        package var isHint: Bool
        package var matchKeys: [String]
        /// Ids that were merged into it.
        package var formerIDs: [String]

        package init(
            id: String,
            counterpartID: String?,
            isHint: Bool = false,
            matchKeys: [String],
            formerIDs: [String] = []
        ) {
            self.id = id
            self.counterpartID = counterpartID
            self.isHint = isHint
            self.matchKeys = matchKeys
            self.formerIDs = formerIDs
        }
    }

    /// A row of the other side that may be the counterpart.
    package struct Candidate: Sendable, Hashable {
        package var row: RecordRow
        package var matchKeys: [String]
        /// Whether it is linked to another record.
        package var isLinked: Bool

        package init(row: RecordRow, matchKeys: [String], isLinked: Bool) {
            self.row = row
            self.matchKeys = matchKeys
            self.isLinked = isLinked
        }
    }

    package enum Result: Sendable, Hashable {
        /// Nothing on the other side belongs to the record.
        case none
        case link(String)
        /// A finding names these ids; a single one is gone into a record that was not looked up.
        case ambiguous([String])
        /// The only candidate belongs to another record.
        case alreadyLinked(to: String)
        /// The counterpart that one of the keys names was deleted, and nothing else matches.
        case deleted(String)
    }

    /// Decides from the rows that were looked up.
    ///
    /// `objects`: the order in which objects are matched; a match in an earlier one
    /// hides those in later ones (HubSpot's integration: contacts first, then leads).
    /// `sharesMatches`: whether a record that is linked is no counterpart of another one with its values.
    package static func find(
        _ record: Record,
        among candidates: [Candidate],
        objects: [String] = [],
        sharesMatches: Bool = false
    ) -> Result {
        let live = Self.unique(candidates.filter { $0.row.fate == .live })
        let keyed = live.filter {
            $0.row.id == record.counterpartID || $0.row.counterpartID == record.id
        }
        if let result = Self.one(of: keyed) { return result }
        let successors = Self.successors(of: record, in: candidates)
        let moved = live.filter { candidate in
            successors.contains(candidate.row.id)
                || candidate.row.formerIDs.contains { $0 == record.counterpartID }
                || record.formerIDs.contains { $0 == candidate.row.counterpartID }
        }
        if let result = Self.one(of: moved) { return result }
        // The key named a record that lives on under an id that was not looked up: a create would
        // make it twice.
        if !successors.isEmpty { return .ambiguous(successors) }
        for key in record.matchKeys {
            let matching = live.filter {
                $0.matchKeys.contains(key) && !(sharesMatches && $0.isLinked)
            }
            if let result = Self.one(of: Self.first(of: objects, in: matching)) { return result }
        }
        return Self.deleted(record, among: candidates).map { .deleted($0) } ?? .none
    }

    /// The deleted row that a key ties to the record: what had a counterpart is not made again.
    ///
    /// A hint alone is no tie: the record that it names may have had the same e-mail, no more.
    private static func deleted(_ record: Record, among candidates: [Candidate]) -> String? {
        candidates.filter { candidate in
            let row = candidate.row
            let isNamed = row.id == record.counterpartID && !record.isHint
            return row.fate == .deleted && !candidate.isLinked
                && (isNamed || row.counterpartID == record.id)
        }.map(\.row.id).min()
    }

    /// Ids under which records live on that are tied to this one by key and were merged or
    /// converted: they are looked up as well before anything is decided.
    package static func successors(of record: Record, in candidates: [Candidate]) -> [String] {
        let ids = candidates.compactMap { candidate -> String? in
            let row = candidate.row
            guard row.id == record.counterpartID || row.counterpartID == record.id else {
                return nil
            }
            switch row.fate {
            case .live, .deleted: return nil
            case .merged(let winner): return winner
            case .converted(let contact): return contact
            }
        }
        return Set(ids).sorted()
    }

    private static func one(of candidates: [Candidate]) -> Result? {
        guard let only = candidates.first else { return nil }
        if candidates.count > 1 { return .ambiguous(candidates.map(\.row.id).sorted()) }
        return only.isLinked ? .alreadyLinked(to: only.row.id) : .link(only.row.id)
    }

    /// One candidate per id: two look-ups may bring the same record.
    private static func unique(_ candidates: [Candidate]) -> [Candidate] {
        var seen = Set<String>()
        return candidates.filter { seen.insert($0.row.id).inserted }
    }

    private static func first(of objects: [String], in candidates: [Candidate]) -> [Candidate] {
        for object in objects {
            let own = candidates.filter { $0.row.object == object }
            if !own.isEmpty { return own }
        }
        return candidates
    }
}
