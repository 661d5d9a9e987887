import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Looks, at the very moment at which a `confirmed` mark moves, for changes before it that nothing in
/// the store accounts for: no poll will ever show them again.
///
/// A change is accounted for where the pair's base shows it, a decision or a read waits for it, an
/// issue names it or the pair is left alone.
final class MarkAudit: Sendable {
    private struct Feed {
        /// How many of the CRM's commits are known, and each record's last.
        var known = 0
        var last: [String: Int64] = [:]
        /// What no mark has passed yet: as much as is changed within minutes.
        var waiting: [(recordID: String, at: Int64)] = []
        /// The mark at the last look: one that stands still leaves nothing more behind.
        var confirmed: Int64?
    }

    private struct Shown {
        var id: String
        /// The mapped fields in the form in which values of both sides are compared.
        var values: [String]
        var isKeyed: Bool
        /// Whether it says of itself that it is left out.
        var isOut: Bool
    }

    private let world: MockWorld
    private let store: SQLiteSyncStore
    private let objects: [SimulatedObject]
    private let mappings: Locked<[ObjectMapping]>
    private let hidden: Locked<[HiddenSpan]>
    private let members: Locked<MemberBook>
    private let breaks: Locked<[SchemaBreak]>
    private let feeds = Locked<[String: Feed]>([:])

    init(
        world: MockWorld,
        store: SQLiteSyncStore,
        objects: [SimulatedObject],
        mappings: Locked<[ObjectMapping]>,
        hidden: Locked<[HiddenSpan]>,
        members: Locked<MemberBook>,
        breaks: Locked<[SchemaBreak]>
    ) {
        self.world = world
        self.store = store
        self.objects = objects
        self.mappings = mappings
        self.hidden = hidden
        self.members = members
        self.breaks = breaks
    }

    /// The store went back: everything is looked at again.
    func startsAnew() { self.feeds.withLock { $0 = [:] } }

    /// What a mark leaves behind, a line each.
    func left(behind mark: FeedMark) async throws(SyncError) -> [String] {
        let named = self.objects.first {
            [$0.name, $0.type, $0.salesforce].contains(mark.object)
        }
        guard let object = named else { return [] }
        let shown = self.due(mark, object)
        guard !shown.isEmpty else { return [] }
        let loaded = try await self.store.load(
            mapping: object.name,
            side: mark.side,
            ids: shown.map(\.id)
        )
        // A read of both sides is kept under one of the two ids.
        let parked = Set(
            try await self.store.parked(ready: .max, limit: 100_000).map(\.remoteID)
        )
        // Whoever waits for a company is read again with it.
        let waiting = Set(try await self.store.waitingRecords(limit: 100_000).map(\.remoteID))
        let issues = try await self.store.findings(mapping: nil, limit: 100_000).map(\.finding)
        let known = Dictionary(loaded.map { ($0.remoteID, $0) }) { first, _ in first }
        return shown.filter { record in
            let other = known[record.id]?.link?.recordID(on: mark.side.other)
            let ids = [record.id, other].compactMap { $0 }
            let about = issues.filter { issue in
                [issue.hubspotID, issue.salesforceID].contains { $0.map(ids.contains) == true }
            }
            let isWhole = about.contains {
                Evidence.goneCodes.contains($0.code) || $0.hubspotID == nil
                    || $0.salesforceID == nil
            }
            guard parked.isDisjoint(with: ids), waiting.isDisjoint(with: ids), !isWhole else {
                return false
            }
            let named = Set(about.flatMap(\.details))
            return !self.isAccounted(record, known[record.id], mark.side, object, named)
        }.map { "\(mark.side) \($0.id) changed before \(mark.confirmed.milliseconds), unseen" }
    }

    /// `named`: the fields that an open issue is about.
    private func isAccounted(
        _ record: Shown,
        _ known: LoadedRecord?,
        _ side: Side,
        _ object: SimulatedObject,
        _ named: Set<String>
    ) -> Bool {
        // What is edited while it is out waits in the record itself until it comes in.
        guard !record.isOut else { return true }
        guard let known else { return record.isKeyed }
        guard let link = known.link else { return record.isKeyed || !known.entries.isEmpty }
        guard link.state == .active else { return true }
        let base = link.base(on: side)
        var looks =
            [base].compactMap { $0 } + known.entries.compactMap { $0.observed(on: side)?.values }
        // What a write may have stored is looked at before its record is decided again.
        looks += known.entries.filter { $0.target == side && $0.state.isOnItsWay }.compactMap {
            ($0.observed(on: side)?.values ?? base)?.setting($0.fields)
        }
        // Nobody can see a field that is taken away.
        let broken = Set(self.breaks.withLock { $0.filter { $0.to == nil }.map(\.field) })
        // The list of fields may have changed: a value is where the mapping has its field now.
        let mapping = self.mappings.withLock { $0.first { $0.name == object.name } }
        let places = object.fields.map { field in
            mapping?.fields.first { $0.hubspot == field.hubspot }?.index
        }
        return looks.contains { blob in
            let values = blob.values
            return object.fields.indices.allSatisfy { place in
                let field = object.fields[place]
                // A tie is looked at by `tiesAgree`.
                guard field.type != .reference, !broken.contains(field.hubspot),
                    !named.contains(field.hubspot),
                    !named.contains(field.salesforce)
                else { return true }
                guard let index = places[place], values.indices.contains(index) else { return true }
                let bytes = values[index].bytes
                return field.common(bytes, of: side) == record.values[place]
            }
        }
    }

    /// Records whose last change has come to lie before the mark.
    private func due(_ mark: FeedMark, _ object: SimulatedObject) -> [Shown] {
        let name = "\(mark.side) \(object.name)"
        let hasMoved = self.feeds.withLock { feeds in
            defer { feeds[name, default: Feed()].confirmed = mark.confirmed.milliseconds }
            return feeds[name]?.confirmed != mark.confirmed.milliseconds
        }
        guard hasMoved else { return [] }
        let mine = mark.confirmed.milliseconds
        return self.world.with { state, _ in
            let ids = self.feeds.withLock { feeds in
                var feed = feeds[name, default: Feed()]
                defer { feeds[name] = feed }
                let news: [(recordID: String, at: Int64)] =
                    switch mark.side {
                    case .hubspot: state.hubspot.commits(after: feed.known, of: object.name)
                    case .salesforce:
                        state.salesforce.changes.dropFirst(feed.known).map { ($0.recordID, $0.at) }
                    }
                for change in news {
                    feed.last[change.recordID] = max(feed.last[change.recordID] ?? 0, change.at)
                }
                feed.known += news.count
                // What was there before the first start is a backfill's.
                feed.waiting += news.filter { $0.at >= VirtualTime.epoch }
                let passed = Set(feed.waiting.filter { $0.at < mine }.map(\.recordID))
                feed.waiting.removeAll { $0.at < mine }
                // Whoever changed again comes again.
                return passed.filter { (feed.last[$0] ?? 0) < mine }
            }
            guard !ids.isEmpty else { return [] }
            let hidden = Set(self.hidden.withLock { $0.map(\.record) })
            return self.shown(ids.subtracting(hidden).sorted(), mark.side, object, state)
        }
    }

    private func shown(
        _ ids: [String],
        _ side: Side,
        _ object: SimulatedObject,
        _ state: MockWorld.State
    ) -> [Shown] {
        switch side {
        case .hubspot:
            ids.compactMap { state.hubspot.record($0, of: object.name) }.filter {
                !$0.isArchived
            }.map { record in
                Shown(
                    id: record.id,
                    values: object.fields.map { $0.common(hubspot: record[$0.hubspot]) },
                    isKeyed: record[object.keyProperty] != nil,
                    isOut: object.leavesOut(record) || self.isOutOfSegment(record, object)
                )
            }
        case .salesforce:
            // The marks of contacts have nothing to do with leads.
            ids.filter { $0.hasPrefix(object.keyPrefix) }.compactMap(state.salesforce.record).filter
            {
                !$0.isDeleted && object.has($0)
            }.map { record in
                Shown(
                    id: record.id,
                    values: object.fields.map { $0.common(salesforce: record[$0.salesforce]) },
                    isKeyed: record[SimulatedObject.keyField].text != nil,
                    isOut: object.leavesOut(record)
                )
            }
        }
    }

    /// Whether a record is not in the segment, or came in after its last change, or nobody could tell since: who joins is
    /// looked at some time later.
    private func isOutOfSegment(_ record: MockHubSpotRecord, _ object: SimulatedObject) -> Bool {
        guard object.segment != nil else { return false }
        return self.members.withLock { book in
            !book.has(record.id, of: object.name)
                || book.hasMoved(record.id, of: object.name, since: record.modifiedAt)
        }
    }
}
