import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// A vendor switches off the version that Duet speaks: the run ends and says what to change.
struct RetiredVersionTests {
    private static func retire(_ side: Side, _ rehearsal: Rehearsal) {
        rehearsal.world.with { state, _ in
            switch side {
            case .hubspot: state.hubspot.faults.retiredVersions = [HubSpotVersion.pinned.name]
            case .salesforce:
                state.salesforce.faults.retiredVersions = [SalesforceVersion.pinned.name]
            }
        }
    }

    private static func words(_ side: Side) -> [String] {
        switch side {
        case .hubspot: ["version 2026-09", "8 March 2028", "`apiVersion` under `hubspot`"]
        case .salesforce: ["version 62.0", "a date", "`apiVersion` under `salesforce`"]
        }
    }

    @Test(arguments: [Side.hubspot, .salesforce])
    func `a retired version ends the run with version, date and setting`(side: Side) async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        Self.retire(side, rehearsal)
        let before = rehearsal.billed[side] ?? 0
        let error = await #expect(throws: SyncError.self) {
            try await SyncService(runners: [rehearsal.runner]).run()
        }
        #expect(error?.side == side)
        #expect(error?.code == .configuration)
        let said = error?.description ?? ""
        for word in Self.words(side) { #expect(said.contains(word), "\(said)") }
        #expect((rehearsal.billed[side] ?? 0) - before <= 2, "a retired version was asked again")
        #expect(rehearsal.records("Contact").isEmpty)
    }

    @Test func `an edit from before a version was retired arrives once one is served again`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        Self.retire(.salesforce, rehearsal)
        await #expect(throws: SyncError.self) { _ = try await rehearsal.runner.sync() }
        rehearsal.world.with { state, _ in state.salesforce.faults.retiredVersions = [] }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").map { $0["LastName"].text } == ["Lovelace"])
    }
}
