/// The portal's history as a stream of events, for webhooks and their journal.
extension MockHubSpot {
    /// From now on changes are told.
    mutating func startFeed(lists: Bool = false, _ now: Int64) {
        if !self.feed.isOn { self.associations.changes = [] }
        if self.marketing.untold == nil { self.marketing.untold = [] }
        self.feed.start(at: self.tables.map(\.commitCount))
        guard lists, self.feed.members == nil else { return }
        self.refreshLists(now)
        self.feed.members = Dictionary(
            self.lists.map { ($0.id, Set($0.members.keys)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Tells those who listen what happened since the last time.
    mutating func tellChanges(_ now: Int64) {
        guard self.feed.isOn else { return }
        var events = self.recordEvents() + self.associationEvents(now) + self.memberEvents(now)
        events += self.completionEvents(now)
        guard !events.isEmpty else { return }
        // Swift's sort is stable: what one request did stays in its order.
        events.sort { $0.at < $1.at }
        self.queueWebhooks(events, now)
        self.writeJournal(events)
    }

    private mutating func recordEvents() -> [ChangeEvent] {
        var events: [ChangeEvent] = []
        for place in self.tables.indices {
            let table = self.tables[place]
            let fresh = table.commits(after: self.feed.advance(place, to: table.commitCount))
            guard !fresh.isEmpty else { continue }
            var left: [Int64: Int] = [:]
            for commit in fresh { left[commit.id, default: 0] += 1 }
            for commit in fresh {
                guard let row = self.tables[place].row(commit.id), let behind = left[commit.id],
                    row.versions.count >= behind
                else { continue }
                left[commit.id] = behind - 1
                let event = self.event(of: row, row.versions.count - behind, place)
                if let event { events.append(event) }
            }
        }
        return events
    }

    private func event(of row: RecordTable.Row, _ version: Int, _ place: Int) -> ChangeEvent? {
        let now = row.versions[version]
        let before = version > 0 ? row.versions[version - 1].values : [:]
        let kind: ChangeEvent.Kind
        switch now.kind {
        case .seed, .create: kind = .creation(Self.fields(from: [:], to: now.values))
        case .update:
            let fields = Self.fields(from: before, to: now.values)
            guard !fields.isEmpty else { return nil }
            kind = .update(fields)
        case .archive: kind = .deletion
        case .restore: kind = .restore
        case .gdprDelete: kind = .privacyDeletion
        case .merge: kind = self.merge(into: row, version, place)
        // The survivor's event names it.
        case .mergedAway: return nil
        }
        return ChangeEvent(
            at: now.at,
            type: self.tables[place].object.typeID,
            id: row.id,
            author: now.author,
            kind: kind,
            values: now.values
        )
    }

    private static func fields(
        from old: [String: String],
        to new: [String: String]
    ) -> [ChangeEvent.Field] {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
        return names.sorted().map { ChangeEvent.Field(name: $0, value: new[$0] ?? "") }
    }

    private func merge(
        into row: RecordTable.Row,
        _ version: Int,
        _ place: Int
    ) -> ChangeEvent.Kind {
        let values = row.versions[version].values
        // The newest merge's ids come first: the primary's, unless it stays, then the other's.
        let ids = (values["hs_merged_object_ids"] ?? "").split(separator: ";").compactMap {
            Int64($0)
        }
        let keepsID = version > 0
        let primary = keepsID ? row.id : ids.first ?? row.id
        let merged = Array(ids.dropFirst(keepsID ? 0 : 1).prefix(1))
        let before =
            keepsID ? row.versions[version - 1].values : self.tables[place].row(primary)?.now.values
        let moved = Self.fields(from: before ?? [:], to: values).count {
            !["hs_merged_object_ids", "hs_additional_emails"].contains($0.name)
        }
        return .merge(primary: primary, merged: merged, moved: moved)
    }

    private mutating func associationEvents(_ now: Int64) -> [ChangeEvent] {
        guard let changes = self.associations.changes, !changes.isEmpty else { return [] }
        self.associations.changes = []
        let author = MockHubSpotAuthor(sourceType: "ASSOCIATIONS", sourceID: "")
        return changes.map { change in
            ChangeEvent(
                at: now,
                type: change.from.type,
                id: change.from.id,
                author: author,
                kind: .association(change)
            )
        }
    }

    private mutating func completionEvents(_ now: Int64) -> [ChangeEvent] {
        guard let untold = self.marketing.untold, !untold.isEmpty else { return [] }
        self.marketing.untold = []
        return untold.map { event in
            ChangeEvent(
                // When it happened may lie long ago: it is told when it is known.
                at: now,
                type: event.objectTypeID,
                id: event.objectID,
                author: MockHubSpotAuthor(
                    sourceType: "BEHAVIORAL_EVENTS",
                    sourceID: event.eventType
                ),
                kind: .completion(event)
            )
        }
    }

    private mutating func memberEvents(_ now: Int64) -> [ChangeEvent] {
        guard var known = self.feed.members else { return [] }
        self.refreshLists(now)
        var events: [ChangeEvent] = []
        for list in self.lists {
            let members = list.isDeleted ? [] : Set(list.members.keys)
            let old = known[list.id] ?? []
            guard members != old else { continue }
            known[list.id] = members
            for (ids, isAdded) in [
                (members.subtracting(old), true), (old.subtracting(members), false),
            ] {
                for id in ids.sorted() {
                    events.append(
                        ChangeEvent(
                            at: now,
                            type: list.type,
                            id: id,
                            author: MockHubSpotAuthor(sourceType: "CONTACTS", sourceID: list.id),
                            kind: .membership(list: list.id, isAdded: isAdded)
                        )
                    )
                }
            }
        }
        self.feed.members = known
        return events
    }
}
