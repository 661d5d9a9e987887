import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What syncs: records that the mapping's `include` keeps out stay as they are, on both sides.
struct InclusionTests {
    private static func mapping(
        hubspot: [String] = ["customer"],
        salesforce: [String] = []
    ) -> ObjectMapping {
        Rehearsal.including(
            hubspot: hubspot.isEmpty ? nil : .oneOf(hubspot),
            salesforce: salesforce.isEmpty ? nil : .oneOf(salesforce)
        )
    }

    private static func rehearsal(_ mapping: ObjectMapping) async throws -> Rehearsal {
        let stage = try await Rehearsal(mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    private static func sync(_ stage: Rehearsal) async throws {
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
    }

    @Test func `S40, C03, I01: only who is included goes over`() async throws {
        let stage = try await Self.rehearsal(Self.mapping())
        try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "lifecyclestage": "customer",
        ])
        let bo = try stage.hubspotCreates([
            "email": "bo@x.test", "lastname": "Bo", "lifecyclestage": "lead",
        ])
        try await Self.sync(stage)
        #expect(stage.records("Contact").map { $0["LastName"].text } == ["Ann"])
        // I05: it goes over with the change that makes it one of them.
        try stage.hubspotEdits(bo, ["lifecyclestage": "customer"])
        try await Self.sync(stage)
        #expect(Set(stage.records("Contact").map { $0["LastName"].text }) == ["Ann", "Bo"])
        #expect(try await stage.findings().isEmpty)
        let billed = stage.billed
        try await Self.sync(stage)
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 1 })
    }

    @Test func `I06: what would not be included once it is made is not made`() async throws {
        let stage = try await Self.rehearsal(Self.mapping(salesforce: ["Web"]))
        // Its stage is not among the mapped fields: in HubSpot it would have none.
        try stage.salesforceCreates(
            "Contact",
            ["LastName": "Cy", "Email": "cy@x.test", "LeadSource": "Web"]
        )
        try stage.hubspotCreates([
            "email": "di@x.test", "lastname": "Di", "lifecyclestage": "customer",
        ])
        try await Self.sync(stage)
        #expect(stage.contacts.map { $0["lastname"] } == ["Di"])
        #expect(stage.records("Contact").map { $0["LastName"].text } == ["Cy"])
        #expect(try await stage.findings().isEmpty)
        // Nobody looks for them again and again.
        let billed = stage.billed
        try await Self.sync(stage)
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 1 })
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 1 })
    }

    /// `side`: where the pair leaves.
    @Test(arguments: Side.allCases)
    func `I08, G11: who leaves keeps everything, and goes on where it stopped`(
        side: Side
    ) async throws {
        let mapping = Self.mapping(salesforce: ["Web"])
        let stage = try await Self.rehearsal(mapping)
        let ann = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "lifecyclestage": "customer",
            "jobtitle": "Clerk",
        ])
        let there = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ann", "Email": "ann@x.test", "LeadSource": "Web"]
        )
        try await Self.sync(stage)
        try await Self.sync(stage)
        #expect(stage.salesforce(there, "Title") == "Clerk")
        #expect(try await stage.store.outsideCount(mapping: "contacts") == 0)
        // The very change that takes it out stays where it is, with what comes along and after it.
        switch side {
        case .hubspot:
            try stage.hubspotEdits(ann, ["lifecyclestage": "lead", "jobtitle": "Boss"])
        case .salesforce:
            try stage.hubspotEdits(ann, ["jobtitle": "Boss"])
            try stage.salesforceEdits(there, ["LeadSource": "Other"])
        }
        // What Salesforce's feed tells, the sync before may have written already.
        if side == .salesforce {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        try await Self.sync(stage)
        #expect(try await stage.store.outsideCount(mapping: "contacts") == 1)
        if side == .hubspot { #expect(stage.salesforce(there, "Title") == "Clerk") }
        try stage.salesforceEdits(there, ["Phone": "123"])
        try stage.hubspotEdits(ann, ["firstname": "Anna"])
        try await Self.sync(stage)
        try await Self.sync(stage)
        #expect(stage.hubspot(ann, "phone").isEmpty)
        #expect(stage.salesforce(there, "FirstName").isEmpty)
        #expect(try await stage.openEntries() == 0)
        // Included again, all of it goes over, both ways.
        try stage.hubspotEdits(ann, ["lifecyclestage": "customer"])
        try stage.salesforceEdits(there, ["LeadSource": "Web"])
        try await Self.sync(stage)
        try await Self.sync(stage)
        #expect(stage.hubspot(ann, "phone") == "123")
        #expect(stage.salesforce(there, "FirstName") == "Anna")
        #expect(stage.salesforce(there, "Title") == "Boss")
        #expect(try await stage.store.outsideCount(mapping: "contacts") == 0)
        #expect(try await stage.findings().isEmpty)
        #expect(stage.contacts.count == 1 && stage.records("Contact").count == 1)
    }

    @Test func `G11: a counterpart that is left out is linked and waits, and nobody is made twice`()
        async throws
    {
        let stage = try await Self.rehearsal(Self.mapping(hubspot: [], salesforce: ["Web"]))
        let there = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ann", "Email": "ann@x.test", "LeadSource": "Other"]
        )
        try await Self.sync(stage)
        let ann = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "jobtitle": "Boss",
        ])
        try await Self.sync(stage)
        #expect(stage.records("Contact").count == 1)
        #expect(stage.salesforce(there, "Title").isEmpty)
        #expect(stage.salesforce(there, "HubSpot_Record_ID__c").isEmpty)
        try stage.salesforceEdits(there, ["LeadSource": "Web"])
        try await Self.sync(stage)
        try await Self.sync(stage)
        #expect(stage.salesforce(there, "Title") == "Boss")
        #expect(stage.salesforce(there, "HubSpot_Record_ID__c") == ann)
        #expect(stage.contacts.count == 1)
    }

    @Test func `X03: a delete of one that rests is noticed, and carried nowhere`() async throws {
        var mapping = Self.mapping()
        mapping.deletes = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete)
        let stage = try await Self.rehearsal(mapping)
        let ann = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "lifecyclestage": "customer",
        ])
        try await Self.sync(stage)
        let there = try #require(stage.records("Contact").first?.id)
        try stage.hubspotEdits(ann, ["lifecyclestage": "lead"])
        try await Self.sync(stage)
        _ = try stage.world.with { state, now in try state.salesforce.delete(there, at: now) }
        try await Self.sync(stage)
        #expect(stage.contacts.map(\.id) == [ann])
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a backfill makes nothing of who is left out, and asks nobody about them`()
        async throws
    {
        let stage = try await Rehearsal(mapping: Self.mapping(salesforce: ["Web"]))
        for (name, value) in [("Ann", "customer"), ("Bo", "lead"), ("Bob", "lead")] {
            try stage.hubspotCreates([
                "email": "\(name)@x.test", "lastname": name, "lifecyclestage": value,
            ])
        }
        let there = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ann", "Email": "ann@x.test", "LeadSource": "Web"]
        )
        // Two that say the same, and that are synced with nobody.
        for _ in 0..<2 {
            try stage.salesforceCreates(
                "Contact",
                ["LastName": "Bo", "Email": "bo@x.test", "LeadSource": "Other"]
            )
        }
        stage.wait()
        let summary = try await stage.runner.backfillAndPush("contacts")
        #expect(summary.createdInSalesforce == 0 && summary.createdInHubSpot == 0)
        #expect(stage.salesforce(there, "HubSpot_Record_ID__c").isEmpty == false)
        #expect(try await stage.store.linkCount(mapping: "contacts") == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(summary.notIncluded == 4)
        // The rule is changed: a backfill brings what it lets in now, and lets rest what it leaves out.
        try await stage.restart(with: [Self.mapping(hubspot: ["lead"])])
        _ = try await stage.runner.backfillAndPush("contacts")
        #expect(try await stage.store.outsideCount(mapping: "contacts") == 1)
        #expect(stage.records("Contact").contains { $0["LastName"].text == "Bob" })
    }
}
