package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Performs the reads that a decision waits for, in batches for all syncers.
///
/// Parked ids, look-ups of unlinked records, property histories and guard reads: it asks the CRM
/// and hands the pages back. It decides nothing.
package actor ConflictResolver {
    let connections: [Side: any CRMConnection]
    let syncers: [String: ObjectSyncer]
    let store: any SyncStore
    let settings: RuntimeSettings
    private let time: any TimeSource

    package init(
        connections: [Side: any CRMConnection],
        syncers: [String: ObjectSyncer],
        store: any SyncStore,
        settings: RuntimeSettings,
        time: any TimeSource
    ) {
        self.connections = connections
        self.syncers = syncers
        self.store = store
        self.settings = settings
        self.time = time
    }

    /// Reads every parked id that may be read now; answers how many rows brought news.
    ///
    /// Each is read once: one that its own read parks again waits for something that only the rest of
    /// the cycle brings, such as the outcome of a create. Where it waits for a look at both sides that is done at
    /// once: what was planned before, from an older look, would be sent first.
    package func readParked() async throws(SyncError) -> Int {
        var news = 0
        var seen: Set<String> = []
        for _ in 0..<Self.batchesMax {
            let now = self.time.wallMilliseconds
            let parked = try await self.readable(
                try await self.left(
                    of: self.store.parked(ready: now, limit: self.settings.matchBatchMax)
                )
            )
            let fresh = parked.filter { record in
                let kind = record.cause.needsHistory ? "history" : ""
                let id = "\(record.mapping)\n\(record.side)\n\(record.remoteID)\n\(kind)"
                return seen.insert(id).inserted || self.settings.sabotage == .readsInCircles
            }
            guard !fresh.isEmpty else { return news }
            var deferral: SyncError?
            for group in Self.groups(fresh) {
                do {
                    news += try await self.read(group)
                } catch  where error.code == .limitReached {
                    // They stay parked; the other side's calls are not used up with this one's.
                    deferral = error
                }
            }
            if let deferral {
                guard news > 0 else { throw deferral }
                return news
            }
        }
        return news
    }

    /// Looks up the counterparts of unlinked records; answers how many were decided.
    package func match() async throws(SyncError) -> Int {
        var news = 0
        var deferral: SyncError?
        for syncer in self.syncers.values.sorted(by: { $0.mapping.name < $1.mapping.name }) {
            for side in Side.allCases {
                do {
                    news += try await self.match(syncer, target: side)
                } catch  where error.code == .limitReached {
                    deferral = error
                }
            }
        }
        if let deferral, news == 0 { throw deferral }
        return news
    }

    /// How many calls `guardRead` will make for these entries.
    package nonisolated func guardCalls(
        _ entries: [OutboxEntry],
        on connection: any CRMConnection
    ) -> Int {
        let max = connection.limits.readMax
        return Self.groups(entries).reduce(0) { $0 + ($1.count + max - 1) / max }
    }

    /// Reads the targets of entries by id, right before they are written.
    ///
    /// - Returns: the look at the target of each entry that may be sent as it is, by its id; the others
    ///   were decided again.
    package func guardRead(
        _ entries: [OutboxEntry],
        on side: Side,
        hold: CallHold
    ) async throws(SyncError) -> [Int64: GuardLook] {
        guard let connection = self.connections[side] else { return [:] }
        var cleared: [Int64: GuardLook] = [:]
        for group in Self.groups(entries) {
            guard let first = group.first, let syncer = self.syncers[first.mapping] else {
                continue
            }
            for chunk in group.chunked(by: connection.limits.readMax) {
                var request = ReadRequest(
                    mapping: syncer.mapping,
                    object: first.object,
                    ids: chunk.compactMap(\.targetID),
                    purpose: "guard",
                    priority: first.priority,
                    hold: hold
                )
                // Ties may change without a new stamp: who writes one looks at them.
                let fields = syncer.mapping.fields
                request.leavesTies = !chunk.contains { entry in
                    entry.kind == .delete || entry.fields.contains { fields[$0.index].isTied }
                }
                let reply = try await connection.read(request)
                for page in reply.pages {
                    let looks = GuardLook.byRecord(page, readAt: reply.readAt)
                    let asExpected = try await syncer.guarded(chunk, page: page)
                    let back = try await self.cameBack(asExpected)
                    for entry in asExpected where !back.contains(entry.id) {
                        cleared[entry.id] = entry.targetID.flatMap { looks[$0] }
                    }
                }
                if !reply.missing.isEmpty {
                    try await syncer.missing(reply.missing, on: side, unpark: [])
                }
            }
        }
        return cleared
    }

    // MARK: - Pieces

    /// Leaves out ids whose record still has a write on its way.
    private func readable(_ parked: [ParkedRecord]) async throws(SyncError) -> [ParkedRecord] {
        var result: [ParkedRecord] = []
        for group in Self.groups(parked) {
            guard let first = group.first else { continue }
            let loaded = try await self.store.load(
                mapping: first.mapping,
                side: first.side,
                ids: group.map(\.remoteID)
            )
            let busy = Set(
                loaded.filter { record in
                    record.entries.contains { $0.state.isOnItsWay }
                }.map(\.remoteID)
            )
            result += group.filter { !busy.contains($0.remoteID) }
        }
        return result
    }

    private func read(_ group: [ParkedRecord]) async throws(SyncError) -> Int {
        guard let first = group.first, let syncer = self.syncers[first.mapping],
            let connection = self.connections[first.side]
        else { return 0 }
        var news = 0
        for chunk in group.chunked(by: connection.limits.readMax) {
            let request = ReadRequest(
                mapping: syncer.mapping,
                object: first.object,
                ids: chunk.map(\.remoteID),
                purpose: first.cause.rawValue,
                priority: .field
            )
            var times: [String: [Int: ServerTime]] = [:]
            if first.cause.needsHistory {
                try await self.affordBothSides()
                try await self.readOtherSide(of: chunk, syncer)
                times = try await connection.changeTimes(request)
            }
            let reply = try await connection.read(request)
            if first.cause.needsHistory {
                try await self.lookAtFormer(reply.pages.flatMap(\.rows), on: first.side, syncer)
            }
            let missing = Set(reply.missing)
            var unpark = chunk.filter { !missing.contains($0.remoteID) }
            for page in reply.pages {
                let shown = Set(page.rows.map(\.id))
                news += try await syncer.receive(
                    page,
                    exactTimes: times,
                    isLate: first.cause == .flapping,
                    isForHistory: first.cause.needsHistory,
                    cause: first.cause,
                    unpark: unpark.filter { shown.contains($0.remoteID) }
                )
                unpark.removeAll { shown.contains($0.remoteID) }
            }
            if !unpark.isEmpty {
                let empty = PageCommit(records: [RecordCommit(unpark: unpark)])
                _ = try await self.store.commit(empty)
            }
            if !missing.isEmpty {
                let gone = chunk.filter { missing.contains($0.remoteID) }
                try await syncer.missing(reply.missing, on: first.side, unpark: gone)
            }
        }
        return news
    }

    /// A look at both sides is not begun where one side's daily calls do not allow its part: what
    /// the other side was asked for would be spent in vain, again and again.
    private func affordBothSides() async throws(SyncError) {
        for (side, calls) in [(Side.salesforce, 1), (.hubspot, 2)] {
            guard let budget = await self.connections[side]?.budget() else { continue }
            let error = budget.refusals[.field] ?? budget.refusals[.backfill]
            if let error, budget.rooms[.field].map({ $0 < calls }) ?? false { throw error }
        }
    }

    /// Before a tie is settled by history, Salesforce's side of it is looked at once more.
    private func readOtherSide(
        of chunk: [ParkedRecord],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) {
        guard let first = chunk.first, let connection = self.connections[first.side.other] else {
            return
        }
        let loaded = try await self.store.load(
            mapping: first.mapping,
            side: first.side,
            ids: chunk.map(\.remoteID)
        )
        let links = loaded.compactMap(\.link)
        for object in Set(links.map(\.salesforceObject)).sorted() {
            let ids = links.filter { $0.salesforceObject == object }.map {
                $0.recordID(on: first.side.other)
            }
            for part in ids.chunked(by: connection.limits.readMax) {
                let reply = try await connection.read(
                    ReadRequest(
                        mapping: syncer.mapping,
                        object: object,
                        ids: part,
                        purpose: "history",
                        priority: .field
                    )
                )
                for page in reply.pages { await syncer.holdForHistory(page) }
            }
        }
    }

    private func match(_ syncer: ObjectSyncer, target: Side) async throws(SyncError) -> Int {
        guard let connection = self.connections[target] else { return 0 }
        var news = 0
        var after: EntryQuery.Place?
        for _ in 0..<Self.batchesMax {
            let entries = try await self.store.entries(
                EntryQuery(
                    mapping: syncer.mapping.name,
                    target: target,
                    states: [.unmatched],
                    readyAt: self.time.wallMilliseconds,
                    after: after,
                    limit: self.settings.matchBatchMax
                )
            )
            guard let last = entries.last else { return news }
            after = EntryQuery.Place(last)
            let step = await syncer.step()
            let candidates = try await self.candidates(
                of: entries,
                step: step,
                syncer: syncer,
                connection: connection
            )
            let twins = try await self.twins(of: entries, candidates, step: step, syncer: syncer)
            news += try await syncer.matched(entries, candidates: candidates, twins: twins)
        }
        return news
    }

    /// Records of the entries' own side with the match values for which a candidate was found.
    ///
    /// Only where HubSpot keeps these values unique by itself can there be none.
    private func twins(
        of entries: [OutboxEntry],
        _ candidates: [RecordRow],
        step: RecordStep,
        syncer: ObjectSyncer
    ) async throws(SyncError) -> [RecordRow] {
        guard !candidates.isEmpty, let target = entries.first?.target,
            !syncer.mapping.isMatchRefused,
            let connection = self.connections[target.other]
        else { return [] }
        let found = Set(
            candidates.flatMap { step.matchKeys(of: $0.values, on: target, object: $0.object) }
        )
        let queries = entries.compactMap { entry -> FindRequest.Query? in
            guard let seen = entry.observed(on: target.other) else { return nil }
            let object = target == .salesforce ? syncer.mapping.hubspot.name : entry.object
            let keys = step.matchKeys(of: seen.values, on: target.other, object: object)
            guard keys.contains(where: found.contains) else { return nil }
            let values = seen.values.values
            let own = syncer.mapping.matchFields.map { ($0, values[$0]) }
            return FindRequest.Query(
                sourceID: "",
                values: Dictionary(own.filter { !$0.1.isBlank }) { first, _ in first }
            )
        }
        guard !queries.isEmpty else { return [] }
        let pages = try await connection.find(
            FindRequest(mapping: syncer.mapping, queries: queries, priority: .newRecord)
        )
        return pages.flatMap(\.rows)
    }

    private func candidates(
        of entries: [OutboxEntry],
        step: RecordStep,
        syncer: ObjectSyncer,
        connection: any CRMConnection
    ) async throws(SyncError) -> [RecordRow] {
        let reads = CounterpartReads(connection: connection, step: step, priority: .newRecord)
        var rows: [RecordRow] = []
        let hinted = entries.filter { $0.targetID != nil }
        for group in Self.groups(hinted) {
            guard let object = group.first?.object else { continue }
            let ids = Array(Set(group.compactMap(\.targetID))).sorted()
            rows += try await reads.rows(ids, of: object)
        }
        // A hint that a conflict reply gave needs no search; the rest is looked up by key and value.
        let queries = entries.compactMap { step.query(for: $0) }
        if !queries.isEmpty {
            let pages = try await connection.find(
                FindRequest(mapping: syncer.mapping, queries: queries, priority: .newRecord)
            )
            rows += pages.flatMap(\.rows)
        }
        var seen = Set<String>()
        rows = rows.filter { seen.insert($0.id).inserted }
        return try await reads.withSuccessors(rows, of: entries)
    }

    private static func groups(_ parked: [ParkedRecord]) -> [[ParkedRecord]] {
        Self.grouped(parked) { "\($0.mapping)\n\($0.side)\n\($0.object)\n\(Self.kind($0.cause))" }
    }

    /// Causes that are answered by one and the same read.
    private static func kind(_ cause: ParkedRecord.Cause) -> String {
        cause.needsHistory || cause.isOfParent ? cause.rawValue : "read"
    }

    private static func groups(_ entries: [OutboxEntry]) -> [[OutboxEntry]] {
        Self.grouped(entries) { "\($0.mapping)\n\($0.object)" }
    }

    /// Groups in the order of first appearance.
    private static func grouped<Element>(
        _ elements: [Element],
        by key: (Element) -> String
    ) -> [[Element]] {
        var places: [String: Int] = [:]
        var groups: [[Element]] = []
        for element in elements {
            let key = key(element)
            if let place = places[key] {
                groups[place].append(element)
            } else {
                places[key] = groups.count
                groups.append([element])
            }
        }
        return groups
    }

    /// How many batches one call handles before it lets the cycle go on.
    private static let batchesMax = 1_000
}
