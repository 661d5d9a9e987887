import CRMInterface
import SyncCore

/// A connection whose batches are as small as a simulation likes.
actor NarrowConnection: CRMConnection {
    nonisolated let side: Side
    nonisolated let limits: ConnectionLimits
    private let inner: any CRMConnection

    init(_ inner: any CRMConnection, _ room: EngineRoom) {
        self.inner = inner
        self.side = inner.side
        let limits = inner.limits
        self.limits = ConnectionLimits(
            readMax: min(room.readMax ?? .max, limits.readMax),
            writeCollectionMax: min(room.collectionMax ?? .max, limits.writeCollectionMax),
            writeCollectionsMax: min(room.collectionsMax ?? .max, limits.writeCollectionsMax),
            requestTimeMax: limits.requestTimeMax
        )
    }

    func account() async throws(SyncError) -> AccountIdentity { try await self.inner.account() }

    func describe(_ objects: [String]) async throws(SyncError) -> [ObjectDescription] {
        try await self.inner.describe(objects)
    }

    func customObjects() async throws(SyncError) -> [CustomObject] {
        try await self.inner.customObjects()
    }

    func tieKinds(from: String, to: String) async throws(SyncError) -> [TieKind] {
        try await self.inner.tieKinds(from: from, to: to)
    }

    func owners(withQueues: Bool) async throws(SyncError) -> [OwnerDescription] {
        try await self.inner.owners(withQueues: withQueues)
    }

    func scan(_ scans: [FeedScan]) async throws(SyncError) -> [ScanPage] {
        try await self.inner.scan(scans)
    }

    func read(_ request: ReadRequest) async throws(SyncError) -> ReadReply {
        try await self.inner.read(request)
    }

    func find(_ request: FindRequest) async throws(SyncError) -> [RecordPage] {
        try await self.inner.find(request)
    }

    func archived(_ object: String, next: String?) async throws(SyncError) -> Paged<String> {
        try await self.inner.archived(object, next: next)
    }

    func members(of list: String, next: String?) async throws(SyncError) -> Paged<SegmentMember>? {
        try await self.inner.members(of: list, next: next)
    }

    func related(
        _ request: RelationRequest
    ) async throws(SyncError) -> RelationReply {
        try await self.inner.related(request)
    }

    func changeTimes(
        _ request: ReadRequest
    ) async throws(SyncError) -> [String: [Int: ServerTime]] {
        try await self.inner.changeTimes(request)
    }

    func write(
        _ batch: [RecordWrite],
        priority: PriorityClass,
        hold: CallHold
    ) async -> WriteReply {
        await self.inner.write(batch, priority: priority, hold: hold)
    }

    func hold(calls: Int, priority: PriorityClass) async throws(SyncError) -> CallHold {
        try await self.inner.hold(calls: calls, priority: priority)
    }

    func release(_ hold: CallHold) async { await self.inner.release(hold) }

    func budget() async -> BudgetOutlook { await self.inner.budget() }

    func forecast(_ use: BudgetUse) async -> BudgetForecast? { await self.inner.forecast(use) }
}
