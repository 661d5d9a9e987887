import SyncCore
import SyncStore

/// Which of several ties of a HubSpot record a field shows.
///
/// Salesforce's record names one; HubSpot's may be tied to many. As long as the one that went over is among them,
/// the field has not changed.
extension ObjectSyncer {
    /// The page with one tie a field, whatever was asked for.
    func chosen(_ page: RecordPage) async throws(SyncError) -> RecordPage {
        let open = page.rows.filter { !$0.choices.isEmpty || $0.lacksTies }
        guard !open.isEmpty else { return page }
        let loaded = try await self.loaded(open.map(\.id), on: page.side)
        let tied = self.mapping.fields.filter(\.isApart).map(\.index)
        var step = self.step()
        if page.rows.contains(where: \.lacksTies) {
            step.waits = try await self.waits(of: loaded.values.compactMap(\.link))
        }
        var page = page
        // Who is not known is looked at with its ties when a feed shows it.
        page.rows.removeAll { $0.lacksTies && loaded[$0.id]?.link == nil }
        for place in page.rows.indices {
            let known = loaded[page.rows[place].id]
            if page.rows[place].lacksTies {
                Self.complete(&page.rows[place], tied, on: page.side, known, step)
            } else if !page.rows[place].choices.isEmpty {
                Self.choose(&page.rows[place], on: page.side, known)
            }
        }
        return page
    }

    /// Gives a row that lacks its ties those that were seen last.
    private static func complete(
        _ row: inout RecordRow,
        _ tied: [Int],
        on side: Side,
        _ known: LoadedRecord?,
        _ step: RecordStep
    ) {
        let seen = known?.entries.compactMap { $0.observed(on: side)?.values }.last
        if let last = seen ?? known?.link.flatMap({ step.lastSeen(of: $0, on: side) }) {
            row.values = row.values.replacing(Set(tied), from: last)
        }
        row.lacksTies = false
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
