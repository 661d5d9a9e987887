import SyncCore
import SyncStore

/// Which of several ties of a HubSpot record a field shows.
///
/// Salesforce's record names one; HubSpot's may be tied to many. As long as the one that went over is among them,
/// the field has not changed.
extension ObjectSyncer {
    func chosen(_ page: RecordPage) async throws(SyncError) -> RecordPage {
        let crowded = page.rows.filter { !$0.choices.isEmpty }
        guard !crowded.isEmpty else { return page }
        let loaded = try await self.loaded(crowded.map(\.id), on: page.side)
        var page = page
        for place in page.rows.indices where !page.rows[place].choices.isEmpty {
            Self.choose(&page.rows[place], on: page.side, loaded[page.rows[place].id])
        }
        return page
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
            let wanted = sent.reversed() + [base?[index]].compactMap(\.self) + seen.reversed()
            guard let value = wanted.first(where: { choices.contains($0) }) else { continue }
            writes.append(.init(index: index, value: value.bytes, reason: ""))
        }
        row.values = row.values.setting(writes)
        row.choices = [:]
    }
}
