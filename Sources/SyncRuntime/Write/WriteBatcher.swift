package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Writes to one connection: takes planned entries of all syncers, packs, sends and settles.
package actor WriteBatcher {
    private let connection: any CRMConnection
    private let resolver: ConflictResolver
    private let syncers: [String: ObjectSyncer]
    private let store: any SyncStore
    private let settings: RuntimeSettings
    private let time: any TimeSource
    private let progress: @Sendable (ProgressEvent) -> Void
    /// How many records one collection takes; shrinks on locks and governor errors.
    private var collectionMax: Int

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

    /// Marks what an earlier process sent without reading its reply as of unknown outcome.
    package func recover() async throws(SyncError) {
        let sent = try await self.store.entries(
            EntryQuery(target: self.connection.side, states: [.sent], limit: Int.max)
        )
        for chunk in sent.chunked(by: 1_000) {
            let records = chunk.map { entry in
                var entry = entry
                entry.state = .unknown
                return RecordCommit(entries: [entry])
            }
            _ = try await self.store.commit(PageCommit(records: records))
        }
    }

    /// Sends everything that is planned and ready; answers how many writes were settled.
    package func push() async throws(SyncError) -> Int {
        var settled = try await self.resolveUnknown()
        var afterID: Int64 = 0
        let planned = try await self.plannedCount()
        while true {
            let entries = try await self.store.entries(
                EntryQuery(
                    target: self.connection.side,
                    states: [.planned],
                    readyAt: self.time.wallMilliseconds,
                    afterID: afterID,
                    limit: self.chunkMax
                )
            )
            guard let last = entries.map(\.id).max() else { return settled }
            afterID = last
            let cleared = try await self.guarded(entries)
            let packing = BatchPacker(
                collectionMax: self.collectionMax,
                collectionsMax: self.connection.limits.writeCollectionsMax
            )
            for batch in packing.pack(cleared) {
                try await self.send(batch)
                settled += batch.count
                self.progress(
                    .writing(self.connection.side, done: settled, planned: max(planned, settled))
                )
            }
        }
    }

    // MARK: - Pieces

    /// Enough for two full calls on Salesforce, one on HubSpot: what one guard read covers.
    private var chunkMax: Int {
        let limits = self.connection.limits
        return min(limits.readMax, limits.writeCollectionMax * limits.writeCollectionsMax * 2)
    }

    private func plannedCount() async throws(SyncError) -> Int {
        try await self.store.outboxCounts()
            .filter { $0.target == self.connection.side && $0.state == .planned }
            .reduce(0) { $0 + $1.count }
    }

    /// Reads the targets that need it; an entry whose target moved is decided again, not sent.
    private func guarded(_ entries: [OutboxEntry]) async throws(SyncError) -> [OutboxEntry] {
        let guarded = entries.filter { $0.needsGuard && $0.kind == .update }
        guard !guarded.isEmpty else { return entries }
        let cleared = try await self.resolver.guardRead(guarded, on: self.connection.side)
        let clearedIDs = Set(cleared.map(\.id))
        return entries.filter { !$0.needsGuard || $0.kind != .update || clearedIDs.contains($0.id) }
    }

    private func send(_ batch: [OutboxEntry]) async throws(SyncError) {
        let writes = batch.compactMap { entry in
            self.syncers[entry.mapping].map { self.write(of: entry, mapping: $0.mapping) }
        }
        let sentAt = self.time.wallMilliseconds
        try await self.store.markSent(batch.map(\.id), at: sentAt)
        let sent = batch.map { entry in
            var entry = entry
            entry.state = .sent
            entry.attempts.append(OutboxEntry.Attempt(sentAt: sentAt))
            return entry
        }
        let priority = batch.map(\.priority).min() ?? .field
        let reply = await self.connection.write(writes, priority: priority)
        try await self.settle(sent, reply: reply)
        self.adjust(to: reply)
        if let failure = reply.failure, failure.disposition == .stop { throw failure }
    }

    private func settle(_ sent: [OutboxEntry], reply: WriteReply) async throws(SyncError) {
        for name in Set(sent.map(\.mapping)).sorted() {
            guard let syncer = self.syncers[name] else { continue }
            try await syncer.settle(
                sent.filter { $0.mapping == name },
                reply: reply,
                requestTimeMax: self.connection.limits.requestTimeMax
            )
        }
    }

    /// Smaller collections after locks and governor errors, back to full ones after a clean batch.
    private func adjust(to reply: WriteReply) {
        let held = reply.outcomes.values.contains { outcome in
            if case .notStored(.retry) = outcome { return true }
            return false
        }
        self.collectionMax =
            held
            ? BatchPacker.shrunk(self.collectionMax)
            : self.connection.limits.writeCollectionMax
    }

    private func write(of entry: OutboxEntry, mapping: ObjectMapping) -> RecordWrite {
        let object = mapping.object(entry.object, on: entry.target)
        var fields = entry.fields.compactMap { field -> RecordWrite.Field? in
            guard let target = object?.fields[field.index] else { return nil }
            return RecordWrite.Field(
                name: target.name,
                type: target.shape.type,
                value: FieldValue(bytes: field.value)
            )
        }
        let keyField = self.keyField(of: entry, mapping: mapping)
        let action: RecordWrite.Action
        switch (entry.kind, entry.targetID) {
        case (.update, let id?):
            action = .update(id: id)
            if entry.writesKey, let keyField {
                fields.append(
                    RecordWrite.Field(
                        name: keyField,
                        type: .text,
                        value: FieldValue(normal: entry.sourceID)
                    )
                )
            }
        case (.create, _), (.update, nil):
            let keyField = self.settings.sabotagesKeys ? nil : keyField
            action =
                keyField.map { .createByKey(field: $0, value: entry.sourceID) }
                ?? .createWithoutKey
        }
        return RecordWrite(
            entryID: entry.id,
            mapping: mapping,
            object: entry.object,
            action: action,
            fields: fields
        )
    }

    private func keyField(of entry: OutboxEntry, mapping: ObjectMapping) -> String? {
        switch entry.target {
        case .salesforce: mapping.object(entry.object, on: .salesforce)?.keyField
        case .hubspot:
            mapping.hubspotKeyFields[entry.sourceID.hasPrefix("00Q") ? "Lead" : "Contact"]
        }
    }

    // MARK: - Unknown outcomes

    /// Finds out what became of writes without a reply, and sends again what may be sent again.
    private func resolveUnknown() async throws(SyncError) -> Int {
        var settled = 0
        for _ in 0..<self.settings.attemptsMax {
            let entries = try await self.store.entries(
                EntryQuery(
                    target: self.connection.side,
                    states: [.unknown],
                    readyAt: self.time.wallMilliseconds,
                    limit: self.chunkMax
                )
            )
            guard !entries.isEmpty else { return settled }
            // An update names its id: the same bytes may go again at once.
            let updates = entries.filter { $0.kind == .update }
            let creates = entries.filter { $0.kind == .create }
            let absent = try await self.readBack(creates)
            settled += creates.count - absent.count
            let packing = BatchPacker(
                collectionMax: self.collectionMax,
                collectionsMax: self.connection.limits.writeCollectionsMax
            )
            for batch in packing.pack(updates + absent) {
                try await self.send(batch)
                settled += batch.count
            }
        }
        return settled
    }

    /// Looks for creates of unknown outcome by their key, strongly consistently.
    ///
    /// - Returns: the creates that are not there and may be sent again.
    private func readBack(_ creates: [OutboxEntry]) async throws(SyncError) -> [OutboxEntry] {
        guard !creates.isEmpty else { return [] }
        var absent: [OutboxEntry] = []
        for name in Set(creates.map(\.mapping)).sorted() {
            guard let syncer = self.syncers[name] else { continue }
            let mine = creates.filter { $0.mapping == name }
            let step = await syncer.step()
            let byKey = mine.filter(step.createsByKey)
            let blind = mine.filter { !step.createsByKey($0) }
            absent += try await self.readBackByKey(byKey, syncer)
            absent += try await self.readBackByMatch(blind, syncer, step)
        }
        return absent
    }

    private func readBackByKey(
        _ creates: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> [OutboxEntry] {
        guard !creates.isEmpty else { return [] }
        let pages = try await self.connection.find(
            FindRequest(
                mapping: syncer.mapping,
                queries: creates.map { FindRequest.Query(sourceID: $0.sourceID, values: [:]) },
                priority: .newRecord
            )
        )
        return try await self.settleFound(creates, pages, syncer) { row, entry in
            row.counterpartID == entry.sourceID
        }
    }

    /// Where the admin forbids a key, the match values tell, after the longest request time.
    private func readBackByMatch(
        _ creates: [OutboxEntry],
        _ syncer: ObjectSyncer,
        _ step: RecordStep
    ) async throws(SyncError) -> [OutboxEntry] {
        guard !creates.isEmpty else { return [] }
        let pages = try await self.connection.find(
            FindRequest(
                mapping: syncer.mapping,
                queries: creates.compactMap(step.query),
                priority: .newRecord
            )
        )
        let side = self.connection.side
        return try await self.settleFound(creates, pages, syncer) { row, entry in
            guard let values = entry.observed(on: side.other)?.values else { return false }
            let wanted = step.matchKeys(of: values, on: side.other, object: entry.object)
            let found = step.matchKeys(of: row.values, on: side, object: row.object)
            return !wanted.isEmpty && !Set(wanted).isDisjoint(with: found)
        }
    }

    private func settleFound(
        _ creates: [OutboxEntry],
        _ pages: [RecordPage],
        _ syncer: ObjectSyncer,
        where matches: (RecordRow, OutboxEntry) -> Bool
    ) async throws(SyncError) -> [OutboxEntry] {
        guard let page = pages.first else { return creates }
        let rows = pages.flatMap(\.rows).filter { $0.fate == .live }
        var outcomes: [Int64: WriteReply.Outcome] = [:]
        for entry in creates {
            guard let row = rows.first(where: { matches($0, entry) }) else { continue }
            outcomes[entry.id] = .confirmed(id: row.id, created: true, stamp: row.stamp)
        }
        let found = creates.filter { outcomes[$0.id] != nil }
        if !found.isEmpty {
            try await syncer.settle(
                found,
                reply: WriteReply(
                    outcomes: outcomes,
                    sent: page.sent,
                    ended: page.ended,
                    serverTime: page.serverTime
                ),
                requestTimeMax: self.connection.limits.requestTimeMax
            )
        }
        return creates.filter { outcomes[$0.id] == nil }
    }
}
