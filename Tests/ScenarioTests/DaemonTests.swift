import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// `duet run`: what passes by itself is waited out, what needs a person ends it.
struct DaemonTests {
    @Test func `an outage of both CRMs is waited out and the edits made in it arrive`() throws {
        // On an executor of its own: on the tests' shared threads its waiting would take as long as
        // whatever else runs there.
        try SimulationExecutor(seed: 1).run { try await self.outage() }
    }

    private func outage() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        rehearsal.kill(after: 0, losesReply: false)
        let before = rehearsal.time.wallMilliseconds
        let runner = rehearsal.runner
        let daemon = SyncService(runners: [runner])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await daemon.run() }
            while rehearsal.time.wallMilliseconds < before + 600_000, !Task.isCancelled {
                await Task.yield()
            }
            #expect(rehearsal.records("Contact").isEmpty)
            rehearsal.revive()
            while rehearsal.records("Contact").isEmpty, !Task.isCancelled {
                await Task.yield()
            }
            group.cancelAll()
        }
        #expect(rehearsal.records("Contact").count == 1)
    }

    @Test func `revoked credentials end it with an error that names them`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        rehearsal.world.with { state, _ in state.salesforce.revokeAccess() }
        let error = await #expect(throws: SyncError.self) {
            try await SyncService(runners: [rehearsal.runner]).run()
        }
        #expect(error?.code == .credentials)
        #expect(error?.side == .salesforce)
        #expect(error?.cause == "Salesforce's refresh token has expired or was revoked.")
    }

    @Test func `a user who was deactivated ends it with an error that says so`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.signInRefusal = .inactiveUser
            state.salesforce.faults.coming = [.expiredSession]
        }
        let error = await #expect(throws: SyncError.self) {
            try await SyncService(runners: [rehearsal.runner]).run()
        }
        #expect(error?.code == .credentials)
        #expect(error?.cause == "Salesforce's integration user is inactive.")
    }
}
