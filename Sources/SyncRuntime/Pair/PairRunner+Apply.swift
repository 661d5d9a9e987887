import CRMInterface
package import SyncCore
import SyncStore

extension PairRunner {
    /// Reads and decides as `preview` did, and writes what the permit has of it; all else stays planned.
    ///
    /// `plan`: tells the plan from others. `name`: the mapping whose backfill was previewed with it; what was read to
    /// its end for this plan is not read again.
    package func apply(
        _ permit: WritePermit,
        plan: String,
        backfill name: String?
    ) async throws(SyncError) -> RunSummary {
        try await self.start()
        await self.allow(permit)
        if let name, try await self.pair.store.text(Self.planRead) != plan {
            try await self.backfill(name)
            try await self.pair.store.setText(plan, for: Self.planRead)
        }
        try await self.readOwners()
        _ = try await self.lookForChanges()
        _ = try await self.decideWaiting()
        permit.choose(from: try await self.due(permit))
        return try await self.pushAll()
    }

    /// What is planned, in the order of the store.
    private func due(_ permit: WritePermit) async throws(SyncError) -> [WriteDigest] {
        guard permit.isPartial else { return [] }
        var due: [WriteDigest] = []
        var after: EntryQuery.Place?
        while true {
            let entries = try await self.pair.store.entries(
                EntryQuery(states: [.planned], after: after, limit: 2_000)
            )
            guard let last = entries.last else { return due }
            after = EntryQuery.Place(last)
            due += entries.compactMap { permit.digest(of: $0) }
        }
    }

    /// Where the store notes which plan's backfill was read.
    private static let planRead = "plan.read"
}
