import SyncCore

/// Owns the long-lived actors of a process: one runner per pair, in one task group.
package actor SyncService {
    private let runners: [PairRunner]

    package init(runners: [PairRunner]) {
        self.runners = runners
    }

    /// Runs every pair until one fails for good or the task is cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for runner in self.runners {
                group.addTask { try await runner.run() }
            }
            try await group.waitForAll()
        }
    }
}
