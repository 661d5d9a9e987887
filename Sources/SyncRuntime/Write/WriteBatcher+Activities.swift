import CRMInterface
import SyncCore
import SyncStore

/// What the writes of activities have besides their fields.
extension WriteBatcher {
    /// What HubSpot's records showed when writes of their ties were decided, by entry: what each belonged to.
    func formerValues(
        of entries: [OutboxEntry]
    ) async throws(SyncError) -> [Int64: RecordBlob] {
        var former: [Int64: RecordBlob] = [:]
        guard self.connection.side == .hubspot else { return former }
        for name in Set(entries.map(\.mapping)).sorted() {
            guard let mapping = self.syncers[name]?.mapping,
                mapping.fields.contains(where: { $0.isTied || mapping.isParent($0) })
            else { continue }
            let mine = entries.filter { $0.mapping == name && $0.kind == .update }
            let loaded = try await self.store.load(
                mapping: name,
                side: .hubspot,
                ids: mine.compactMap(\.targetID)
            )
            let links = Dictionary(loaded.map { ($0.remoteID, $0.link) }) { one, _ in one }
            for entry in mine {
                let base = entry.targetID.flatMap { links[$0] }??.hubspotBase
                former[entry.id] = entry.observed(on: .hubspot)?.values ?? base
            }
        }
        return former
    }

    /// Adds the ties that the entry makes and takes away, and what a new record gets besides.
    ///
    /// `former`: what HubSpot's record showed when it was decided.
    func complete(
        _ write: inout RecordWrite,
        of entry: OutboxEntry,
        _ mapping: ObjectMapping,
        former: RecordBlob?
    ) {
        switch entry.target {
        case .salesforce:
            guard entry.kind == .create else { return }
            for constant in mapping.object(entry.object, on: .salesforce)?.constants ?? []
            where !write.fields.contains(where: { $0.name == constant.field }) {
                let value = FieldValue(normal: constant.value)
                write.fields.append(.init(name: constant.field, type: .text, value: value))
            }
        case .hubspot:
            let before = former?.values
            for field in entry.fields where mapping.fields[field.index].isTied {
                let name = mapping.fields[field.index].hubspot
                let targets = mapping.fields[field.index].targets
                let now = FieldValue(bytes: field.value)
                let old = before?[field.index] ?? .blank
                guard now != old else { continue }
                for (value, isMade) in [(now, true), (old, false)]
                where isMade || self.settings.sabotage != .keepsFormerTies {
                    guard let tie = ReferenceTargets.Tie(value.text) else { continue }
                    let target = targets?.targets.first { $0.hubspot == tie.object }
                    write.ties.append(
                        .init(
                            field: name,
                            object: tie.object,
                            id: tie.id,
                            isMade: isMade,
                            kind: target?.kind
                        )
                    )
                }
            }
            for field in entry.fields where mapping.isParent(mapping.fields[field.index]) {
                let name = mapping.hubspot.fields[field.index]?.name
                guard let place = write.fields.firstIndex(where: { $0.name == name }) else {
                    continue
                }
                write.fields[place].former = before?[field.index]
            }
            self.date(&write, of: entry, mapping)
        }
    }

    /// Gives a new activity the time without which HubSpot takes none, where none of its fields is that time.
    private func date(_ write: inout RecordWrite, of entry: OutboxEntry, _ mapping: ObjectMapping) {
        guard entry.kind == .create, let kind = mapping.kind, let name = kind.dated,
            !write.fields.contains(where: { $0.name == name }),
            let seen = entry.observed(on: .salesforce)
        else { return }
        let start = write.fields.first { $0.name == kind.startsAt && !$0.value.isBlank }
        let last = FieldValue(normal: String(seen.stamp.milliseconds))
        write.fields.append(.init(name: name, type: .datetime, value: start?.value ?? last))
    }
}
