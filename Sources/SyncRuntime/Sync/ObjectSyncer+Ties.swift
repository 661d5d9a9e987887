import SyncCore
import SyncStore

/// Which of several ties of a HubSpot record a field shows.
///
/// Salesforce's record names one; HubSpot's may be tied to many. As long as the one that went over is among them,
/// the field has not changed.
extension ObjectSyncer {
    /// The page with one tie a field, whatever was asked for.
    ///
    /// A row that tells no ties has those that were seen last: they decide nothing. Where there are none it is left out.
    ///
    /// - Returns: what is to be stored besides, so that the ties are read later.
    func chosen(
        _ page: RecordPage
    ) async throws(SyncError) -> (page: RecordPage, later: [RecordCommit]) {
        let open = page.rows.filter { !$0.choices.isEmpty || $0.ties != .told }
        let isTold = try await self.tellsTooMany(page)
        guard !open.isEmpty || isTold else { return (page, []) }
        let loaded = try await self.loaded(open.map(\.id), on: page.side)
        let tied = self.mapping.fields.filter(\.isApart).map(\.index)
        var step = self.step()
        if open.contains(where: { $0.ties != .told }) {
            step.waits = try await self.waits(of: loaded.values.compactMap(\.link))
        }
        var (rows, later): ([RecordRow], [RecordCommit]) = ([], [])
        for row in page.rows {
            var row = row
            let known = loaded[row.id]
            if let commit = self.tellsOfTies(row, on: page.side, known, step) {
                later.append(commit)
            }
            if row.ties != .told {
                guard Self.complete(&row, tied, on: page.side, known, step) else { continue }
            } else if !row.choices.isEmpty {
                Self.choose(&row, on: page.side, known)
            }
            rows.append(row)
        }
        var page = page
        page.rows = rows
        return (page, later)
    }

    /// Of writes those that tie their record or untie it, while nobody tells what it is tied to: they wait.
    func untold(
        _ entries: [OutboxEntry],
        in page: RecordPage
    ) async throws(SyncError) -> [OutboxEntry] {
        let untold = Set(page.rows.filter { $0.ties == .untold }.map(\.id))
        let fields = self.mapping.fields
        let waiting = entries.filter { entry in
            untold.contains(entry.targetID ?? "")
                && entry.fields.contains { fields[$0.index].isTied }
        }
        guard !waiting.isEmpty else { return [] }
        let notBefore = self.step().now + RecordStep.untoldPause
        try await self.advance(
            waiting.map { entry in
                var entry = entry
                entry.notBefore = notBefore
                return entry
            }
        )
        return waiting
    }

    /// The page of a look at the targets of writes, without those of writes that wait.
    func withTies(
        _ page: RecordPage,
        but waiting: [OutboxEntry]
    ) async throws(SyncError) -> RecordPage {
        let (chosen, later) = try await self.chosen(page)
        if !later.isEmpty { _ = try await self.store.commit(PageCommit(records: later)) }
        var page = chosen
        let ids = Set(waiting.compactMap(\.targetID))
        page.rows.removeAll { ids.contains($0.id) }
        return page
    }

    /// The read that a row calls for whose ties nobody told, and the issue that there are too many, or its end.
    private func tellsOfTies(
        _ row: RecordRow,
        on side: Side,
        _ known: LoadedRecord?,
        _ step: RecordStep
    ) -> RecordCommit? {
        let finding = step.finding(.tooManyTies, row.id, on: side)
        switch row.ties {
        case .told:
            guard self.tooManyTold?.remove(row.id) != nil else { return nil }
            return RecordCommit(resolve: [finding])
        case .tooMany:
            guard self.tooManyTold?.insert(row.id).inserted != false else { return nil }
            return RecordCommit(raise: [finding])
        case .untold: return RecordCommit(park: [step.untold(row, on: side)])
        case .notAsked:
            // Who is not known is looked at with its ties when a feed shows it.
            guard let link = known?.link, link.base(on: side) == nil else { return nil }
            return step.lookedAtAgain(row, on: side).commit
        }
    }

    /// Whether an issue tells of one of these rows that it has too many.
    private func tellsTooMany(_ page: RecordPage) async throws(SyncError) -> Bool {
        guard page.side == .hubspot, self.mapping.fields.contains(where: \.isApart) else {
            return false
        }
        if self.tooManyTold == nil {
            let open = try await self.store.findings(mapping: self.mapping.name, limit: 10_000)
                .map(\.finding).filter { $0.code == .tooManyTies && $0.salesforceID == nil }
            self.tooManyTold = Set(open.compactMap(\.hubspotID))
        }
        return page.rows.contains { self.tooManyTold?.contains($0.id) ?? false }
    }

    /// Gives a row that lacks its ties those that were seen last; `false` where none were.
    private static func complete(
        _ row: inout RecordRow,
        _ tied: [Int],
        on side: Side,
        _ known: LoadedRecord?,
        _ step: RecordStep
    ) -> Bool {
        guard let link = known?.link else { return false }
        let seen = known?.entries.compactMap { $0.observed(on: side)?.values }.last
        guard let last = seen ?? step.lastSeen(of: link, on: side) else { return false }
        let values = last.values
        guard !tied.contains(where: { values[$0] == .unread }) else { return false }
        row.values = row.values.replacing(Set(tied), from: last)
        row.ties = .told
        return true
    }

    /// The tie that a write without a reply was to take away and that is still there: only half of it was stored, and
    /// it must go again.
    private static func left(
        _ index: Int,
        among choices: [FieldValue],
        on side: Side,
        _ entries: [OutboxEntry],
        _ base: RecordValues?
    ) -> FieldValue? {
        let open = entries.last { entry in
            entry.target == side && entry.kind == .update && entry.state.isOnItsWay
                && entry.fields.contains { $0.index == index }
        }
        guard let open, let field = open.fields.first(where: { $0.index == index }),
            let former = (open.observed(on: side)?.values.values ?? base)?[index]
        else { return nil }
        let sent = FieldValue(bytes: field.value)
        return former != sent && choices.contains(former) && choices.contains(sent) ? former : nil
    }

    private static func choose(_ row: inout RecordRow, on side: Side, _ known: LoadedRecord?) {
        let base = known?.link?.base(on: side)?.values
        let entries = known?.entries ?? []
        var writes: [OutboxEntry.Field] = []
        for (index, choices) in row.choices.sorted(by: { $0.key < $1.key }) {
            // What a write without a reply may have made, what is known, what was seen last.
            let sent = entries.filter { $0.target == side && $0.state.isOnItsWay }
                .flatMap(\.fields).filter { $0.index == index }.map { FieldValue(bytes: $0.value) }
            let seen = entries.compactMap { $0.observed(on: side)?.values.values[index] }
            if let former = Self.left(index, among: choices, on: side, entries, base) {
                writes.append(.init(index: index, value: former.bytes, reason: ""))
                continue
            }
            let wanted = sent.reversed() + [base?[index]].compactMap(\.self) + seen.reversed()
            guard let value = wanted.first(where: { choices.contains($0) }) else { continue }
            writes.append(.init(index: index, value: value.bytes, reason: ""))
        }
        row.values = row.values.setting(writes)
        row.choices = [:]
    }
}
