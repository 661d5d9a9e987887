import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Salesforce's assignment rules: for whom they choose an owner, and whom they leave alone.
struct AssignmentTests {
    /// Leads whose owner an active rule chooses: always Lee.
    private static func rehearsal(
        _ policy: AssignmentPolicy = .new,
        owners: Bool = false
    ) async throws -> Rehearsal {
        var mapping = Rehearsal.mapping(createAs: "Lead")
        mapping.assignment = policy
        let stage = try await Rehearsal.owning(owners ? Rehearsal.owned(mapping) : mapping)
        stage.world.with { state, _ in
            state.salesforce.assignmentRules = [
                MockSalesforceAssignmentRule(
                    object: "Lead",
                    name: "All",
                    entries: [.init(ownerID: Rehearsal.lee)]
                )
            ]
        }
        return stage
    }

    private static func person(_ stage: Rehearsal, owner: String = "") throws -> String {
        try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "company": "Acme",
            "hubspot_owner_id": owner,
        ])
    }

    @Test(arguments: AssignmentPolicy.allCases)
    func `O04: a new lead is whose the rules say, unless the file wants none`(
        policy: AssignmentPolicy
    ) async throws {
        let stage = try await Self.rehearsal(policy)
        _ = try Self.person(stage)
        try await stage.plays()
        let lead = try #require(stage.records("Lead").first)
        #expect((lead["OwnerId"].text == Rehearsal.lee) == (policy != .never))
    }

    @Test(arguments: AssignmentPolicy.allCases)
    func `a backfill asks no rules, unless the file wants it`(
        policy: AssignmentPolicy
    ) async throws {
        let stage = try await Self.rehearsal(policy)
        _ = try Self.person(stage)
        stage.wait()
        _ = try await stage.runner.backfillAndPush("contacts")
        let lead = try #require(stage.records("Lead").first)
        #expect((lead["OwnerId"].text == Rehearsal.lee) == (policy == .always))
    }

    @Test func `O05: an edit gives nobody's lead to another owner`() async throws {
        let stage = try await Self.rehearsal(.always)
        let person = try Self.person(stage)
        try await stage.plays()
        let lead = try #require(stage.records("Lead").first)
        try stage.salesforceEdits(lead.id, ["OwnerId": Rehearsal.ada])
        try await stage.plays()
        try stage.hubspotEdits(person, ["jobtitle": "Chief"])
        try await stage.plays()
        #expect(stage.salesforce(lead.id, "Title") == "Chief")
        #expect(stage.salesforce(lead.id, "OwnerId") == Rehearsal.ada)
    }

    @Test func `O04: whose owner is named in HubSpot is nobody else's`() async throws {
        let stage = try await Self.rehearsal(.always, owners: true)
        _ = try Self.person(stage, owner: "72")
        try await stage.plays()
        let lead = try #require(stage.records("Lead").first)
        #expect(lead["OwnerId"].text == Rehearsal.sam)
    }

    @Test func `more new leads than a call takes go whether or not rules choose their owners`()
        async throws
    {
        let stage = try await Self.rehearsal(.new, owners: true)
        for number in 0..<1_000 {
            try stage.hubspotCreates([
                "email": "p\(number)@x.test", "lastname": "P", "company": "Acme",
                "hubspot_owner_id": number % 2 == 0 ? "72" : "",
            ])
        }
        for _ in 0..<2 { try await stage.plays() }
        let leads = stage.records("Lead")
        #expect(leads.count == 1_000)
        #expect(leads.count { $0["OwnerId"].text == Rehearsal.sam } == 500)
        #expect(leads.count { $0["OwnerId"].text == Rehearsal.lee } == 500)
        #expect(try await stage.findings().isEmpty)
    }
}
