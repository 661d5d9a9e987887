package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Writes to one connection: takes planned entries of all syncers, packs, sends and settles.
package actor WriteBatcher {
    let connection: any CRMConnection
    private let resolver: ConflictResolver
    let syncers: [String: ObjectSyncer]
    let store: any SyncStore
    let settings: RuntimeSettings
    let time: any TimeSource
    private let progress: @Sendable (ProgressEvent) -> Void
    /// How many records one collection takes; shrinks on locks and governor errors.
    private var collectionMax: Int
    /// By mapping, how many deletes a person was told to wait; 0 for none.
    var toldHeld: [String: Int] = [:]
    /// Which writes may go, where not all may.
    private var permit: WritePermit?
    /// Where people find records, where any is to name its counterpart's page.
    var pages: RecordURL?

    package init(
        connection: any CRMConnection,
        resolver: ConflictResolver,
        syncers: [String: ObjectSyncer],
        store: any SyncStore,
        settings: RuntimeSettings,
        time: any TimeSource,
        progress: @escaping @Sendable (ProgressEvent) -> Void
    ) {
        self.connection = connection
        self.resolver = resolver
        self.syncers = syncers
        self.store = store
        self.settings = settings
        self.time = time
        self.progress = progress
        self.collectionMax = connection.limits.writeCollectionMax
    }

    /// Sends everything that is planned and ready, the most urgent first.
    ///
    /// What the day's calls do not allow now stays planned.
    ///
    /// - Parameter undecided: HubSpot ids of records that wait for a look at both sides; what is
    ///   planned for them waits too.
    /// - Returns: how many writes were settled.
    /// - Throws: why the rest waits, where nothing else was done.
    package func push(undecided: Set<String> = []) async throws(SyncError) -> Int {
        var settled = try await self.resolveUnknown()
        let counts = try await self.store.outboxCounts()
        try await self.endUnwanted(counts)
        try await self.clearHeld(counts)
        try await self.findPages()
        let planned = self.planned(in: counts)
        var after: EntryQuery.Place?
        var waiting: SyncError?
        var queue = WriteForecast(
            collectionMax: self.connection.limits.writeCollectionMax,
            collectionsMax: self.connection.limits.writeCollectionsMax,
            conditionalMax: self.isStrict ? self.connection.limits.conditionalWritesMax : 0
        )
        var last: PriorityClass = .manual
        while true {
            let entries = try await self.store.entries(
                EntryQuery(
                    target: self.connection.side,
                    states: [.planned],
                    readyAt: self.time.wallMilliseconds,
                    after: after,
                    limit: self.chunkMax
                )
            )
            guard let place = entries.last else {
                guard settled == 0, let waiting else { return settled }
                throw await self.explained(waiting, queue.calls, as: last)
            }
            after = EntryQuery.Place(place)
            let budget = await self.connection.budget()
            let held = try await self.heldDeletes(of: entries)
            let ripe = self.ripe(entries, undecided, held)
            let late = ripe.filter { budget.refusals[$0.priority] != nil }
            for entry in late { queue.add(entry) }
            last = late.map(\.priority).max() ?? last
            waiting = waiting ?? late.first.flatMap { budget.refusals[$0.priority] }
            if self.settings.sabotage == .dropsDeferred { try await self.drop(late) }
            settled += try await self.deliver(
                late.isEmpty ? ripe : ripe.filter { budget.refusals[$0.priority] == nil },
                budget: budget
            )
            for name in Set(ripe.map(\.mapping)).sorted() {
                await self.syncers[name]?.writesSettled(on: self.connection.side)
            }
            self.progress(
                .writing(self.connection.side, done: settled, planned: max(planned, settled))
            )
        }
    }

    /// The reason with how many calls wait, and until when if nobody else spends anything.
    private func explained(
        _ error: SyncError,
        _ calls: Int,
        as priority: PriorityClass
    ) async -> SyncError {
        var explained = error
        explained.cause += " Writes of \(calls) calls wait for it."
        let use = BudgetUse(priority, calls: calls)
        if let end = await self.connection.forecast(use)?.finishedAt {
            let hours = max(0, end - self.time.monotonicMilliseconds + 3_599_999) / 3_600_000
            explained.nextStep = "Nothing is lost: they go by themselves within \(hours) hours."
        }
        return explained
    }

    func allow(_ permit: WritePermit) {
        self.permit = permit
    }

    /// What nothing stands in the way of.
    private func ripe(
        _ entries: [OutboxEntry],
        _ undecided: Set<String>,
        _ held: Set<Int64>
    ) -> [OutboxEntry] {
        let paused = self.settings.pauses().mappings(at: self.time.wallMilliseconds)
        let ripe =
            undecided.isEmpty && held.isEmpty && paused.isEmpty
            ? entries
            : entries.filter {
                !undecided.contains(Self.hubspotID($0)) && !held.contains($0.id)
                    && !paused.contains($0.mapping)
            }
        return self.permit?.permitted(ripe) ?? ripe
    }

    private static func hubspotID(_ entry: OutboxEntry) -> String {
        entry.target == .salesforce ? entry.sourceID : entry.targetID ?? ""
    }

    private func drop(_ entries: [OutboxEntry]) async throws(SyncError) {
        for name in Set(entries.map(\.mapping)).sorted() {
            let mine = entries.filter { $0.mapping == name }.map { entry in
                var next = entry
                next.state = .superseded
                return next
            }
            try await self.syncers[name]?.advance(mine)
        }
    }

    // MARK: - Delivery

    var chunkMax: Int { self.connection.limits.chunkMax }

    private func planned(in counts: [OutboxCount]) -> Int {
        counts.filter { $0.target == self.connection.side && $0.state == .planned }
            .reduce(0) { $0 + $1.count }
    }

    /// Reads the targets that need it and sends, all in places that are held together.
    ///
    /// `lookedAt`: when the targets were read last, on the monotonic clock, where each was looked at
    /// before this. Answers how many writes were settled.
    func deliver(
        _ entries: [OutboxEntry],
        budget: BudgetOutlook = .free,
        lookedAt: Int64? = nil
    ) async throws(SyncError) -> Int {
        let confirmed = try await self.resolver.confirmParents(entries)
        let stopped = entries.count - confirmed.count
        guard let urgency = confirmed.map(\.priority).min() else { return stopped }
        var packed = try await self.packed(confirmed)
        // A hold that the day's calls cannot carry is cut; the rest waits for the next pass.
        if let room = budget.rooms[urgency] {
            packed = Array(packed.prefix(max(1, room - 1)))
        }
        guard !packed.isEmpty else { return stopped }
        let going = packed.joined()
        let guarded =
            (lookedAt != nil && !self.isStrict) || self.settings.sabotage == .skipsGuards
            ? [] : going.filter(\.isGuarded)
        let reads = self.resolver.guardCalls(guarded, on: self.connection)
        let hold = try await self.connection.hold(calls: reads + packed.count, priority: urgency)
        do {
            let settled = try await self.deliver(packed, guarded, lookedAt: lookedAt, hold)
            await self.connection.release(hold)
            return settled + stopped
        } catch {
            await self.connection.release(hold)
            throw error
        }
    }

    private func deliver(
        _ packed: [[OutboxEntry]],
        _ guarded: [OutboxEntry],
        lookedAt: Int64?,
        _ hold: CallHold
    ) async throws(SyncError) -> Int {
        var looks = try await self.guardRead(guarded, hold)
        let held = Set(guarded.map(\.id)).subtracting(looks.keys)
        if let lookedAt {
            for entry in packed.joined() where looks[entry.id] == nil {
                looks[entry.id] = GuardLook(readAt: lookedAt)
            }
        }
        var settled = 0
        for batch in packed {
            let ready = batch.filter { !held.contains($0.id) }
            guard self.isAged(ready, looks) else {
                settled += try await self.send(ready, looks, self.hold(hold, ready, looks))
                continue
            }
            // One read covers one object's part: none waits for the look at another's.
            for object in Set(ready.map(\.object)).sorted() {
                let part = ready.filter { $0.object == object }
                let fresh = try await self.guardRead(part.filter(\.isGuarded), hold)
                let cleared = part.filter { !$0.isGuarded || fresh[$0.id] != nil }
                settled += try await self.send(cleared, fresh, self.hold(hold, cleared, fresh))
            }
        }
        return settled
    }

    /// Whether one of the looks that these writes rely on is older than the setting allows.
    ///
    /// The race window stays as short as the setting says, however slow the calls are.
    private func isAged(_ entries: [OutboxEntry], _ looks: [Int64: GuardLook]) -> Bool {
        guard self.settings.sabotage != .guardsNeverAge, self.settings.sabotage != .skipsGuards
        else { return false }
        let now = self.time.monotonicMilliseconds
        return entries.filter(\.isGuarded).contains { entry in
            now - (looks[entry.id]?.readAt ?? .min / 2) > self.settings.guardAgeMax
        }
    }

    /// The hold for writes that must have left before the oldest of their looks is too old.
    ///
    /// What lies between the last question and the wire may take its time: the disk, a new session.
    private func hold(
        _ hold: CallHold,
        _ entries: [OutboxEntry],
        _ looks: [Int64: GuardLook]
    ) -> CallHold {
        guard self.settings.sabotage != .guardsNeverAge, self.settings.sabotage != .leavesLate
        else { return hold }
        var hold = hold
        hold.leavesBy = entries.filter(\.isGuarded).compactMap { looks[$0.id]?.readAt }.min()
            .map { $0 + self.settings.guardAgeMax }
        return hold
    }

    /// Reads targets by id; an entry whose target moved is decided again, not sent.
    ///
    /// Answers the looks at the targets of those that may go.
    private func guardRead(
        _ entries: [OutboxEntry],
        _ hold: CallHold
    ) async throws(SyncError) -> [Int64: GuardLook] {
        guard !entries.isEmpty else { return [:] }
        let looks = try await self.resolver.guardRead(
            entries,
            on: self.connection.side,
            hold: hold
        )
        return self.isStrict ? try await self.ripe(looks, of: entries) : looks
    }

    /// The calls for these entries; none whose record has a write on its way.
    private func packed(_ entries: [OutboxEntry]) async throws(SyncError) -> [[OutboxEntry]] {
        let onTheirWay = try await self.store.entries(
            EntryQuery(
                target: self.connection.side,
                states: [.sent, .unknown, .landed],
                limit: Int.max
            )
        )
        let mine = Set(entries.map(\.id))
        let inFlight = onTheirWay.filter { !mine.contains($0.id) }
        let together = BatchPacker(
            collectionMax: self.collectionMax,
            collectionsMax: self.connection.limits.writeCollectionsMax
        ).pack(
            entries.filter { !self.isConditional($0) },
            inFlight: inFlight,
            isApart: self.isAssigned
        )
        guard self.isStrict else { return together }
        return together + self.rowByRow(entries, inFlight: inFlight + together.joined())
    }

    /// Answers how many writes it took on.
    private func send(
        _ batch: [OutboxEntry],
        _ looks: [Int64: GuardLook],
        _ hold: CallHold
    ) async throws(SyncError) -> Int {
        guard !batch.isEmpty else { return 0 }
        let sentAt = self.time.wallMilliseconds
        // While this call waited for its turn, entries may have been decided again.
        var sent = try await self.store.markSent(batch.map(\.id), at: sentAt)
        if self.settings.sabotage == .sendsSuperseded {
            sent = batch.map { OutboxMachine.sent($0, at: sentAt) }
        }
        guard !sent.isEmpty else { return batch.count }
        let former = try await self.formerValues(of: sent)
        let writes = sent.compactMap { entry -> RecordWrite? in
            guard let syncer = self.syncers[entry.mapping] else { return nil }
            var write = self.write(of: entry, mapping: syncer.mapping)
            self.complete(&write, of: entry, syncer.mapping, former: former[entry.id])
            if self.isConditional(entry) { write.unmodifiedSince = looks[entry.id]?.stamp }
            return write
        }
        let priority = batch.map(\.priority).min() ?? .field
        let reply = await self.connection.write(writes, priority: priority, hold: hold)
        for name in Set(sent.map(\.mapping)).sorted() {
            guard let syncer = self.syncers[name] else { continue }
            try await syncer.settle(sent.filter { $0.mapping == name }, reply: reply)
        }
        // A condition that did not hold says nothing about the size of collections.
        if !writes.contains(where: { $0.unmodifiedSince != nil }) { self.adjust(to: reply) }
        if let failure = reply.failure, failure.disposition == .stop { throw failure }
        return batch.count
    }

    /// Smaller collections after locks and governor errors, back to full ones after a clean batch.
    private func adjust(to reply: WriteReply) {
        // Too many calls are no sign of too many records: a call for each of them would be more.
        guard !reply.isPaced else { return }
        let held = reply.outcomes.values.contains { outcome in
            if case .notStored(.retry) = outcome { return true }
            return false
        }
        self.collectionMax =
            held
            ? BatchPacker.shrunk(self.collectionMax)
            : self.connection.limits.writeCollectionMax
    }

    // MARK: - Bytes

    func write(of entry: OutboxEntry, mapping: ObjectMapping) -> RecordWrite {
        let object = mapping.object(entry.object, on: entry.target)
        var fields = entry.fields.compactMap { field -> RecordWrite.Field? in
            guard let target = object?.fields[field.index],
                entry.target == .salesforce || !mapping.fields[field.index].isTied
            else { return nil }
            return RecordWrite.Field(
                name: target.name,
                type: target.shape.type,
                value: FieldValue(bytes: field.value),
                refersTo: self.referred(mapping.fields[field.index], on: entry.target)
            )
        }
        let keyField = self.keyField(of: entry, mapping: mapping)
        let action: RecordWrite.Action
        switch (entry.kind, entry.targetID) {
        case (.update, let id?):
            action = .update(id: id)
            if entry.writesKey, let keyField, self.settings.sabotage != .keepsKeysBack {
                fields.append(
                    RecordWrite.Field(
                        name: keyField,
                        type: .text,
                        value: FieldValue(normal: self.keyValue(of: entry))
                    )
                )
            }
        case (.delete, let id?): action = .delete(id: id)
        case (.create, _), (.update, nil), (.delete, nil):
            let keyField = self.settings.sabotage == .createsWithoutKey ? nil : keyField
            let isLate = self.settings.sabotage == .keysLater && entry.target == .salesforce
            let value = isLate ? entry.sourceID + "1" : entry.sourceID
            action = keyField.map { .createByKey(field: $0, value: value) } ?? .createWithoutKey
        }
        fields += self.statusFields(of: entry, mapping)
        var write = RecordWrite(
            entryID: entry.id,
            mapping: mapping,
            object: entry.object,
            action: action,
            fields: fields
        )
        write.isAssigned = self.isAssigned(entry)
        return write
    }

    /// Whether Salesforce's assignment rules choose the owner of a new record.
    private func isAssigned(_ entry: OutboxEntry) -> Bool {
        guard entry.target == .salesforce, entry.kind == .create,
            let mapping = self.syncers[entry.mapping]?.mapping
        else { return false }
        return mapping.assignment.applies(to: entry, ownerField: mapping.ownerField?.index)
    }

    /// The object whose records a field names; Salesforce tells it from the id alone.
    private func referred(_ field: FieldMapping, on side: Side) -> String? {
        guard side == .hubspot, let mapping = field.targets?.mappings.first else { return nil }
        return self.syncers[mapping]?.mapping.hubspot.name
    }

    private func keyValue(of entry: OutboxEntry) -> String {
        let isGarbled = self.settings.sabotage == .garblesTheirKeys && entry.target == .salesforce
        return isGarbled ? entry.sourceID + "0" : entry.sourceID
    }

    private func keyField(of entry: OutboxEntry, mapping: ObjectMapping) -> String? {
        switch entry.target {
        case .salesforce: mapping.object(entry.object, on: .salesforce)?.keyField
        case .hubspot:
            mapping.hubspotKeyFields[mapping.salesforceObject(ofID: entry.sourceID)]
        }
    }
}
