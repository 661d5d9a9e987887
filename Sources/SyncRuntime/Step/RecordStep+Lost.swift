package import SyncCore
package import SyncStore

/// Updates whose reply was lost, once a read by id has shown what stands there.
extension RecordStep {
    /// What is stored when the same bytes go again, because the record shows what was there before.
    ///
    /// `before`: what the side held when the write was decided.
    /// `choices`: all that fields may say which are ties.
    package func sentAgain(
        _ entry: OutboxEntry,
        row: RecordRow,
        before: RecordBlob?,
        link: Link,
        choices: [Int: [FieldValue]] = [:]
    ) -> RecordCommit {
        RecordCommit(
            journal: self.doubts(of: entry, row: row, before: before, link: link, choices)
        )
    }

    /// What is stored when no attempt can land any more and the record is decided again.
    ///
    /// A field that shows the value sent is in step, whoever wrote it: its bases move, or our own
    /// value would look like somebody's edit.
    ///
    /// Looks that the record's open entries hold of this side learn it too: older than the bases they
    /// would show our own value as not there, as if a person had taken it away.
    ///
    /// `entry`: as it is stored from now on. `others`: the record's open entries.
    package func reopened(
        _ entry: OutboxEntry,
        row: RecordRow,
        before: RecordBlob?,
        link: Link,
        others: [OutboxEntry] = []
    ) -> RecordCommit {
        var commit = RecordCommit(entries: [entry])
        let values = row.values.values
        var landed = entry
        landed.fields = entry.fields.filter { values[$0.index].bytes == $0.value }
        if !landed.fields.isEmpty {
            var next = link
            let bases = RecordMerge.settled(landed, link: link)
            next.hubspotBase = bases.hubspot
            next.salesforceBase = bases.salesforce
            next.writtenAt = self.now
            commit.link = next
            commit.observed = ([entry] + others.filter { $0.id != entry.id }).compactMap { other in
                guard let seen = other.observed(on: entry.target) else { return nil }
                return EntryObservation(
                    entry: other.id,
                    side: entry.target,
                    observation: Observation(
                        values: seen.values.setting(landed.fields),
                        stamp: seen.stamp
                    )
                )
            }
            commit.journal = self.history(landed, link: link)
        }
        commit.journal += self.doubts(of: entry, row: row, before: before, link: link)
        var untold = entry
        untold.fields = entry.fields.filter { field in
            let shown = values[field.index]
            return shown.bytes != field.value && shown != before?.values[field.index]
        }
        commit.journal += self.untold(untold, link: link, Self.changedSince)
        return commit
    }

    /// Lines of a write that was sent and never answered, where no look can tell what became of it.
    package func untold(_ entry: OutboxEntry, link: Link, _ reason: String) -> [JournalEntry] {
        self.history(entry, link: link).map { line in
            var line = line
            line.kind = .unknown
            line.reason = reason
            return line
        }
    }

    /// Lines of a write that was refused and stands there all the same: a proxy may have sent it twice,
    /// and handed on the reply to the second.
    func standing(_ entry: OutboxEntry, seen: Observation?, link: Link) -> [JournalEntry] {
        guard !entry.attempts.isEmpty, let seen = seen?.values.values,
            let before = entry.observed(on: entry.target)?.values.values
        else { return [] }
        var stands = entry
        stands.fields = entry.fields.filter { field in
            seen[field.index].bytes == field.value && before[field.index].bytes != field.value
        }
        return self.untold(stands, link: link, Self.standsThere)
    }

    private static let standsThere =
        "sent and refused, and it stands there: it was stored after all, or somebody wrote the same"
    package static let replyWasLost =
        "the reply to a write was lost; it goes again over what was there before"
    package static let cannotBeSeen =
        "sent, the reply was lost, and the record cannot be looked at any more"
    package static let isLeftAlone =
        "sent, the reply was lost, and the record is left alone since"
    private static let changedSince =
        "sent, the reply was lost; the record was changed since, so nobody can tell if it was stored"

    /// Conflict lines for fields that show what was there before although the record was touched
    /// since: the write may have been stored and a person may have put the old value back.
    ///
    /// Nothing tells the two apart, so the history keeps both values. No tie moves a stamp: there it is in doubt where
    /// the record has both, the one before and the one that was made.
    private func doubts(
        of entry: OutboxEntry,
        row: RecordRow,
        before: RecordBlob?,
        link: Link,
        _ choices: [Int: [FieldValue]] = [:]
    ) -> [JournalEntry] {
        let then = entry.observed(on: entry.target)?.stamp ?? link.stamp(on: entry.target)
        guard let then, let before = before?.values else { return [] }
        let values = row.values.values
        let doubtful = entry.fields.filter { field in
            let shown = values[field.index]
            let hasBoth = choices[field.index]?.contains(FieldValue(bytes: field.value)) ?? false
            return (row.stamp > then || hasBoth) && shown == before[field.index]
                && shown.bytes != field.value
        }
        return doubtful.map { field in
            let shown = values[field.index].bytes
            let isToHubSpot = entry.target == .hubspot
            let ours = self.source(of: field, entry, link)
            return JournalEntry(
                kind: .conflict,
                mapping: self.mapping.name,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                target: entry.target,
                field: self.fieldName(field.index),
                hubspotValue: isToHubSpot ? shown : ours,
                salesforceValue: isToHubSpot ? ours : shown,
                reason: Self.replyWasLost,
                at: self.now
            )
        }
    }

    /// The value of a write as the side that it came from has it.
    private func source(
        of field: OutboxEntry.Field,
        _ entry: OutboxEntry,
        _ link: Link
    ) -> [UInt8] {
        let converted = FieldConversion.value(
            FieldValue(bytes: field.value),
            to: entry.target.other,
            mapping: self.mapping,
            field: field.index,
            object: link.salesforceObject
        )
        return converted?.bytes ?? field.value
    }
}
