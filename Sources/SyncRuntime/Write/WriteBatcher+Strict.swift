import CRMInterface
import HTTPTransport
import SyncCore

/// `guard: strict`: what a guard read cleared is written on condition that nobody has written since.
extension WriteBatcher {
    /// Whether guarded writes go row by row with a condition: the CRM has such writes.
    var isStrict: Bool {
        self.settings.isGuardStrict && self.connection.limits.conditionalWritesMax > 0
            && self.settings.sabotage != .forgetsConditions
    }

    func isConditional(_ entry: OutboxEntry) -> Bool {
        self.isStrict && entry.isGuarded && entry.kind == .update
    }

    /// The calls for conditional writes, which share no collection.
    func rowByRow(_ entries: [OutboxEntry], inFlight: [OutboxEntry]) -> [[OutboxEntry]] {
        BatchPacker(
            collectionMax: self.connection.limits.conditionalWritesMax,
            collectionsMax: 1
        ).pack(entries.filter { self.isConditional($0) }, inFlight: inFlight)
    }

    /// The looks that a condition can rely on; a record that was changed in the second of its look
    /// waits until that second is over.
    func ripe(
        _ looks: [Int64: GuardLook],
        of entries: [OutboxEntry]
    ) async throws(SyncError) -> [Int64: GuardLook] {
        let young = entries.filter { looks[$0.id]?.isYoung == true }
        guard !young.isEmpty else { return looks }
        let notBefore = self.time.wallMilliseconds + 1_000
        for name in Set(young.map(\.mapping)).sorted() {
            let waiting = young.filter { $0.mapping == name }.map { entry in
                var entry = entry
                entry.notBefore = notBefore
                return entry
            }
            try await self.syncers[name]?.advance(waiting)
        }
        return looks.filter { !$0.value.isYoung }
    }
}
