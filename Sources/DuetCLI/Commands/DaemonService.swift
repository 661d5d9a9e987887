import ServiceLifecycle
import SyncRuntime

/// Runs the sync service until a signal asks for a graceful stop.
struct DaemonService: Service {
    let service: SyncService

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await self.service.run()
            } catch  where Task.isCancelled {
                // The stop was asked for: everything on its way is in the store.
            }
        }
    }
}
