import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Row M04: whom a record names besides its owner.
struct UserFieldTests {
    private static func values(_ stage: Rehearsal, _ id: String) -> [String] {
        ["OwnerId", "CSM__c", "Seller__c"].map { stage.salesforce(id, $0) }
    }

    /// A synced contact; both ids.
    private static func synced(
        _ stage: Rehearsal,
        _ people: (owner: String, csm: String, seller: String)
    ) async throws -> (hubspot: String, salesforce: String) {
        let contact = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "hubspot_owner_id": people.owner,
            "csm": people.csm, "seller": people.seller,
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        return (contact, stage.records("Contact").first?.id ?? "")
    }

    @Test
    func `M04: people go over by their addresses in any field, and are taken away like values`()
        async throws
    {
        let stage = try await Rehearsal.accompanied()
        let (contact, there) = try await Self.synced(stage, ("72", "71", "72"))
        #expect(Self.values(stage, there) == [Rehearsal.sam, Rehearsal.ada, Rehearsal.sam])
        try stage.salesforceEdits(there, ["CSM__c": Rehearsal.sam, "Seller__c": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "csm") == "72")
        #expect(stage.hubspot(contact, "seller") == "")
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "72")
        stage.wait()
        // An owner who is cleared in HubSpot comes back: a record in Salesforce has one. Others need not be there.
        try stage.hubspotEdits(
            contact,
            ["csm": "", "seller": "71", "hubspot_owner_id": ""]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(Self.values(stage, there) == [Rehearsal.sam, "", Rehearsal.ada])
        #expect(stage.hubspot(contact, "hubspot_owner_id") == "72")
        stage.wait()
        let made = try stage.salesforceCreates(
            "Lead",
            ["LastName": "Bo", "Company": "Bolt", "CSM__c": Rehearsal.ada]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let bo = try #require(stage.contacts.first { $0["lastname"] == "Bo" })
        #expect(bo["csm"] == "71")
        #expect(bo["seller"] ?? "" == "")
        stage.wait()
        let writes = try await stage.writes()
        stage.wait()
        #expect(try await stage.writes() == writes)
        #expect(stage.salesforce(made, "CSM__c") == Rehearsal.ada)
        #expect(try await stage.findings().isEmpty)
        // The people are read once for all fields.
        #expect(try await stage.calls(to: "owners") == 3)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test
    func `M04: somebody who is not there stays in each field, is named once, and comes later`()
        async throws
    {
        let stage = try await Rehearsal.accompanied()
        stage.hubspotHires(90, "nora.new@example.invalid")
        let (contact, there) = try await Self.synced(stage, ("72", "90", "90"))
        #expect(Self.values(stage, there) == [Rehearsal.sam, "", ""])
        let other = try stage.hubspotCreates(["email": "bo@x.test", "lastname": "Bo"])
        stage.wait()
        _ = try await stage.runner.sync()
        try stage.hubspotEdits(other, ["csm": "90", "jobtitle": "CEO"])
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        let second = try #require(stage.records("Contact").first { $0["LastName"].text == "Bo" })
        #expect(second["Title"].text == "CEO")
        #expect(second["CSM__c"].text ?? "" == "")
        #expect(stage.hubspot(contact, "csm") == "90")
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.ownerNotFound])
        #expect(findings.map(\.hubspotID) == ["90"])
        stage.salesforceChanges(Rehearsal.ada) { $0.email = "nora.new@example.invalid" }
        stage.wait(seconds: 3_700)
        _ = try await stage.runner.sync()
        #expect(Self.values(stage, there) == [Rehearsal.sam, Rehearsal.ada, Rehearsal.ada])
        #expect(stage.salesforce(second.id, "CSM__c") == Rehearsal.ada)
        let left = try await stage.findings()
        #expect(left == [])
        #expect(try await stage.store.missedOwners().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `M04: a custom object's lookup to a user takes a HubSpot user, and no other value`()
        async throws
    {
        let time = ManualTime()
        var portal = try Rehearsal.portalWithCars(time)
        try Rehearsal.ask(
            &portal,
            .post,
            "/crm/v3/properties/2-2",
            #"{"name":"mechanic","label":"Mechanic","type":"enumeration","fieldType":"select","#
                + #""groupName":"car","externalOptions":true,"#
                + #""referencedObjectType":"OWNER"}"#,
            at: time.wallMilliseconds
        )
        var settings = Rehearsal.orgWithCars()
        var field = MockSalesforceCustomField(
            object: "Car__c",
            name: "Mechanic__c",
            label: "Mechanic",
            type: .reference
        )
        field.referenceTo = "User"
        settings.customFields.append(field)
        let world = MockWorld(
            hubspot: portal,
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        let line = "      - {hubspot: mechanic, salesforce: Mechanic__c, rule: twoWay}\n"
        let file = [Rehearsal.garages, Rehearsal.owners, Rehearsal.cars + "\n" + line]
            .joined(separator: "\n")
        let loaded = try await Rehearsal.loaded(file, world, time)
        let cars = try #require(loaded.mappings.first { $0.name == "cars" })
        #expect(cars.peopleFields.map(\.hubspot) == ["hubspot_owner_id", "mechanic"])
        let plain = file.replacing("hubspot: mechanic", with: "hubspot: hs_object_source")
        await #expect(throws: ConfigurationProblems.self) {
            try await Rehearsal.loaded(plain, world, time)
        }
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: loaded.mappings[0],
            others: Array(loaded.mappings.dropFirst()),
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle", "mechanic": "72"])
        stage.wait()
        _ = try await stage.runner.sync()
        let there = try #require(stage.records("Car__c").first)
        #expect(there["Mechanic__c"].text == Rehearsal.sam)
        stage.wait()
        try stage.salesforceEdits(there.id, ["Mechanic__c": Rehearsal.ada])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(car, "mechanic", of: "car") == "71")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M04: a queue that is listed as an owner is nobody in another field`() async throws {
        let stage = try await Rehearsal.accompanied(
            Rehearsal.people(
                createAs: "lead",
                owner: ", values: {sam.seller@example.invalid: Inbound}"
            ),
            queues: [MockSalesforceQueue(name: "Inbound")]
        )
        let contact = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "hubspot_owner_id": "72", "csm": "72",
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        let lead = try #require(stage.records("Lead").first)
        #expect(lead["OwnerId"].text == MockSalesforceQueue.id(0))
        #expect(lead["CSM__c"].text == Rehearsal.sam)
        stage.wait()
        try stage.salesforceEdits(lead.id, ["Seller__c": Rehearsal.sam])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "seller") == "72")
        #expect(stage.hubspot(contact, "csm") == "72")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M04: somebody who leaves after the people were read keeps no other field back`()
        async throws
    {
        let stage = try await Rehearsal.accompanied()
        let (contact, there) = try await Self.synced(stage, ("71", "71", "71"))
        stage.world.with { state, _ in
            for place in state.hubspot.settings.owners.indices
            where state.hubspot.settings.owners[place].id == 72 {
                state.hubspot.settings.owners[place].isArchived = true
            }
        }
        try stage.salesforceEdits(
            there,
            ["CSM__c": Rehearsal.sam, "Seller__c": Rehearsal.sam, "Title": "CEO"]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "jobtitle") == "CEO")
        #expect(stage.hubspot(contact, "csm") == "71")
        #expect(stage.hubspot(contact, "seller") == "71")
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.ownerNotFound])
        #expect(findings.map(\.salesforceID) == [Rehearsal.sam])
        #expect(try await stage.openEntries() == 0)
        stage.world.with { state, _ in
            for place in state.hubspot.settings.owners.indices {
                state.hubspot.settings.owners[place].isArchived =
                    state.hubspot.settings.owners[place].id == 73
            }
        }
        stage.wait(seconds: 3_700)
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "csm") == "72")
        #expect(stage.hubspot(contact, "seller") == "72")
        let left = try await stage.findings()
        #expect(left == [])
    }
}
