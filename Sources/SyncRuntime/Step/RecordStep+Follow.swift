import SyncCore
import SyncStore

/// Links that go on with the record that took the place of one of theirs.
extension RecordStep {
    /// Where a linked record went that was merged or converted.
    ///
    /// A record that the mapping keeps in step and that has no counterpart of its own; `nil` where there is
    /// none, and a person decides.
    func heir(
        of row: RecordRow,
        on side: Side,
        link: Link,
        known: LoadedRecord?
    ) -> (id: String, object: String)? {
        guard let id = row.successorID, known?.link == nil,
            known?.entries.contains(where: \.state.isOnItsWay) != true
        else { return nil }
        switch row.fate {
        case .live, .deleted: return nil
        case .merged:
            guard self.settings.sabotage != .takesMergedForDeleted else { return nil }
            return (id, side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject)
        case .converted:
            guard self.isSynced(id) else { return nil }
            return (id, ObjectKind.salesforceObject(ofID: id) ?? row.object)
        }
    }

    /// Whether the mapping keeps the Salesforce object of an id in step.
    func isSynced(_ id: String) -> Bool {
        let object = ObjectKind.salesforceObject(ofID: id)
        return object.flatMap { self.mapping.object($0, on: .salesforce) } != nil
    }

    /// The pair goes on with another record on one side; both are read by id, and decided from the bases
    /// that the pair had.
    ///
    /// `ending`: open entries of the pair and of its new record: what is only planned ends.
    func follow(
        _ link: Link,
        to id: String,
        object: String,
        on side: Side,
        ending: [OutboxEntry],
        reason: String
    ) -> StepResult {
        var next = link
        switch side {
        case .hubspot:
            (next.hubspotID, next.hubspotStamp) = (id, nil)
        case .salesforce:
            (next.salesforceID, next.salesforceStamp) = (id, nil)
            self.carry(&next, to: object)
        }
        // Whose counterpart is gone has none with its new record either, until that one is seen again.
        let stays = link.state.goneFrom == side.other || link.state.isOutside
        next.state = stays ? link.state : .active
        let planned = ending.filter { $0.state == .planned || $0.state == .unmatched }
        var result = self.readBothSides(next)
        result.commit.link = next
        result.commit.entries = self.superseded(planned, ids: planned.map(\.id))
        for side in Side.allCases
        where self.keyField(on: side, link: next) != nil && !next.state.isOutside {
            result.commit.entries.append(self.keyWrite(to: side, next))
        }
        result.commit.endsWait = self.waiters(link)
        result.commit.resolve = Self.ofGone.map { self.finding($0, link) }
        result.commit.journal = [
            JournalEntry(
                kind: .linked,
                mapping: self.mapping.name,
                hubspotID: next.hubspotID,
                salesforceID: next.salesforceID,
                reason: reason,
                at: self.now
            )
        ]
        return result
    }

    /// Takes over the bases of the fields that both Salesforce objects have.
    ///
    /// A field that only the new one has was never synced: it is as if both sides had come by their values
    /// since, so that a blank is filled and a difference is told.
    private func carry(_ link: inout Link, to object: String) {
        guard object != link.salesforceObject else { return }
        let before = self.mapping.object(link.salesforceObject, on: .salesforce)?.fields
        let after = self.mapping.object(object, on: .salesforce)?.fields
        link.salesforceObject = object
        let fresh = self.mapping.fields.map(\.index).filter {
            before?[$0] == nil && after?[$0] != nil
        }
        let blank = fresh.map { OutboxEntry.Field(index: $0, value: [], reason: "") }
        guard !blank.isEmpty else { return }
        link.hubspotBase = link.hubspotBase?.setting(blank)
        link.salesforceBase = link.salesforceBase?.setting(blank)
    }

    package static let wasMerged = "merged into another record, with which the pair goes on"
    static let wasConverted = "the lead was converted: the pair goes on with its contact"
}
