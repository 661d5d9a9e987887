import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Rows O01 to O07 and M07: whose record it is.
struct OwnerTests {
    @Test func `O01, O02: an owner goes over as the person with the same e-mail address`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "72")
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
        try stage.salesforceEdits(there, ["OwnerId": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
        stage.wait()
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "72"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `O01: a new record in Salesforce comes with its owner`() async throws {
        let stage = try await Rehearsal.owning()
        try stage.salesforceCreates(
            "Contact",
            ["Email": "bo@x.test", "LastName": "Bo", "OwnerId": Rehearsal.sam]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.contacts.map { $0["hubspot_owner_id"] } == ["72"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `O03: an owner whom Salesforce does not have stays in HubSpot and is named, once`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "72")
        stage.hubspotHires(90, "nora.new@example.invalid")
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "90", "jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "90")
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
        #expect(stage.salesforce(there, "Title") == "CEO")
        // She came after the people were read: ten minutes later she is looked for.
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        let finding = try #require(try await stage.findings().first)
        #expect(try await stage.findings().count == 1)
        #expect(finding.code == .ownerNotFound)
        #expect(finding.hubspotID == "90")
        #expect(finding.details == ["hubspot", "New Person 90", "active"])
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `an owner goes over, and the issue ends, when the person is there`() async throws {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "72")
        stage.hubspotHires(90, "nora.new@example.invalid")
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "90"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.salesforceChanges(Rehearsal.ada) { $0.email = "nora.new@example.invalid" }
        stage.wait(seconds: 3_700)
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.ada)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.missedOwners().isEmpty)
    }

    @Test(arguments: ["", "90"])
    func `O04, O06: without an owner whom Salesforce has, a new record is the integration user's`(
        owner: String
    ) async throws {
        let stage = try await Rehearsal.owning()
        stage.hubspotHires(90, "nora.new@example.invalid")
        let (contact, there) = try await stage.syncedContact(owner: owner)
        #expect(
            stage.salesforce(there, "OwnerId") == MockSalesforceCredential.standard.userID
        )
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == owner)
        #expect(stage.records("Contact").count == 1)
        #expect(try await stage.findings().map(\.hubspotID) == (owner.isEmpty ? [] : ["90"]))
        // Whoever takes it over there has it here.
        stage.wait()
        try stage.salesforceEdits(there, ["OwnerId": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.ada)
    }

    @Test func `O06: an owner who came later takes the record over from the integration user`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        stage.hubspotHires(90, "nora.new@example.invalid")
        let (contact, there) = try await stage.syncedContact(owner: "90")
        _ = try await stage.runner.sync()
        stage.salesforceChanges(Rehearsal.ada) { $0.email = "nora.new@example.invalid" }
        stage.wait(seconds: 3_700)
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.ada)
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "90")
        stage.wait()
        _ = try await stage.runner.sync()
        let left = try await stage.findings()
        #expect(left == [])
    }

    @Test func `O05: at a first match Salesforce's owner stays, afterwards the later one`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        let there = try stage.salesforceCreates(
            "Contact",
            ["Email": "cy@x.test", "LastName": "Cy", "OwnerId": Rehearsal.ada]
        )
        let contact = try stage.hubspotCreates([
            "email": "cy@x.test", "lastname": "Cy", "hubspot_owner_id": "72",
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.ada)
        stage.wait()
        try stage.salesforceEdits(there, ["OwnerId": Rehearsal.ada])
        stage.wait(seconds: 10)
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "72"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `O06: accounts and opportunities have owners in the same way`() async throws {
        let stage = try await Rehearsal.owning(Rehearsal.owned(Rehearsal.deals()))
        let deal = try stage.hubspotCreates(
            "deals",
            [
                "dealname": "Rollout", "dealstage": "appointmentscheduled", "amount": "5",
                "closedate": "1790000000000", "hubspot_owner_id": "72",
            ]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let opportunity = try #require(stage.records("Opportunity").first)
        #expect(opportunity["OwnerId"].text == Rehearsal.sam)
        stage.wait()
        try stage.salesforceEdits(opportunity.id, ["OwnerId": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(deal, "hubspot_owner_id", of: "deals") == "71")
        let firms = try await Rehearsal.owning(Rehearsal.owned(Rehearsal.companies()))
        try firms.salesforceCreates("Account", ["Name": "Acme", "OwnerId": Rehearsal.sam])
        try firms.hubspotCreates("companies", ["name": "Globex"])
        firms.wait()
        _ = try await firms.runner.sync()
        let owners = firms.hubspotRecords("companies").map { $0["hubspot_owner_id"] ?? "" }
        #expect(Set(owners) == ["", "72"])
        #expect(
            Set(firms.records("Account").map { $0["OwnerId"].text ?? "" }) == [
                Rehearsal.sam, MockSalesforceCredential.standard.userID,
            ]
        )
    }

    @Test func `O07: an owner who is cleared in HubSpot comes back`() async throws {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "72")
        try stage.hubspotEdits(contact, ["hubspot_owner_id": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "72")
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
    }

    @Test func `records keep people who have left, and none is given to them`() async throws {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "72")
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "73"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.sam)
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .ownerNotFound)
        #expect(finding.details == ["hubspot", "Lee Left", "inactive"])
    }

    @Test func `a queue that the mapping lists by name is an owner of leads`() async throws {
        var settings = MockSalesforceSettings()
        settings.queues = [MockSalesforceQueue(name: "Inbound")]
        let pair = FieldMapping.ValuePair(
            hubspot: "sam.seller@example.invalid",
            salesforce: "Inbound"
        )
        let stage = try await Rehearsal.owning(
            Rehearsal.owned(Rehearsal.mapping(createAs: "Lead"), values: [pair]),
            settings
        )
        let contact = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "hubspot_owner_id": "72",
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        let lead = try #require(stage.records("Lead").first)
        #expect(lead["OwnerId"].text == MockSalesforceQueue.id(0))
        stage.wait()
        try stage.salesforceEdits(lead.id, ["OwnerId": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
        stage.wait()
        try stage.salesforceEdits(lead.id, ["OwnerId": MockSalesforceQueue.id(0)])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "72")
        #expect(try await stage.findings().isEmpty)
    }

    /// Salesforce refuses the whole record then, and names no field.
    @Test func `somebody who leaves after the people were read refuses no record`() async throws {
        let stage = try await Rehearsal.owning()
        stage.salesforceChanges(Rehearsal.sam) { $0.isActive = false }
        let (contact, there) = try await stage.syncedContact(owner: "72")
        #expect(
            stage.salesforce(there, "OwnerId") == MockSalesforceCredential.standard.userID
        )
        _ = try await stage.runner.sync()
        let finding = try #require(try await stage.findings().first { $0.hubspotID != nil })
        #expect(finding.code == .ownerNotFound)
        #expect(finding.hubspotID == "72")
        // And neither does an edit of it.
        stage.salesforceChanges(Rehearsal.ada) { $0.isActive = false }
        try stage.hubspotEdits(contact, ["hubspot_owner_id": "71", "jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "Title") == "CEO")
        #expect(try await stage.findings().allSatisfy { $0.code == .ownerNotFound })
        #expect(try await stage.openEntries() == 0)
        stage.wait()
        let calls = try await stage.ledger()[.salesforce] ?? 0
        _ = try await stage.runner.sync()
        #expect(try await (stage.ledger()[.salesforce] ?? 0) - calls <= 2)
        // They come back.
        for person in [Rehearsal.ada, Rehearsal.sam] {
            stage.salesforceChanges(person) { $0.isActive = true }
        }
        stage.wait(seconds: 3_700)
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "OwnerId") == Rehearsal.ada)
        let left = try await stage.findings()
        #expect(left == [])
    }

    @Test
    func `an owner whom HubSpot archives after the people were read refuses no record either`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        let (contact, there) = try await stage.syncedContact(owner: "71")
        stage.world.with { state, _ in
            state.hubspot.settings.refusesArchivedOwners = true
            for place in state.hubspot.settings.owners.indices
            where state.hubspot.settings.owners[place].id == 72 {
                state.hubspot.settings.owners[place].isArchived = true
            }
        }
        try stage.salesforceEdits(there, ["OwnerId": Rehearsal.sam, "Title": "CEO"])
        try stage.salesforceCreates(
            "Contact",
            ["Email": "bo@x.test", "LastName": "Bo", "OwnerId": Rehearsal.sam]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "jobtitle") == "CEO")
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
        #expect(stage.contacts.count == 2)
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.ownerNotFound])
        #expect(findings.map(\.salesforceID) == [Rehearsal.sam])
    }

    @Test func `a backfill brings owners, and a process that starts again goes on waiting for one`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        for number in 0..<6 {
            try stage.salesforceCreates(
                "Contact",
                [
                    "Email": "p\(number)@x.test", "LastName": "P\(number)",
                    "OwnerId": number < 4 ? Rehearsal.sam : Rehearsal.ada,
                ]
            )
        }
        stage.hubspotHires(90, "nora.new@example.invalid")
        let nora = try stage.hubspotCreates([
            "email": "n@x.test", "lastname": "N", "hubspot_owner_id": "90",
        ])
        stage.wait()
        try await stage.restart()
        _ = try await stage.runner.backfillAndPush("contacts")
        stage.wait()
        _ = try await stage.runner.sync()
        let owners = stage.contacts.map { $0["hubspot_owner_id"] ?? "" }.sorted()
        #expect(owners == ["71", "71", "72", "72", "72", "72", "90"])
        #expect(try await stage.findings().map(\.hubspotID) == ["90"])
        stage.salesforceChanges(Rehearsal.ada) { $0.email = "nora.new@example.invalid" }
        stage.wait(seconds: 60)
        try await stage.restart()
        _ = try await stage.runner.sync()
        let there = stage.records("Contact").first { $0["LastName"].text == "N" }
        #expect(there?["OwnerId"].text == Rehearsal.ada)
        #expect(stage.hubspot(nora, "hubspot_owner_id") == "90")
        #expect(try await stage.findings().map(\.hubspotID).contains("90") == false)
    }

    @Test func `a token that may not read owners ends the run with the scope that it lacks`()
        async throws
    {
        var portal = MockHubSpotSettings()
        portal.apps[0].scopes = ["crm.objects.contacts.read", "crm.objects.contacts.write"]
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(),
            time: time
        )
        let stage = try await Rehearsal(world: world, time: time, mapping: Rehearsal.owned())
        let error = await #expect(throws: SyncError.self) { try await stage.runner.sync() }
        #expect(error?.code == .forbidden)
        #expect(error?.nextStep.contains("crm.objects.owners.read") == true)
    }

    @Test
    func `people who cannot be read just now keep nothing else from going over, and that is told`()
        async throws
    {
        let time = ManualTime()
        let world = MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        world.with { state, _ in
            state.hubspot.faults.replaceRules(by: [
                .init(.unavailable, every: 1, of: .endpoint(.owners))
            ])
        }
        let stage = try await Rehearsal(world: world, time: time, mapping: Rehearsal.owned())
        _ = try? await stage.runner.sync()
        stage.wait()
        try stage.salesforceCreates(
            "Contact",
            ["Email": "bo@x.test", "LastName": "Bo", "OwnerId": Rehearsal.sam]
        )
        stage.wait()
        let error = await #expect(throws: SyncError.self) { try await stage.runner.sync() }
        #expect(error?.code == .unreachable)
        #expect(error?.side == .hubspot)
        #expect(stage.contacts.map { $0["lastname"] } == ["Bo"])
        // Nobody is said to be missing before the people were read.
        #expect(try await stage.findings().isEmpty)
        world.with { state, _ in state.hubspot.faults.replaceRules(by: []) }
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.contacts.map { $0["hubspot_owner_id"] } == ["72"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M07: owners are read with two calls and one, and not at all where none is mapped`()
        async throws
    {
        let stage = try await Rehearsal.owning()
        for _ in 0..<3 {
            stage.wait(seconds: 4_000)
            _ = try await stage.runner.sync()
        }
        #expect(try await stage.calls(to: "owners") == 3)
        #expect(try await stage.ledger() == stage.billed)
        for mapping in [Rehearsal.mapping(), Rehearsal.owned(rule: .dontSync)] {
            let plain = try await Rehearsal(mapping: mapping)
            _ = try await plain.runner.sync()
            #expect(try await plain.calls(to: "owners") == 0)
        }
    }

    @Test func `a rule of another kind holds for owners too`() async throws {
        let stage = try await Rehearsal.owning(Rehearsal.owned(rule: .alwaysSalesforce))
        let (contact, there) = try await stage.syncedContact(owner: "72")
        #expect(
            stage.salesforce(there, "OwnerId") == MockSalesforceCredential.standard.userID
        )
        try stage.salesforceEdits(there, ["OwnerId": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "71")
    }
}
