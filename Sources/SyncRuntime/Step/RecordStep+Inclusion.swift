import SyncCore
import SyncStore

/// Records that the mapping does not include: nothing is made of them, and their pairs rest.
///
/// What decides is the record as it was seen: the change that takes one out is not written any more, and the one that
/// brings it in is, with everything that was edited meanwhile.
extension RecordStep {
    /// What is stored of a row that does not tell whether its record is included, because its segment is gone: it is
    /// read again later.
    ///
    /// HubSpot's record of a pair is read with its counterpart then: what Salesforce's has of news may have been looked
    /// at by this very read, and no poll shows it again.
    func undecided(_ row: RecordRow, on side: Side, _ known: LoadedRecord?) -> StepResult {
        let entries = known?.entries ?? []
        let isOfBoth = side == .hubspot && known?.link != nil
        let cause: ParkedRecord.Cause = isOfBoth ? .history : .missing
        var parked = self.park(row.id, object: row.object, on: side, cause: cause)
        parked.notBefore = self.now + Self.segmentPause
        var result = StepResult(commit: RecordCommit(park: [parked]))
        // What is planned waits with it: nothing says that it should not go.
        result.commit.entries = entries.filter { $0.state == .planned || $0.state == .unmatched }
            .map { entry in
                var entry = entry
                entry.notBefore = max(entry.notBefore ?? 0, parked.notBefore)
                return entry
            }
        return result
    }

    /// The issue that a mapping's segment is gone.
    func segmentGone() -> Finding {
        Finding(
            code: .segmentGone,
            mapping: self.mapping.name,
            details: [self.mapping.inclusion.segment?.name ?? ""]
        )
    }

    /// How long a record waits until its segment is looked for again, in milliseconds.
    private static let segmentPause: Int64 = 900_000

    /// Whether a record is included on its own side.
    func includes(_ record: RecordBlob, on side: Side) -> Bool {
        self.mapping.inclusion.includes(record, on: side)
            || self.settings.sabotage == .writesLeftOut
    }

    /// Whether a counterpart may be made: the record is included, and what it becomes would be, as far as its values
    /// tell.
    func mayCreate(_ record: RecordBlob, as fields: [OutboxEntry.Field], on target: Side) -> Bool {
        let allowed =
            target == .salesforce
            ? self.mapping.createsInSalesforce : self.mapping.createsInHubSpot
        guard allowed, self.includes(record, on: target.other) else { return false }
        return self.mapping.inclusion.includes(on: target, isNew: true) { index in
            let field = fields.first { $0.index == index }
            return field.map { FieldValue(bytes: $0.value) } ?? .blank
        }
    }

    /// The sides on which a pair is not included, by what is seen of each record now; of one that is not seen it is
    /// what the link says.
    private func outside(_ link: Link, _ looks: [Side: RecordBlob]) -> Set<Side> {
        guard !self.mapping.inclusion.isEverything else { return [] }
        return Set(
            Side.allCases.filter { side in
                guard !self.mapping.inclusion.isEverything(on: side) else { return false }
                return looks[side].map { !self.includes($0, on: side) }
                    ?? link.state.outsideOn.contains(side)
            }
        )
    }

    /// What is stored of a live pair that is not kept in step because of what the mapping includes, or `nil` where it
    /// is.
    ///
    /// `link`: as it stands with this look; `stored`: as it stood before.
    func leftOutside(
        _ link: Link,
        _ stored: Link,
        _ row: RecordRow,
        _ side: Side,
        _ entries: [OutboxEntry],
        _ counterpart: HeldRow?,
        _ wasRead: Bool
    ) -> StepResult? {
        guard !self.mapping.inclusion.isEverything || link.state.isOutside else { return nil }
        var looks = [side: row.values]
        looks[side.other] = counterpart?.row.values
        let sides = self.outside(link, looks)
        guard sides.isEmpty else { return self.leave(link, stored: stored, on: sides, entries) }
        if counterpart == nil, !wasRead, self.mayHaveLeft(row, side, link, entries) {
            var result = self.readBothSides(link)
            // Each poll shows it until it is read, which waits where its segment was gone: no other cycle helps.
            result.isNews = false
            return result
        }
        guard link.state.isOutside, counterpart == nil else { return nil }
        // Both are read for the decision: what was edited meanwhile on either side counts.
        guard wasRead else {
            var result = self.readBothSides(link)
            // They cannot be read before a write that is on its way has an end: nothing is gained by another cycle.
            result.isNews = !entries.contains(where: \.state.isOnItsWay)
            return result
        }
        return self.notVisible(link, entries: entries, on: side.other)
    }

    /// Whether an edit in Salesforce asks whether its counterpart is still in the segment: who leaves it tells nobody.
    ///
    /// A write that is on its way has its end first; a row that was decided once is shown again by each poll.
    private func mayHaveLeft(
        _ row: RecordRow,
        _ side: Side,
        _ link: Link,
        _ entries: [OutboxEntry]
    ) -> Bool {
        side == .salesforce && self.mapping.inclusion.segment != nil && link.state == .active
            && link.stamp(on: side).map({ $0 < row.stamp }) ?? true
            && !entries.contains(where: \.state.isOnItsWay)
            && !self.isKnown(row, on: side, link, entries)
    }

    private func leave(
        _ link: Link,
        stored: Link,
        on sides: Set<Side>,
        _ entries: [OutboxEntry]
    ) -> StepResult {
        guard link.state == .active || link.state.outsideOn != sides || stored.state != link.state
        else { return .unchanged }
        var next = link
        next.state = .outside(on: sides)
        var result = self.leftAlone(entries)
        result.commit.link = next
        guard link.state == .active else { return result }
        result.commit.endsWait = self.waiters(link)
        result.commit.resolve = (Self.ofGone + Self.ofStep).map { self.finding($0, link) }
        result.commit.journal = [self.inclusionLine(next)]
        return result
    }

    /// A new pair that is not included: linked, so that no other counterpart is made, and left as it is; `nil` where
    /// it is included.
    func linkedOutside(
        _ link: Link,
        hubspot: RecordBlob,
        salesforce: RecordBlob,
        ending entries: [OutboxEntry]
    ) -> StepResult? {
        let sides = self.outside(link, [.hubspot: hubspot, .salesforce: salesforce])
        guard !sides.isEmpty else { return nil }
        var apart = link
        apart.state = .outside(on: sides)
        var result = StepResult(isNews: true)
        result.commit.link = apart
        result.commit.entries = self.superseded(entries, ids: entries.map(\.id))
        result.commit.journal = [self.inclusionLine(apart)]
        result.commit.resolve = Side.allCases.flatMap { side in
            Self.ofUnlinked.map { self.finding($0, link.recordID(on: side), on: side) }
        }
        result.summary.linked = 1
        return result
    }

    /// How a pair stands whose counterpart was just made.
    func standing(of link: Link) -> Link.State {
        guard !self.mapping.inclusion.isEverything, let hubspot = link.hubspotBase,
            let salesforce = link.salesforceBase
        else { return link.state }
        return .outside(on: self.outside(link, [.hubspot: hubspot, .salesforce: salesforce]))
    }

    /// The history's line about a pair that begins to rest, or goes on.
    func inclusionLine(_ link: Link) -> JournalEntry {
        JournalEntry(
            kind: .inclusion,
            mapping: self.mapping.name,
            hubspotID: link.hubspotID,
            salesforceID: link.salesforceID,
            reason: link.state.isOutside ? Self.isOutside : Self.isIncluded,
            at: self.now
        )
    }

    /// What is said of a pair that is kept in step.
    private static let ofStep: [Finding.Code] = [
        .conflict, .firstSyncDiverged, .fieldFlapping, .recordRejected,
    ]

    private static let isOutside =
        "not included by the mapping: nothing is written to either record until it is"
    private static let isIncluded =
        "included by the mapping: what was edited meanwhile goes over"
}
