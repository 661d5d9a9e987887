import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// The password of Salesforce's integration user expires: sessions are given and every call is refused.
struct ExpiredPasswordTests {
    @Test(arguments: [401, 403])
    func `an expired password ends the run and says what to do`(status: Int) async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.expiredPasswordStatus = status
        }
        let before = rehearsal.billed[.salesforce] ?? 0
        let error = await #expect(throws: SyncError.self) {
            try await SyncService(runners: [rehearsal.runner]).run()
        }
        #expect(error?.side == .salesforce)
        #expect(error?.code == .credentials)
        #expect(error?.description.contains("password") == true, "\(error?.description ?? "")")
        #expect((rehearsal.billed[.salesforce] ?? 0) - before <= 4, "it was asked again")
        rehearsal.world.with { state, _ in state.salesforce.faults.expiredPasswordStatus = nil }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").map { $0["LastName"].text } == ["Lovelace"])
    }
}
