package import SyncCore
package import SyncStore

extension RecordStep {
    /// Decides about an unlinked record whose candidates were looked up.
    ///
    /// `entry`: the create that waits, with the record as it was seen.
    /// `counterparts`: what the store knows of the candidates, by their id.
    /// `twins`: unlinked records of its own side that may have its match values too.
    package func matched(
        _ entry: OutboxEntry,
        candidates: [RecordRow],
        counterparts: [String: LoadedRecord],
        twins: [RecordRow] = []
    ) -> StepResult {
        let side = entry.target.other
        guard let observation = entry.observed(on: side) else { return .unchanged }
        let result = self.found(for: entry, among: candidates, counterparts, on: side.other)
        var ended = entry
        ended.state = .superseded
        switch self.skipsMatching(entry, candidates) ? .none : result {
        case .none:
            return self.unmatchedCreate(entry, observation, side)
        case .link(let id):
            guard let row = candidates.first(where: { $0.id == id }) else { return .unchanged }
            // With what nobody told nothing is compared: it is looked for again.
            guard row.ties != .untold else { return self.later(entry) }
            guard row.ties != .tooMany else {
                return self.ended(ended, self.finding(.tooManyTies, id, on: side.other))
            }
            let others = self.twins(of: entry, observation, among: twins)
            let isKeyed = row.counterpartID == entry.sourceID || entry.targetID == row.id
            if !isKeyed, !others.isEmpty {
                let finding = self.ambiguous(entry.sourceID, on: side, [id] + others)
                return self.ended(ended, finding)
            }
            return self.link(
                entry,
                observation,
                to: row,
                openEntries: [ended] + (counterparts[id]?.entries ?? [])
            )
        case .ambiguous(let ids):
            return self.ended(ended, self.ambiguous(entry.sourceID, on: side, ids))
        case .deleted(let id):
            guard let row = candidates.first(where: { $0.id == id }) else { return .unchanged }
            return self.matchedDeleted(entry, row, counterparts[id]?.entries ?? [])
        case .alreadyLinked(let id):
            let finding = self.finding(.alreadyLinked, entry.sourceID, on: side, [id])
            return self.ended(ended, finding)
        }
    }

    /// A create whose counterpart can be told later.
    private func later(_ entry: OutboxEntry) -> StepResult {
        var entry = entry
        entry.notBefore = self.now + Self.untoldPause
        return StepResult(commit: RecordCommit(entries: [entry]))
    }

    private func found(
        for entry: OutboxEntry,
        among candidates: [RecordRow],
        _ counterparts: [String: LoadedRecord],
        on side: Side
    ) -> LinkLookup.Result {
        // Whom nobody resembles needs no keys to be compared by.
        guard !candidates.isEmpty else { return .none }
        return LinkLookup.find(
            self.seeker(entry),
            among: candidates.map { row in
                LinkLookup.Candidate(
                    row: row,
                    matchKeys: self.matchKeys(of: row.values, on: side, object: row.object),
                    isLinked: counterparts[row.id]?.link != nil
                )
            },
            objects: self.matchOrder(on: side),
            sharesMatches: self.mapping.kind?.sharesMatches ?? false
        )
    }

    /// A create's source record as it looks for its counterpart.
    func seeker(_ entry: OutboxEntry) -> LinkLookup.Record {
        let side = entry.target.other
        let values = entry.observed(on: side)?.values
        return LinkLookup.Record(
            id: entry.sourceID,
            counterpartID: entry.targetID,
            isHint: !entry.attempts.isEmpty,
            matchKeys: values.map { self.matchKeys(of: $0, on: side, object: entry.object) } ?? []
        )
    }

    /// Records of the same side with one of the record's match values: which one is meant is a question.
    private func twins(
        of entry: OutboxEntry,
        _ observation: Observation,
        among rows: [RecordRow]
    ) -> [String] {
        let side = entry.target.other
        let keys = Set(self.matchKeys(of: observation.values, on: side, object: entry.object))
        return rows.filter { row in
            row.id != entry.sourceID && row.fate == .live
                && self.matchKeys(of: row.values, on: side, object: row.object)
                    .contains(where: keys.contains)
        }.map(\.id).sorted()
    }

    /// The finding that several records may be meant; it names some of them.
    private func ambiguous(_ id: String, on side: Side, _ ids: [String]) -> Finding {
        self.finding(.ambiguousMatch, id, on: side, Array(ids.prefix(Self.namedMax)))
    }

    private static let namedMax = 20

    /// Links two records that exist, merges their fields for the first time, writes the keys.
    package func link(
        _ entry: OutboxEntry,
        _ observation: Observation,
        to row: RecordRow,
        openEntries: [OutboxEntry]
    ) -> StepResult {
        let side = entry.target.other
        let other = Observation(values: row.values, stamp: row.stamp)
        // A create that is on its way to this very record must come to rest first.
        if openEntries.contains(where: { $0.state.isOnItsWay }) {
            return StepResult()
        }
        let isHubSpot = side == .hubspot
        let link = self.pair(entry, with: row)
        let hubspot = isHubSpot ? observation : other
        let salesforce = isHubSpot ? other : observation
        let apart = self.linkedOutside(
            link,
            hubspot: hubspot.values,
            salesforce: salesforce.values,
            ending: openEntries.filter { $0.id != 0 }
        )
        if let apart { return apart }
        var input = RecordMergeInput(
            mapping: self.mapping,
            salesforceObject: link.salesforceObject,
            phase: .firstMatch,
            hubspot: hubspot.values,
            salesforce: salesforce.values,
            hubspotBase: nil,
            salesforceBase: nil,
            hubspotTime: .interval(after: nil, notAfter: hubspot.stamp),
            salesforceTime: .interval(after: nil, notAfter: salesforce.stamp),
            hubspotFieldTimes: [:],
            tolerance: self.settings.clockTolerance
        )
        input.references = self.references
        let decision = RecordMerge.decide(input)
        self.settings.observer?.decided(input, decision, isAgain: !openEntries.isEmpty)
        var keys: [Side] = []
        if row.counterpartID != entry.sourceID { keys.append(side.other) }
        // A hint from a conflict reply is the CRM's: the source record itself names nobody yet.
        let namesIt = entry.targetID == row.id && entry.attempts.isEmpty
        if !namesIt { keys.append(side) }
        let planned = openEntries.filter { $0.id != 0 }
        var result = self.plan(
            decision,
            link: link,
            entries: planned,
            superseding: planned.map(\.id),
            hubspot: hubspot,
            salesforce: salesforce,
            writesKeyTo: keys
        )
        result.commit.journal.append(
            JournalEntry(
                kind: .linked,
                mapping: self.mapping.name,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                reason: row.counterpartID == entry.sourceID ? "matched by key" : "matched",
                at: self.now
            )
        )
        result.commit.resolve += Side.allCases.flatMap { side in
            Self.ofUnlinked.map { self.finding($0, link.recordID(on: side), on: side) }
        }
        result.summary.linked = 1
        return result
    }

    /// Ties a record to its counterpart that was deleted, frozen: no other is made for it.
    ///
    /// So a create that went twice, whose first copy somebody deleted before it was looked at.
    func matchedDeleted(
        _ entry: OutboxEntry,
        _ row: RecordRow,
        _ openEntries: [OutboxEntry]
    ) -> StepResult {
        guard !openEntries.contains(where: { $0.state.isOnItsWay }) else { return StepResult() }
        let link = self.pair(entry, with: row)
        var result = self.freeze(link, entries: [entry] + openEntries, row: row, on: entry.target)
        result.commit.resolve += Self.ofUnlinked.map {
            self.finding($0, entry.sourceID, on: entry.target.other)
        }
        return result
    }

    /// A link of a create's source record to a record that was found for it.
    private func pair(_ entry: OutboxEntry, with row: RecordRow) -> Link {
        let isHubSpot = entry.target.other == .hubspot
        let isUnread = entry.observed(on: entry.target.other)?.values.holdsUnread ?? false
        return Link(
            mapping: self.mapping.name,
            hubspotID: isHubSpot ? entry.sourceID : row.id,
            salesforceID: isHubSpot ? row.id : entry.sourceID,
            salesforceObject: isHubSpot ? row.object : self.salesforceObject(of: entry),
            schemaRevision: isUnread ? Link.unreadRevision : self.mapping.revision
        )
    }

    /// What is said of a record as long as it has no counterpart.
    static let ofUnlinked: [Finding.Code] = [
        .ambiguousMatch, .alreadyLinked, .missingRequiredField, .valueNotConvertible,
        .recordRejected, .outcomeUnknown,
    ]

    /// The comparable values that find a record's counterpart.
    package func matchKeys(of values: RecordBlob, on side: Side, object: String) -> [String] {
        MatchKey.keys(of: values, mapping: self.mapping) { value, index in
            switch side {
            case .hubspot: value
            case .salesforce:
                FieldConversion.toHubSpot(
                    value,
                    mapping: self.mapping,
                    field: index,
                    object: object
                )
            }
        }
    }

    /// A match in an earlier object hides those in later ones (contacts before leads, C09).
    func matchOrder(on side: Side) -> [String] {
        side == .salesforce ? self.mapping.salesforce.map(\.name) : []
    }

    private func unmatchedCreate(
        _ entry: OutboxEntry,
        _ observation: Observation,
        _ side: Side
    ) -> StepResult {
        var next = entry
        next.targetID = nil
        guard self.mayCreate(observation.values, as: entry.fields, on: entry.target) else {
            next.state = .superseded
            return StepResult(commit: RecordCommit(entries: [next]), isAnswered: true)
        }
        let row = RecordRow(
            id: entry.sourceID,
            object: entry.object,
            stamp: observation.stamp,
            values: observation.values
        )
        if let finding = self.missingRequired(entry.fields, row, side, entry.object) {
            next.state = .superseded
            return self.ended(next, finding)
        }
        next.state = .planned
        return StepResult(commit: RecordCommit(entries: [next]), isNews: true)
    }

    private func ended(_ entry: OutboxEntry, _ finding: Finding) -> StepResult {
        var result = StepResult(
            commit: RecordCommit(entries: entry.id == 0 ? [] : [entry], raise: [finding]),
            isNews: true
        )
        result.summary.findingsRaised = 1
        return result
    }

    /// The Salesforce object of a create's source record, told by its id's prefix.
    private func salesforceObject(of entry: OutboxEntry) -> String {
        self.mapping.salesforceObject(ofID: entry.sourceID)
    }
}
