import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// The safety stop: deletes that are too many wait until a person has looked at them.
extension WriteBatcher {
    /// By mapping, the number of the newest delete that may go; mappings whose deletes all may are left out.
    func heldDeletes() async throws(SyncError) -> [String: Int64] {
        var held: [String: Int64] = [:]
        let side = self.connection.side
        for name in self.syncers.keys.sorted() {
            guard let syncer = self.syncers[name],
                syncer.mapping.deletes.action(from: side.other) == .delete
            else { continue }
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
            if holds, self.settings.sabotage != .ignoresBrake { held[name] = released }
            try await self.tell(count, limit: brake.limit(linked: linked), holds, name)
        }
        return held
    }

    /// Says once that deletes wait, and that they do not any more.
    private func tell(
        _ count: DeleteCount,
        limit: Int,
        _ holds: Bool,
        _ name: String
    ) async throws(SyncError) {
        guard self.toldHeld[name] != (holds ? count.waiting : 0) else { return }
        let side = self.connection.side.rawValue
        let finding = Finding(
            code: .deletesHeld,
            mapping: name,
            details: [side, "\(count.waiting) of at most \(limit) a day"]
        )
        let record =
            holds ? RecordCommit(raise: [finding]) : RecordCommit(resolve: [finding])
        _ = try await self.store.commit(PageCommit(records: [record]))
        self.toldHeld[name] = holds ? count.waiting : 0
    }
}
