package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Keeps the ties of one relation: reads them on both sides where something may have changed, and writes what is missing.
///
/// A tie is there or not, and says the same however often it is written: nothing is planned ahead. What was not
/// confirmed is read again, on both sides, and decided anew.
package actor RelationSyncer: PageReceiver {
    package nonisolated let relation: RelationMapping
    let connections: [Side: any CRMConnection]
    let parent: ObjectSyncer
    let child: ObjectSyncer
    let resolver: ConflictResolver
    let store: any SyncStore
    let settings: RuntimeSettings
    let time: any TimeSource

    package init(
        relation: RelationMapping,
        connections: [Side: any CRMConnection],
        parent: ObjectSyncer,
        child: ObjectSyncer,
        resolver: ConflictResolver,
        store: any SyncStore,
        settings: RuntimeSettings,
        time: any TimeSource
    ) {
        self.relation = relation
        self.connections = connections
        self.parent = parent
        self.child = child
        self.resolver = resolver
        self.store = store
        self.settings = settings
        self.time = time
    }

    // MARK: - The feed of the object in between

    package nonisolated var mapping: ObjectMapping { self.relation.junction }

    /// Notes whose ties changed in Salesforce; the rows themselves decide nothing.
    package func take(_ page: RecordPage, marks: [FeedMark]) async throws(SyncError) -> Int {
        let index = self.relation.parentLookup.index
        let fresh = page.rows.filter { !self.seen.contains(Seen($0)) }
        var commit = RelationCommit(self.relation.name)
        commit.marks = marks
        if !fresh.isEmpty {
            var told: [String: Set<String>] = [:]
            for row in fresh {
                let parent = row.values.values[index].text
                guard !parent.isEmpty, let tie = self.relation.related(row) else { continue }
                told[parent, default: []].insert(tie.id)
            }
            commit.dueInSalesforce = (self.relation.parent, told)
        }
        try await self.store.commit(commit)
        self.seen.formUnion(page.rows.map(Seen.init))
        return fresh.count
    }

    package func rowsTaken(on side: Side) {
        guard self.seen.count > Self.seenMax else { return }
        self.seen = []
    }

    /// Rows that were noted: polls show the newest ones again and again.
    private var seen: Set<Seen> = []

    private struct Seen: Hashable {
        var id: String
        var stamp: ServerTime
        var fate: RecordRow.Fate
        // Two edits within a second have one stamp.
        var values: RecordBlob

        init(_ row: RecordRow) {
            (self.id, self.stamp, self.fate) = (row.id, row.stamp, row.fate)
            self.values = row.values
        }
    }

    private static let seenMax = 50_000

    // MARK: - Passes

    /// Looks at what is due and writes what is missing.
    ///
    /// - Returns: how many ties were written, noted as agreed on or refused.
    package func run() async throws(SyncError) -> Int {
        let makeUp = self.relation.makeUp
        try await self.store.keepRelations(
            self.relation.name,
            madeUpAs: makeUp,
            walk: self.walkName
        )
        try await self.walk()
        var news = 0
        for _ in 0..<Self.roundsMax {
            let due = try await self.store.relationsDue(
                self.relation.name,
                ready: self.time.wallMilliseconds,
                limit: RelationRequest.idsMax
            )
            guard !due.isEmpty else { break }
            for connection in self.connections.values {
                if let refusal = await connection.budget().refusals[.field] { throw refusal }
            }
            news += try await self.look(at: due)
            if due.count < RelationRequest.idsMax { break }
        }
        return news
    }

    /// Marks all parents, a page at a time, once at first and then at the sweeps' interval: HubSpot moves no stamp for a
    /// tie.
    private func walk() async throws(SyncError) {
        guard let settings = self.settings.sweeps else { return }
        let stored: SweepClock? = try await self.store.value(self.walkName)
        let now = self.time.wallMilliseconds
        var clock = stored ?? SweepClock(now: now, interval: 0)
        for _ in 0..<settings.callsPerPass {
            guard clock.isDue(now: now) else { break }
            clock.begins(now: now)
            let links = try await self.store.links(
                mapping: self.relation.parent,
                after: clock.place.flatMap { Int64($0) } ?? 0,
                limit: RelationRequest.idsMax
            )
            var commit = RelationCommit(self.relation.name)
            commit.due = links.filter { $0.state == .active }.map(\.id)
            if !commit.due.isEmpty { try await self.store.commit(commit) }
            let isLast = links.count < RelationRequest.idsMax
            clock.took(
                calls: 1,
                next: isLast ? nil : links.last.map { String($0.id) },
                interval: settings.refreshInterval,
                dailyMax: .max
            )
            try await self.store.setValue(clock, for: self.walkName)
        }
    }

    private var walkName: String { "sweep relations: \(self.relation.name)" }

    private func look(at due: [DueRelation]) async throws(SyncError) -> Int {
        var look = RelationLook(relation: self.relation, due: due)
        let parents = due.map(\.link.id)
        look.base = try await self.store.relations(self.relation.name, parents: parents)
        let shown = try await self.read(due.map(\.link.hubspotID), on: .hubspot)
        (look.hubspot, look.tooMany) = (shown.ties, shown.tooMany)
        try await self.readChildren(&look)
        let moved = look.moved
        look.salesforce = try await self.read(moved.map(\.link.salesforceID), on: .salesforce).ties
        try await self.readChildren(&look)
        var decided = look.decided
        let unsure = try await self.confirm(&decided)
        let results = try await self.write(decided)
        var commit = look.commit(decided, results, unsure, now: self.time.wallMilliseconds)
        commit.waits = try await self.withoutErased(commit.waits)
        let later = Set(commit.later.map(\.link.id))
        commit.done = due.filter { !later.contains($0.link.id) }
        try await self.store.commit(commit)
        if let failure = results.failure { throw failure }
        return decided.count
    }

    private func read(
        _ ids: [String],
        on side: Side
    ) async throws(SyncError) -> RelationReply {
        guard !ids.isEmpty, let connection = self.connections[side] else { return RelationReply() }
        let request = RelationRequest(relation: self.relation, ids: ids, priority: .field)
        return try await connection.related(request)
    }

    /// The links of the other ends.
    private func readChildren(_ look: inout RelationLook) async throws(SyncError) {
        for side in Side.allCases {
            let ids = look.unknown(on: side)
            guard !ids.isEmpty else { continue }
            let loaded = try await self.store.load(
                mapping: self.relation.child,
                side: side,
                ids: ids
            )
            look.take(loaded.compactMap(\.link))
        }
        let agreed = look.unknownAgreed
        if !agreed.isEmpty { look.take(try await self.store.links(ids: agreed)) }
    }

    /// Nobody waits for the counterpart of a person who was erased: there will be none.
    private func withoutErased(
        _ waits: [RelationCommit.Wait]
    ) async throws(SyncError) -> [RelationCommit.Wait] {
        let names = waits.map { PersonName.record($0.child.id, $0.child.side) }
        let erased = try await self.store.erased(Set(names))
        guard !erased.isEmpty else { return waits }
        return zip(waits, names).filter { erased[$0.1] == nil }.map(\.0)
    }

    /// Takes out decisions to take a tie away where the record that lacks it on its side is not there, or the other end
    /// is not: a deleted record, and one that the integration user may not see, loses its ties and nobody took them.
    ///
    /// Who was restored before that look seems never to have been away: the ties themselves are looked at once more, after
    /// their ends.
    ///
    /// - Returns: the links of which that look did not tell.
    private func confirm(
        _ decided: inout [RelationLook.Decided]
    ) async throws(SyncError) -> Set<Int64> {
        var named: Set<References.Record> = []
        for decision in decided { named.formUnion(decision.losing(self.relation)) }
        guard !named.isEmpty else { return [] }
        let gone = try await self.resolver.gone(named)
        decided.removeAll { !gone.isDisjoint(with: $0.losing(self.relation)) }
        var unsure: Set<Int64> = []
        for side in Side.allCases {
            let losing = decided.filter { $0.decision.agreed == nil && $0.lacks.contains(side) }
            let parents = Set(losing.map { $0.parent.link.recordID(on: side) })
            let shown = try await self.read(parents.sorted(), on: side).ties
            decided.removeAll { one in
                guard one.decision.agreed == nil, one.lacks.contains(side) else { return false }
                guard let ties = shown[one.parent.link.recordID(on: side)] else {
                    unsure.insert(one.parent.link.id)
                    return true
                }
                let child = one.decision.child
                return ties.contains {
                    $0.id == (side == .hubspot ? child.hubspotID : child.salesforceID)
                }
            }
        }
        return unsure
    }

    /// More is left for the next pass.
    private static let roundsMax = 20
}
