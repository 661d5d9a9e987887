/// Whether a record fits the filters of a list.
extension MockHubSpot {
    /// Lists that are named count as they stand: one that follows its own filters is brought up to
    /// date in the order of the lists' ids.
    func fits(
        _ filter: SegmentFilter,
        _ row: RecordTable.Row,
        _ type: String,
        _ deeds: [End: [OccurredEvent]],
        _ now: Int64
    ) -> Bool {
        let one = End(type: type, id: row.id)
        switch filter {
        case .all(let parts): return parts.allSatisfy { self.fits($0, row, type, deeds, now) }
        case .any(let parts): return parts.contains { self.fits($0, row, type, deeds, now) }
        case .property(let name, _, _):
            guard Calculation.names.contains(name), row.now.values[name] == nil,
                let place = self.place(of: type),
                let value = self.value(name, place, row, row.now)
            else { return filter.matches(row.now.values) }
            return filter.matches([name: value])
        case .unknown: return false
        case .event(let condition):
            let done = deeds[one] ?? []
            let count = done.count { self.counts($0, condition, now) }
            return condition.count.contains(count) == condition.isDone
        case .inList(let list, let isIn): return self.isMember(row.id, list) == isIn
        case .associated(let other, let kind, let isIn, let parts):
            let found = self.tied(one, other, kind).contains { tied in
                parts.allSatisfy { self.fits($0, tied, other, deeds, now) }
            }
            return found == isIn
        case .associatedInList(let other, let kind, let list, let isIn):
            let found = self.tied(one, other, kind).contains { self.isMember($0.id, list) }
            return found == isIn
        case .tieCount(let kind, let range):
            let others = self.associations.types.filter { $0.from == type && $0.id == kind }
            let count = others.reduce(0) { $0 + self.tied(one, $1.to, kind).count }
            return range.contains(count)
        }
    }

    /// What every record did, by record; nothing where no list asks for it.
    func deeds(for filter: SegmentFilter) -> [End: [OccurredEvent]] {
        guard filter.asksForEvents else { return [:] }
        // What somebody did before a merge is the survivor's.
        return Dictionary(grouping: self.marketing.events) { event in
            let place = self.place(of: event.objectTypeID)
            let row = place.flatMap { self.follow(event.objectID, $0) }
            return End(type: event.objectTypeID, id: row?.id ?? event.objectID)
        }
    }

    private func counts(
        _ event: OccurredEvent,
        _ condition: EventCondition,
        _ now: Int64
    ) -> Bool {
        guard condition.window.contains(event.at, at: now) else { return false }
        if let type = condition.eventType {
            let full = self.definition(type)?.fullName(self.settings.portalID) ?? type
            guard event.eventType == full else { return false }
        } else {
            guard event.eventType == "e_form_submission_v2" else { return false }
            let form = event.properties.first { $0.name == "hs_form_id" }?.value
            guard condition.form == nil || condition.form == form else { return false }
        }
        let values = Dictionary(event.properties.map { ($0.name, $0.value) }) { first, _ in first }
        return condition.parts.allSatisfy { $0.matches(values) }
    }

    private func isMember(_ id: Int64, _ list: String) -> Bool {
        self.lists.contains { $0.id == list && !$0.isDeleted && $0.members[id] != nil }
    }

    /// The living records that one is tied to by a kind, which may be named from either side.
    private func tied(_ one: End, _ type: String, _ kind: Int?) -> [RecordTable.Row] {
        guard let place = self.place(of: type) else { return [] }
        return self.associations.list(one, to: self.tables[place].object.typeID).compactMap { tie in
            let isMeant = kind.map { kind in
                tie.types.contains { $0.id == kind || $0.inverse == kind }
            }
            guard isMeant ?? true, let row = self.tables[place].row(tie.id), !row.now.isArchived
            else { return nil }
            return row
        }
    }
}
