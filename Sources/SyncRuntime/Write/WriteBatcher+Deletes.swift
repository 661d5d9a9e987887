import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// The safety stop: deletes that are too many wait until a person has looked at them.
extension WriteBatcher {
    /// Ends deletes that were planned while their mapping carried deletes over, if it does not any more: their
    /// records stay, with an issue for each.
    ///
    /// `counts`: what is open, as the push that begins has counted it.
    func endUnwanted(_ counts: [OutboxCount]) async throws(SyncError) {
        let side = self.connection.side
        let names = Set(
            counts.filter { $0.kind == .delete && $0.state == .planned && $0.target == side }
                .map(\.mapping)
        )
        for name in names.sorted() where !self.carriesDeletes(name) {
            _ = try await DeleteRelease.keep(mapping: name, target: side, in: self.store)
            _ = try await self.store.commit(
                PageCommit(records: [RecordCommit(resolve: [self.heldFinding(name)])])
            )
        }
    }

    /// Of these entries the deletes that wait for a person.
    ///
    /// Judged anew for each chunk: others may be planned while this one goes.
    func heldDeletes(of entries: [OutboxEntry]) async throws(SyncError) -> Set<Int64> {
        let deletes = entries.filter { $0.kind == .delete }
        var held: Set<Int64> = []
        for name in Set(deletes.map(\.mapping)).sorted() {
            guard let released = try await self.released(name) else { continue }
            held.formUnion(deletes.filter { $0.mapping == name && $0.id > released }.map(\.id))
        }
        return held
    }

    /// Says that nothing waits for a person any more, where it was said that something does: by this process, or
    /// by one before it.
    func clearHeld(_ counts: [OutboxCount]) async throws(SyncError) {
        for name in self.syncers.keys.sorted()
        where self.carriesDeletes(name) && self.toldHeld[name] != 0 {
            let isLeft = counts.contains {
                $0.kind == .delete && $0.state == .planned && $0.mapping == name
                    && $0.target == self.connection.side
            }
            guard !isLeft else { continue }
            try await self.tell(DeleteCount(), limit: 0, false, name)
        }
    }

    private func carriesDeletes(_ name: String) -> Bool {
        self.syncers[name]?.mapping.deletes.action(from: self.connection.side.other) == .delete
    }

    /// The number of the newest delete that may go, where others wait; `nil` where all may.
    private func released(_ name: String) async throws(SyncError) -> Int64? {
        let side = self.connection.side
        guard let syncer = self.syncers[name] else { return nil }
        let released =
            try await self.store.text(DeleteRelease.name(mapping: name, target: side))
            .flatMap { Int64($0) } ?? 0
        let count = try await self.store.deletes(
            mapping: name,
            target: side,
            after: released,
            since: self.time.wallMilliseconds - 86_400_000
        )
        let brake = DeleteBrake(atMost: syncer.mapping.deletes.atMost)
        let linked = try await self.store.linkCount(mapping: name)
        let holds = brake.holds(waiting: count.waiting, done: count.done, linked: linked)
        try await self.tell(count, limit: brake.limit(linked: linked), holds, name)
        return holds && self.settings.sabotage != .ignoresBrake ? released : nil
    }

    private func heldFinding(_ name: String, _ details: [String] = []) -> Finding {
        let isHubSpot = self.connection.side == .hubspot
        return Finding(
            code: isHubSpot ? .deletesHeldInHubSpot : .deletesHeldInSalesforce,
            mapping: name,
            details: details
        )
    }

    /// Says once that deletes wait, and that they do not any more.
    private func tell(
        _ count: DeleteCount,
        limit: Int,
        _ holds: Bool,
        _ name: String
    ) async throws(SyncError) {
        guard self.toldHeld[name] != (holds ? count.waiting : 0) else { return }
        let details = ["\(count.waiting) of at most \(limit) a day"]
        let record =
            holds
            ? RecordCommit(raise: [self.heldFinding(name, details)])
            : RecordCommit(resolve: [self.heldFinding(name)])
        _ = try await self.store.commit(PageCommit(records: [record]))
        self.toldHeld[name] = holds ? count.waiting : 0
    }
}
