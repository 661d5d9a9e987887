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
        /// A finding names these ids; a single one took a counterpart's place and no look shows it.
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
        if let result = Self.one(of: Self.heirs(moved, of: record)) { return result }
        // The key named a record that lives on under an id that no look shows: a create would make
        // it twice.
        let unseen = successors.filter { id in !candidates.contains { $0.row.id == id } }
        if !unseen.isEmpty { return .ambiguous(unseen) }
        for key in record.matchKeys {
            let matching = live.filter {
                $0.matchKeys.contains(key) && !(sharesMatches && $0.isLinked)
            }
            if let result = Self.one(of: Self.first(of: objects, in: matching)) { return result }
        }
        return Self.deleted(record, among: candidates) ?? .none
    }

    /// The deleted row that a key ties to the record: what had a counterpart is not made again.
    ///
    /// A hint alone is no tie: the record that it names may have had the same e-mail, no more.
    private static func deleted(_ record: Record, among candidates: [Candidate]) -> Result? {
        var record = record
        if record.isHint { record.counterpartID = nil }
        let gone = candidates.filter { $0.row.fate == .deleted }
        let own = gone.filter { candidate in
            let row = candidate.row
            let isNamed = row.id == record.counterpartID || row.counterpartID == record.id
            return isNamed && !candidate.isLinked
        }
        if let id = own.map(\.row.id).min() { return .deleted(id) }
        // Its counterpart went into a record that was deleted in turn.
        let successors = Self.successors(of: record, in: candidates)
        let heirs = Self.heirs(gone.filter { successors.contains($0.row.id) }, of: record)
        guard let heir = heirs.min(by: { $0.row.id < $1.row.id }) else { return nil }
        return heir.isLinked ? .alreadyLinked(to: heir.row.id) : .deleted(heir.row.id)
    }

    /// Ids that took the place of records that are tied to this one by key and were merged or
    /// converted, however often: they are looked up as well before anything is decided.
    package static func successors(of record: Record, in candidates: [Candidate]) -> [String] {
        // Hardly any look-up finds what was merged.
        guard candidates.contains(where: { $0.row.successorID != nil }) else { return [] }
        return Self.successors(of: record, in: candidates.map(\.row))
    }

    /// The same, told from the rows alone.
    package static func successors(of record: Record, in rows: [RecordRow]) -> [String] {
        let tied = rows.filter { $0.id == record.counterpartID || $0.counterpartID == record.id }
        var found: Set<String> = []
        var next = tied.compactMap(\.successorID)
        while !next.isEmpty {
            let new = Set(next).subtracting(found)
            found.formUnion(new)
            next = rows.filter { new.contains($0.id) }.compactMap(\.successorID)
        }
        return found.sorted()
    }

    /// Records that took a counterpart's place: one whose key names another record is that one's,
    /// whether the two are linked yet or not.
    private static func heirs(_ candidates: [Candidate], of record: Record) -> [Candidate] {
        candidates.map { candidate in
            var candidate = candidate
            if let owner = candidate.row.counterpartID, owner != record.id,
                !record.formerIDs.contains(owner)
            {
                candidate.isLinked = true
            }
            return candidate
        }
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
