package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Looks at what no feed tells: HubSpot's deletes, changed ties, formulas.
///
/// A few calls a pass, of the least urgent class, and where it left off after a restart.
package actor Sweeps {
    private let connections: [Side: any CRMConnection]
    private let syncers: [String: ObjectSyncer]
    private let resolver: ConflictResolver
    private let store: any SyncStore
    private let time: any TimeSource
    private let settings: SweepSettings

    package init(
        connections: [Side: any CRMConnection],
        syncers: [String: ObjectSyncer],
        resolver: ConflictResolver,
        store: any SyncStore,
        time: any TimeSource,
        settings: SweepSettings
    ) {
        self.connections = connections
        self.syncers = syncers
        self.resolver = resolver
        self.store = store
        self.time = time
        self.settings = settings
    }

    /// Goes on with what is due; what the day's calls do not allow now waits.
    ///
    /// - Returns: how many records it found otherwise than they were last seen.
    package func run() async throws(SyncError) -> Int {
        var news = 0
        for name in self.syncers.keys.sorted() {
            guard let syncer = self.syncers[name] else { continue }
            let walk = Self.name(of: Self.archived, mapping: name, side: .hubspot)
            news += try await self.trying(walk) { () async throws(SyncError) in
                try await self.walkArchived(syncer)
            }
            let join = Self.name(of: Self.joined, mapping: name, side: .hubspot)
            news += try await self.trying(join) { () async throws(SyncError) in
                try await self.walkSegment(syncer)
            }
            for side in Side.allCases where Self.isRefreshed(syncer.mapping, on: side) {
                let refresh = Self.name(of: Self.refresh, mapping: name, side: side)
                news += try await self.trying(refresh) { () async throws(SyncError) in
                    try await self.refresh(syncer, on: side)
                }
            }
        }
        return news
    }

    /// What a CRM does not answer now is asked with the next pass: nothing else waits for a sweep.
    ///
    /// A place that it refuses is forgotten, so that the walk begins anew.
    private func trying(
        _ name: String,
        _ sweep: () async throws(SyncError) -> Int
    ) async throws(SyncError) -> Int {
        do {
            return try await sweep()
        } catch {
            guard error.side != nil, error.code != .cancelled, error.code != .credentials else {
                throw error
            }
            if error.disposition == .holdRecord {
                let now = self.time.wallMilliseconds
                try await self.save(
                    SweepClock(now: now, interval: self.settings.archivedInterval),
                    name
                )
            }
            return 0
        }
    }

    /// The store's name of a sweep's clock.
    package static func name(of sweep: String, mapping: String, side: Side) -> String {
        "sweep \(sweep): \(mapping), \(side.rawValue)"
    }

    package static let archived = "archived"
    package static let refresh = "refresh"
    package static let joined = "joined"

    /// Whether fields of a side may change without the stamp of their record.
    package static func isRefreshed(_ mapping: ObjectMapping, on side: Side) -> Bool {
        switch side {
        case .hubspot: !mapping.references.isEmpty || mapping.inclusion.segment != nil
        case .salesforce:
            mapping.salesforce.contains { object in
                object.fields.contains { $0?.shape.isWritable == false }
            }
        }
    }

    // MARK: - Deletes in HubSpot

    private func walkArchived(_ syncer: ObjectSyncer) async throws(SyncError) -> Int {
        guard let connection = self.connections[.hubspot] else { return 0 }
        let mapping = syncer.mapping
        let name = Self.name(of: Self.archived, mapping: mapping.name, side: .hubspot)
        let interval = self.settings.archivedInterval
        var news = 0
        for _ in 0..<self.settings.callsPerPass {
            guard var clock = try await self.due(name, interval, connection) else { return news }
            let page = try await connection.archived(mapping.hubspot.name, next: clock.place)
            let known = try await self.store.load(
                mapping: mapping.name,
                side: .hubspot,
                ids: page.items
            )
            // Each is read by id before anything is made of it: that is the proof.
            let gone = known.filter { $0.link?.state.isWhole ?? false }.map(\.remoteID)
            let step = await syncer.step()
            let parked = gone.map {
                step.park($0, object: mapping.hubspot.name, on: .hubspot, cause: .missing)
            }
            if !parked.isEmpty {
                _ = try await self.store.commit(PageCommit(records: [RecordCommit(park: parked)]))
            }
            news += parked.count
            clock.took(
                calls: 1,
                next: page.next,
                interval: interval,
                dailyMax: self.settings.archivedCallsMax
            )
            try await self.save(clock, name)
        }
        return news
    }

    // MARK: - Segments

    /// Who has joined the segment since the last look: nobody's record tells it.
    ///
    /// The list is walked in the order in which its members joined, on from the page that was the last one then.
    private func walkSegment(_ syncer: ObjectSyncer) async throws(SyncError) -> Int {
        guard let connection = self.connections[.hubspot],
            let segment = syncer.mapping.inclusion.segment
        else { return 0 }
        let name = Self.name(of: Self.joined, mapping: syncer.mapping.name, side: .hubspot)
        let place = "\(name), place"
        var news = 0
        for _ in 0..<self.settings.callsPerPass {
            let now = self.time.wallMilliseconds
            let stored: SegmentWalk? = try await self.store.value(place)
            var walk = stored ?? SegmentWalk(list: segment.list, now: now)
            if walk.list != segment.list { walk = SegmentWalk(list: segment.list, now: now) }
            let interval = self.settings.joinedInterval
            guard var clock = try await self.due(name, interval, connection) else {
                if stored?.list != walk.list { try await self.store.setValue(walk, for: place) }
                return news
            }
            if clock.place == nil {
                walk.begins(now: now, interval: self.settings.refreshInterval)
            }
            let page: Paged<SegmentMember>?
            do {
                page = try await connection.members(of: segment.list, next: walk.page)
            } catch {
                // A place that it refuses is forgotten.
                guard error.disposition == .holdRecord else { throw error }
                walk.restart()
                try await self.store.setValue(walk, for: place)
                throw error
            }
            news += try await syncer.joined(page?.items, after: walk.joinedAfter)
            let joined = page?.items.compactMap { $0.joined?.milliseconds }.max()
            walk.took(next: page?.next, joined: joined)
            clock.took(
                calls: 1,
                next: page?.next,
                interval: interval,
                dailyMax: self.settings.archivedCallsMax
            )
            try await self.store.setValue(walk, for: place)
            try await self.save(clock, name)
        }
        return news
    }

    // MARK: - Ties and formulas

    private func refresh(_ syncer: ObjectSyncer, on side: Side) async throws(SyncError) -> Int {
        guard let connection = self.connections[side] else { return 0 }
        let mapping = syncer.mapping
        let name = Self.name(of: Self.refresh, mapping: mapping.name, side: side)
        let interval = self.settings.refreshInterval
        var news = 0
        for _ in 0..<self.settings.callsPerPass {
            guard var clock = try await self.due(name, interval, connection) else { return news }
            let links = try await self.store.links(
                mapping: mapping.name,
                after: clock.place.flatMap { Int64($0) } ?? 0,
                limit: connection.limits.readMax
            )
            // Those that are gone may be there again.
            let due = links.filter { $0.state.isWhole || $0.state.goneFrom == side }
            let ids = Dictionary(grouping: due) { link in
                side == .hubspot ? mapping.hubspot.name : link.salesforceObject
            }
            for (object, links) in ids.sorted(by: { $0.key < $1.key }) {
                news += try await self.resolver.look(
                    at: links.map { $0.recordID(on: side) },
                    object: object,
                    on: side,
                    for: syncer
                )
            }
            let isLast = links.count < connection.limits.readMax
            clock.took(
                calls: ids.count,
                next: isLast ? nil : links.last.map { String($0.id) },
                interval: interval,
                dailyMax: .max
            )
            try await self.save(clock, name)
        }
        return news
    }

    // MARK: - Clocks

    /// The clock of a sweep that is due and that the day's calls allow, begun; `nil` of any other.
    private func due(
        _ name: String,
        _ interval: Int64,
        _ connection: any CRMConnection
    ) async throws(SyncError) -> SweepClock? {
        let now = self.time.wallMilliseconds
        let stored: SweepClock? = try await self.store.value(name)
        guard var clock = stored else {
            try await self.save(SweepClock(now: now, interval: interval), name)
            return nil
        }
        guard clock.isDue(now: now), await connection.budget().refusals[.audit] == nil else {
            return nil
        }
        clock.begins(now: now)
        return clock
    }

    private func save(_ clock: SweepClock, _ name: String) async throws(SyncError) {
        try await self.store.setValue(clock, for: name)
    }
}
