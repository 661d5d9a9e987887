import CRMInterface
import SyncCore
import SyncStore

/// Records that refer to others: a child waits for its parent, and is read again when that one is linked.
extension RecordStep {
    /// Holds a new record back until what it refers to has a counterpart; it is not looked up before either.
    func held(_ row: RecordRow, on side: Side, for parents: [References.Record]) -> StepResult {
        let wait = parents.map { self.waiting(row.id, row.object, on: side, for: $0, isHeld: true) }
        return StepResult(commit: RecordCommit(wait: wait))
    }

    /// What a record that goes without waits for: the records that it refers to and that have no counterpart.
    func waiting(_ row: RecordRow, on side: Side) -> [WaitingRecord] {
        let values = row.values.values
        let named = self.mapping.fields.filter { $0.refers && $0.rule != .dontSync }
            .compactMap { $0.referred(values[$0.index], on: side) }
        return named.filter { self.references.counterpart(of: $0) == nil }.map {
            self.waiting(row.id, row.object, on: side, for: $0, isHeld: false)
        }
    }

    /// Both records of a link, which wait for nothing from now on.
    func waiters(_ link: Link) -> [References.Record] {
        guard self.mapping.fields.contains(where: \.refers) else { return [] }
        return Side.allCases.map {
            References.Record(mapping: self.mapping.name, side: $0, id: link.recordID(on: $0))
        }
    }

    /// Reads of the records to which a CRM refuses to tie one, and of that one a while later.
    ///
    /// They are deleted, or hidden: their own look tells, and then their child goes without them.
    func looksAtParents(
        of entry: OutboxEntry,
        _ rejection: WriteReply.Rejection
    ) -> [ParkedRecord] {
        let named = Set(rejection.fields.map { $0.lowercased() })
        let target = entry.target
        let object = self.mapping.object(entry.object, on: target)
        let parents = entry.fields.compactMap { write -> ParkedRecord? in
            let field = self.mapping.fields[write.index]
            guard let name = object?.fields[write.index]?.name, named.contains(name.lowercased()),
                let parent = field.referred(FieldValue(bytes: write.value), on: target),
                parent.mapping != Owners.mapping
            else { return nil }
            let reference = self.mapping.kind?.references.first { $0.hubspot == field.hubspot }
            let tied = field.isTied ? field.targets?.hubspotObject(of: parent.mapping) : nil
            return ParkedRecord(
                mapping: parent.mapping,
                side: target,
                object: target == .hubspot
                    ? tied ?? reference?.objects.first ?? ""
                    : ObjectKind.salesforceObject(ofID: parent.id)
                        ?? field.targets?.salesforceObject(of: parent.mapping) ?? "",
                remoteID: parent.id,
                cause: .missing,
                since: self.now
            )
        }
        guard !parents.isEmpty else { return [] }
        let source = target.other
        var child = self.park(
            entry.sourceID,
            object: source == .hubspot
                ? self.mapping.hubspot.name : self.mapping.salesforceObject(ofID: entry.sourceID),
            on: source,
            cause: .parent
        )
        child.notBefore = self.now + Self.parentPause
        return parents + [child]
    }

    /// How long a record that was refused for its parent waits for what the look at that one tells, milliseconds.
    private static let parentPause: Int64 = 900_000

    /// What a linked record waits for: the fields that name a record without a counterpart.
    ///
    /// `seen`: the sides that were looked at. The other one was decided from its base, which does not show what
    /// waits: that goes on waiting.
    func wait(
        for decision: MergeDecision,
        link: Link,
        seen: Set<Side>,
        into result: inout StepResult
    ) {
        let all = decision.waiting + decision.unsettled
        result.commit.endsWait = self.waiters(link).filter { seen.contains($0.side) }
        guard !all.isEmpty else { return }
        result.commit.raise += self.missedOwners(all.map(\.record))
        // Both sides may name one; whichever is linked first, the record is decided anew as a whole.
        result.commit.wait = self.kept(
            all.map { waiting in
                let side = waiting.record.side
                return self.waiting(
                    link.recordID(on: side),
                    side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
                    on: side,
                    for: waiting.record,
                    isHeld: false
                )
            }
        )
        // It is decided again with each look: only what is planned is news.
        guard !decision.waiting.isEmpty else { return }
        result.isNews = !result.commit.entries.isEmpty
    }

    func waiting(
        _ id: String,
        _ object: String,
        on side: Side,
        for parent: References.Record,
        isHeld: Bool
    ) -> WaitingRecord {
        WaitingRecord(
            mapping: self.mapping.name,
            side: side,
            object: object,
            remoteID: id,
            parent: parent,
            isHeld: isHeld
        )
    }
}
