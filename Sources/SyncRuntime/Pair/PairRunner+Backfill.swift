import CRMInterface
package import SyncCore
import SyncStore

extension PairRunner {
    /// Reads everything that exists on both sides, matches it, and plans links and creates.
    ///
    /// It goes on where an earlier one stopped. Nothing is written here: `sync` or `push` does.
    package func backfill(_ name: String) async throws(SyncError) {
        try await self.start()
        guard let syncer = self.syncers[name] else {
            throw SyncError(
                code: .usage,
                cause: "There is no mapping named \(name) in the configuration.",
                nextStep: "Use one of: \(self.syncers.keys.sorted().joined(separator: ", "))."
            )
        }
        try await self.readOwners()
        let backfill = Backfill(
            syncer: syncer,
            connections: self.pair.connections,
            store: self.pair.store,
            batchMax: self.pair.settings.backfillBatchMax,
            progress: self.pair.progress
        )
        try await backfill.run()
    }

    /// A backfill and everything that it plans, written.
    package func backfillAndPush(_ name: String) async throws(SyncError) -> RunSummary {
        try await self.backfill(name)
        return try await self.pushAll()
    }

    /// Writes what is planned, and what that lets go on, until nothing is left that may go now.
    func pushAll() async throws(SyncError) -> RunSummary {
        for _ in 0..<Self.pushesMax {
            self.startsAnew()
            let settled = try await self.push()
            let decided = try await self.decideWaiting()
            if settled + decided == 0 { break }
        }
        if let error = self.deferral { throw error }
        return await self.summary()
    }

    private static let pushesMax = 100
}
