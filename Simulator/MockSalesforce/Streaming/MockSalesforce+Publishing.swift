/// Makes events of the changes that have been committed.
extension MockSalesforce {
    /// Publishes what was committed until now, in the order of the commits.
    ///
    /// Nothing is done for an org that nobody listens to: events are made when somebody asks.
    mutating func publishChanges(at now: Int64) {
        let streaming = self.settings.streaming
        let oldest = now - streaming.retention
        let selected = Set(streaming.selectedObjects).union(streaming.channels.values.joined())
        let count = self.org.changes.count
        for place in min(self.eventLog.scanned, count)..<count {
            let change = self.org.changes[place]
            guard ChangeEventType(change.kind) != nil, selected.contains(change.object),
                change.visibleAt > oldest
            else { continue }
            self.eventLog.waiting.append(place)
        }
        self.eventLog.scanned = count
        var due: [Int] = []
        var waiting: [Int] = []
        for place in self.eventLog.waiting {
            if self.org.changes[place].visibleAt <= now {
                due.append(place)
            } else {
                waiting.append(place)
            }
        }
        self.eventLog.waiting = waiting
        due.sort {
            let (first, second) = (self.org.changes[$0].visibleAt, self.org.changes[$1].visibleAt)
            return (first, $0) < (second, $1)
        }
        var transaction: [Int] = []
        for place in due {
            if let last = transaction.last,
                self.org.marks[last].transaction != self.org.marks[place].transaction
            {
                self.publish(transaction)
                transaction = []
            }
            transaction.append(place)
        }
        self.publish(transaction)
        self.eventLog.prune(before: oldest, max: streaming.retainedEventsMax)
    }

    /// When the next change that is already written will be committed; `nil` where none waits.
    func nextCommit(after now: Int64) -> Int64? {
        let unseen = self.org.changes.indices.dropFirst(self.eventLog.scanned)
        let times = (self.eventLog.waiting + unseen).compactMap { place in
            place < self.org.changes.count ? self.org.changes[place].visibleAt : nil
        }
        return times.filter { $0 > now }.min()
    }

    /// Publishes the changes of one transaction: one event per record, equal ones joined.
    private mutating func publish(_ transaction: [Int]) {
        guard let first = transaction.first else { return }
        let streaming = self.settings.streaming
        var byRecord: [String: Int] = [:]
        var events: [ChangeEvent] = []
        for place in transaction {
            let change = self.org.changes[place]
            if let known = byRecord[change.recordID] {
                events[known].changes.append(place)
                continue
            }
            guard let type = ChangeEventType(change.kind), let table = self.org.table(change.object)
            else { continue }
            byRecord[change.recordID] = events.count
            events.append(
                ChangeEvent(
                    table: table,
                    type: type,
                    recordIDs: [change.recordID],
                    changes: [place],
                    mark: self.org.marks[first],
                    committedAt: SalesforceTime.wholeSeconds(change.visibleAt),
                    user: change.author
                )
            )
        }
        events = self.joined(self.cut(events, streaming), streaming)
        guard !events.isEmpty else { return }
        for place in events.indices where events[place].form == .whole {
            events[place].sequenceNumber = place + 1
            let number = self.eventLog.eventsPublished + place + 1
            if let nth = streaming.gapEveryNthEvent, nth > 0, number.isMultiple(of: nth) {
                events[place].form = .gap
                events[place].sequenceNumber = 1
            }
        }
        let count = events.count
        if let nth = streaming.loseEveryNthEvent, nth > 0 {
            let first = self.eventLog.eventsPublished
            events = zip(1..., events).filter { !(first + $0.0).isMultiple(of: nth) }.map(\.1)
        }
        self.eventLog.append(events, of: count)
    }

    /// Lets one overflow event for each object stand for what is beyond the threshold.
    private func cut(
        _ events: [ChangeEvent],
        _ streaming: MockSalesforceStreamingSettings
    ) -> [ChangeEvent] {
        var kept: [ChangeEvent] = []
        var count = 0
        var overflown: Set<Int> = []
        for event in events {
            count += event.type == .update ? max(1, self.fields(of: event).items.count) : 1
            guard count > streaming.overflowThreshold else {
                kept.append(event)
                continue
            }
            guard overflown.insert(event.table).inserted else { continue }
            var overflow = event
            overflow.form = .overflow
            overflow.recordIDs = []
            kept.append(overflow)
        }
        return kept
    }

    /// Joins updates with the same fields and values, and deletes, into one event each.
    private func joined(
        _ events: [ChangeEvent],
        _ streaming: MockSalesforceStreamingSettings
    ) -> [ChangeEvent] {
        struct Key: Hashable {
            var table: Int
            var type: ChangeEventType
            var fields: ChangeEventFields
        }
        var joined: [ChangeEvent] = []
        var places: [Key: Int] = [:]
        for var event in events {
            guard event.form == .whole else {
                joined.append(event)
                continue
            }
            let fields = self.fields(of: event)
            let object = self.org.tables[event.table].object
            if event.type == .update, !streaming.tellsUnchangedUpdates,
                !fields.hasMoreThanStamps(of: object)
            {
                continue
            }
            if fields.textBytes > streaming.eventBytesMax { event.form = .gap }
            guard event.form == .whole, event.type == .update || event.type == .delete else {
                joined.append(event)
                continue
            }
            let key = Key(table: event.table, type: event.type, fields: fields)
            if let place = places[key] {
                joined[place].recordIDs += event.recordIDs
            } else {
                places[key] = joined.count
                joined.append(event)
            }
        }
        return joined
    }

    /// What the event carries: everything for a new record, what is different for a changed one.
    func fields(of event: ChangeEvent) -> ChangeEventFields {
        guard event.type != .delete, let last = event.changes.last else {
            return ChangeEventFields()
        }
        let newest = self.org.changes[last]
        var before: [String: Value] = [:]
        var after: [String: Value] = [:]
        var told = event.changes[...]
        if event.type == .undelete {
            told = self.org.places(of: newest.recordID).prefix { $0 <= last }[...]
        }
        for place in told {
            for field in self.org.changes[place].fields {
                if before[field.name] == nil { before[field.name] = field.before }
                after[field.name] = field.after
            }
        }
        let isUpdate = event.type == .update
        if newest.kind != .convert {
            after["LastModifiedDate"] = .datetime(SalesforceTime.wholeSeconds(newest.at))
            if !isUpdate || self.org.author(before: event.changes[0]) != newest.author {
                after["LastModifiedById"] = .text(newest.author)
            }
        }
        var fields = ChangeEventFields(isUpdate: isUpdate)
        let object = self.org.tables[event.table].object
        for (place, field) in object.fields.enumerated() where ChangeEventFields.has(field) {
            guard let value = after[field.name] else { continue }
            if isUpdate ? before[field.name] == value : value.isNull { continue }
            fields.items.append(.init(place: place, value: value))
        }
        return fields
    }
}
