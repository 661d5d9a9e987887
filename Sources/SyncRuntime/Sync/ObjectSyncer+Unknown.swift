import CRMInterface
package import SyncCore
import SyncStore

/// What a look at the records of writes without a reply decides.
extension ObjectSyncer {
    /// Takes a read by id of updated records; answers the writes that may go again as they are.
    package func looked(
        at entries: [OutboxEntry],
        page: RecordPage
    ) async throws(SyncError) -> [OutboxEntry] {
        guard let side = entries.first?.target else { return [] }
        let waiting = try await self.untold(entries, in: page)
        let choices = Dictionary(page.rows.map { ($0.id, $0.choices) }) { one, _ in one }
        let page = try await self.withTies(page, but: waiting)
        let loaded = try await self.loaded(entries.compactMap(\.targetID), on: side)
        let rows = Dictionary(page.rows.map { ($0.id, $0) }) { first, _ in first }
        let step = self.step()
        let machine = step.machine(of: side)
        var again: [OutboxEntry] = []
        var shown: [OutboxEntry] = []
        var stamps: [Int64: WriteReply.Outcome] = [:]
        var changed: [OutboxEntry] = []
        var reopened: [RecordRow] = []
        var notes: [RecordCommit] = []
        for entry in entries {
            guard let id = entry.targetID, let row = rows[id] else { continue }
            let before = entry.observed(on: side)?.values ?? loaded[id]?.link?.base(on: side)
            // Nothing is written to a record whose counterpart is gone: it is not sent again.
            let isFrozen =
                entry.kind != .delete && loaded[id]?.link.map { $0.state != .active } ?? false
            let look = Self.look(entry, row, before: before)
            // A delete goes again only after another look at the record that it comes from.
            let isLeft = (isFrozen || entry.kind == .delete) && look == .asBefore
            switch machine.looked(entry, isLeft ? .other : look) {
            case .stored:
                shown.append(entry)
                stamps[entry.id] = .confirmed(id: id, created: false, stamp: row.stamp)
            case .resend:
                again.append(entry)
                if let link = loaded[id]?.link {
                    let all = choices[id] ?? [:]
                    notes.append(
                        step.sentAgain(entry, row: row, before: before, link: link, choices: all)
                    )
                }
            case .wait(let next): changed.append(next)
            case .reopen(var next) where isFrozen:
                next.state = .superseded
                changed.append(next)
                guard let link = loaded[id]?.link else { continue }
                let journal = step.untold(entry, link: link, RecordStep.isLeftAlone)
                notes.append(RecordCommit(journal: journal))
            case .reopen(let next):
                reopened.append(row)
                guard let mine = loaded[id], let link = mine.link else {
                    changed.append(next)
                    continue
                }
                notes.append(
                    step.reopened(next, row: row, before: before, link: link, others: mine.entries)
                )
            }
        }
        try await self.settle(shown, as: stamps, page)
        try await self.advance(changed)
        try await self.note(notes.filter { !$0.isEmpty })
        if !reopened.isEmpty {
            var fresh = page
            fresh.rows = reopened
            _ = try await self.receive(fresh)
        }
        return again
    }

    /// Settles writes that a look has shown to be stored.
    private func settle(
        _ shown: [OutboxEntry],
        as outcomes: [Int64: WriteReply.Outcome],
        _ page: RecordPage
    ) async throws(SyncError) {
        guard !shown.isEmpty else { return }
        let reply = WriteReply(
            outcomes: outcomes,
            sent: page.sent,
            ended: page.ended,
            serverTime: page.serverTime
        )
        try await self.settle(shown, reply: reply, byReply: false)
    }

    private func note(_ notes: [RecordCommit]) async throws(SyncError) {
        guard !notes.isEmpty else { return }
        let moved = try await self.store.commit(PageCommit(records: notes)).map(\.index)
        // A link that moved meanwhile keeps its bases: the values are merged as edits.
        try await self.advance(moved.flatMap { notes[$0].entries })
    }

    /// Takes updates whose record no read by id shows: gone, or answering under another id.
    package func notSeen(
        _ entries: [OutboxEntry],
        missing: [String]
    ) async throws(SyncError) {
        guard let side = entries.first?.target else { return }
        let step = self.step()
        let machine = step.machine(of: side)
        let loaded = try await self.loaded(entries.compactMap(\.targetID), on: side)
        var gone: [String] = []
        let records = entries.map { entry -> RecordCommit in
            switch machine.looked(entry, .other) {
            case .stored, .resend: return RecordCommit(entries: [entry])
            case .wait(let next): return RecordCommit(entries: [next])
            case .reopen(var next):
                gone += missing.filter { $0 == entry.targetID }
                let link = entry.targetID.flatMap { loaded[$0]?.link }
                // Nothing is planned for a pair that is left alone.
                if let link, link.state != .active { next.state = .superseded }
                let lines = link.map { step.untold(entry, link: $0, RecordStep.cannotBeSeen) }
                return RecordCommit(entries: [next], journal: lines ?? [])
            }
        }
        if !records.isEmpty { _ = try await self.store.commit(PageCommit(records: records)) }
        if !gone.isEmpty { try await self.missing(gone, on: side, unpark: []) }
    }

    /// Takes creates that no look showed; answers those that may go again as they are.
    package func absent(_ entries: [OutboxEntry]) async throws(SyncError) -> [OutboxEntry] {
        guard let side = entries.first?.target else { return [] }
        let machine = self.step().machine(of: side)
        var again: [OutboxEntry] = []
        var changed: [OutboxEntry] = []
        for entry in entries {
            switch machine.looked(entry, .asBefore) {
            case .stored, .resend: again.append(entry)
            case .wait(let next), .reopen(let next): changed.append(next)
            }
        }
        try await self.advance(changed)
        return again
    }

    private static func look(
        _ entry: OutboxEntry,
        _ row: RecordRow,
        before: RecordBlob?
    ) -> OutboxMachine.Look {
        if entry.kind == .delete, row.fate == .deleted { return .stored }
        guard row.fate == .live else { return .other }
        if entry.kind == .delete { return row.values == before ? .asBefore : .other }
        // No look shows the field: it is written once more, which changes nothing where it was stored.
        if entry.status != nil { return .asBefore }
        let hasKey = !entry.writesKey || row.counterpartID == entry.sourceID
        if row.values.shows(entry.fields), hasKey { return .stored }
        return row.values == before ? .asBefore : .other
    }
}
