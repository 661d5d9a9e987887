package import SyncCore
import SyncStore

/// What a record said of the one that it belongs to when it was last looked at.
///
/// What waits for a counterpart is in no base, so that it stays a change. Without it a side that is not looked
/// at would be taken for its base, and an edit that waits there would be written over (`family` 32, 7051); one
/// that is taken back would be no change at all (`family` 7090).
extension RecordStep {
    /// A side's values as they were last seen: its base with what waits; `nil` before the first sync.
    func lastSeen(of link: Link, on side: Side) -> RecordBlob? {
        link.base(on: side)?.setting(
            self.awaited(link, on: side).map { index, parent in
                .init(index: index, value: self.value(naming: parent, in: index), reason: "")
            }
        )
    }

    /// Whether a row shows what was last seen of its record and what both sides agreed on.
    package func isAsSeen(_ row: RecordRow, on side: Side, _ link: Link) -> Bool {
        guard link.base(on: side) == row.values else { return false }
        let awaited = self.awaited(link, on: side)
        guard !awaited.isEmpty else { return true }
        let values = row.values.values
        return awaited.allSatisfy { index, parent in
            values[index].bytes == self.value(naming: parent, in: index)
        }
    }

    /// Takes into a linked record's decision what waits, and what deleted records left behind.
    ///
    /// `seen`: the sides that were looked at.
    func recall(_ input: inout RecordMergeInput, _ link: Link, seen: Set<Side>) {
        guard input.phase == .linked, self.mapping.fields.contains(where: \.refers) else { return }
        for side in Side.allCases {
            self.recallWaits(&input, link, on: side)
            guard self.settings.sabotage != .clearsForDeleted else { continue }
            self.recallLeft(&input, on: side, isSeen: seen.contains(side))
        }
    }

    /// What a side named last goes on waiting as long as nothing came of naming it no more: where it is named
    /// again, that is the change it was.
    func keepWaits(_ decision: inout MergeDecision, _ input: RecordMergeInput, _ link: Link) {
        for side in Side.allCases {
            guard let stored = link.base(on: side)?.values else { continue }
            for (index, parent) in (input.recalled[side] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let last = self.value(naming: parent, in: index)
                guard decision.base(of: side).values[index].bytes == last else { continue }
                decision.setBase(of: index, stored[index].bytes, on: side)
                decision.waiting.append(.init(index: index, record: parent))
            }
        }
    }

    /// What a write has settled waits no longer.
    func endWaits(of entry: OutboxEntry, _ link: Link, into result: inout StepResult) {
        for side in Side.allCases { self.endWaits(of: entry, link, on: side, into: &result) }
    }

    // MARK: - Pieces

    private func endWaits(
        of entry: OutboxEntry,
        _ link: Link,
        on side: Side,
        into result: inout StepResult
    ) {
        let own = References.Record(
            mapping: self.mapping.name,
            side: side,
            id: link.recordID(on: side)
        )
        let written = Set(entry.fields.map(\.index))
        let over = self.awaited(link, on: side).filter { written.contains($0.key) }.map(\.value)
        guard !over.isEmpty, let waits = self.waits[own] else { return }
        result.commit.endsWait.append(own)
        let object = side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject
        result.commit.wait += waits.filter { !over.contains($0) }.map {
            self.waiting(own.id, object, on: side, for: $0, isHeld: false)
        }
    }

    /// The records without a counterpart that a linked record names on a side, by field.
    private func awaited(_ link: Link, on side: Side) -> [Int: References.Record] {
        guard !self.waits.isEmpty else { return [:] }
        let own = References.Record(
            mapping: self.mapping.name,
            side: side,
            id: link.recordID(on: side)
        )
        guard let waits = self.waits[own] else { return [:] }
        var awaited: [Int: References.Record] = [:]
        for field in self.mapping.fields {
            guard case .reference(let targets) = field.kind else { continue }
            awaited[field.index] = waits.first { targets.mappings.contains($0.mapping) }
        }
        return awaited
    }

    private func value(naming record: References.Record, in field: Int) -> [UInt8] {
        guard case .reference(let targets) = self.mapping.fields[field].kind else { return [] }
        return Array(targets.value(naming: record.id, of: record.mapping, on: record.side).utf8)
    }

    /// What waits was there before the stamp that the link holds; where it is there no more, that is a change.
    private func recallWaits(_ input: inout RecordMergeInput, _ link: Link, on side: Side) {
        let values = input.values(of: side).values
        for (index, parent) in self.awaited(link, on: side) {
            let last = self.value(naming: parent, in: index)
            if values[index].bytes != last {
                input.setBase(of: index, last, on: side)
                input.recalled[side, default: [:]][index] = parent
            } else if let stamp = link.stamp(on: side) {
                let end = stamp.milliseconds + (side == .salesforce ? 999 : 0)
                let before = input.seenBefore[side]?[index]?.milliseconds ?? end
                input.seenBefore[side, default: [:]][index] =
                    ServerTime(milliseconds: min(before, end))
            }
        }
    }

    /// Who is deleted leaves a blank behind that nobody has chosen: that side says what it said before.
    private func recallLeft(_ input: inout RecordMergeInput, on side: Side, isSeen: Bool) {
        guard let base = input.base(of: side)?.values else { return }
        let values = input.values(of: side).values
        for field in self.mapping.fields where field.refers {
            // Who is not looked at names what is gone as little.
            let last = isSeen ? base[field.index] : values[field.index]
            guard !isSeen || values[field.index].isBlank,
                let former = field.referred(last, on: side),
                former.mapping != Owners.mapping, self.references.isGone(former)
            else { continue }
            input.left[side, default: [:]][field.index] = former
            input.setValue(of: field.index, last.bytes, on: side)
        }
    }
}
