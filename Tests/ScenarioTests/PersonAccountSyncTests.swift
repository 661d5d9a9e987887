import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// The contact in the shadow of a person account takes no write, neither of fields nor of the key.
struct PersonAccountSyncTests {
    private static func rehearsal() async throws -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.hasPersonAccounts = true
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        return try await Rehearsal(world: world, time: time)
    }

    private static func codes(_ rehearsal: Rehearsal) async throws -> [Finding.Code] {
        try await rehearsal.findings().map(\.code)
    }

    /// Found by the simulator: the next write to HubSpot closed the issue.
    @Test func `a refused key is told until it is there, whatever is written to the other side`()
        async throws
    {
        let rehearsal = try await Self.rehearsal()
        _ = try await rehearsal.runner.sync()
        let account = try rehearsal.salesforceCreates(
            "Account",
            ["LastName": "Roux", "PersonEmail": "ana@example.com"]
        )
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(try await Self.codes(rehearsal) == [.keyRejected])
        try rehearsal.salesforceEdits(account, ["FirstName": "Ana"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let contacts = rehearsal.world.with { state, _ in state.hubspot.export(object: "contacts") }
        #expect(contacts.map { $0["firstname"] } == ["Ana"])
        #expect(try await Self.codes(rehearsal) == [.keyRejected])
    }

    @Test func `an edit in HubSpot that the shadow refuses is told once beside it`() async throws {
        let rehearsal = try await Self.rehearsal()
        _ = try await rehearsal.runner.sync()
        try rehearsal.salesforceCreates(
            "Account",
            ["LastName": "Roux", "PersonEmail": "ana@example.com"]
        )
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let contact = rehearsal.world.with { state, _ in
            state.hubspot.export(object: "contacts").first?.id ?? ""
        }
        try rehearsal.hubspotEdits(contact, ["firstname": "Anna"])
        for _ in 0..<3 {
            rehearsal.wait()
            _ = try await rehearsal.runner.sync()
        }
        let findings = try await rehearsal.findings()
        #expect(Set(findings.map(\.code)) == [.keyRejected, .recordRejected])
        #expect(findings.count == 2)
        let code = "INVALID_PERSON_ACCOUNT_OPERATION"
        #expect(findings.allSatisfy { $0.details.contains(code) })
    }
}
