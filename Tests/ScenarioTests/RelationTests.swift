import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Contact roles and other ties that are records of their own in Salesforce: rows D07, L02 and L03.
struct RelationTests {
    private static let sweeping: RuntimeSettings = {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        return settings
    }()

    @Test func `D07: a contact role in Salesforce ties the contact to the deal, with its label`()
        async throws
    {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Decision Maker"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D07: a contact that people tie to a deal becomes a contact role, once`()
        async throws
    {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let bob = try await stage.person("Bob")
        try stage.ties(deal.hubspot, of: "deals", to: bob.hubspot, of: "contacts")
        try stage.labels(deal.hubspot, ada.hubspot, "Decider")
        // No stamp moves: the next edit of the deal shows it, or the day's look.
        stage.wait(seconds: 90_000)
        try await stage.plays()
        let cast = [
            "\(ada.salesforce): Decision Maker", "\(bob.salesforce): ",
        ].sorted()
        #expect(stage.cast(of: deal.salesforce) == cast)
        for _ in 0..<3 {
            stage.wait(seconds: 90_000)
            try await stage.plays()
        }
        #expect(stage.cast(of: deal.salesforce) == cast)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D07: with an edit of the deal its ties go at once`() async throws {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.ties(deal.hubspot, of: "deals", to: ada.hubspot, of: "contacts")
        try stage.hubspotEdits(deal.hubspot, of: "deals", ["dealname": "Ship"])
        try await stage.plays()
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): "])
    }

    @Test func `D07: a tie that moves nothing but the deal's stamp goes at once`() async throws {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try await stage.plays()
        stage.world.with { state, _ in state.hubspot.settings.tiesMoveStamps = true }
        try await stage.plays()
        try stage.ties(deal.hubspot, of: "deals", to: ada.hubspot, of: "contacts")
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): "])
    }

    @Test func `L02: a contact of the deal's account has no role, and is not tied`() async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        _ = try await stage.person("Ada")
        let deal = try await stage.deal("Boat")
        stage.wait(seconds: 90_000)
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot).isEmpty)
        #expect(stage.cast(of: deal.salesforce).isEmpty)
    }

    @Test func `L03: a role that is added to a won opportunity goes over too`() async throws {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.salesforceEdits(deal.salesforce, ["StageName": "Closed Won"])
        try await stage.plays()
        #expect(stage.hubspot(deal.hubspot, "dealstage", of: "deals") == "closedwon")
        try stage.casts(ada.salesforce, in: deal.salesforce)
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): "])
    }

    @Test(arguments: [true, false])
    func `D07: roles from before the relation was mapped go over with the first look`(
        hubspotTiesToo: Bool
    ) async throws {
        let stage = try await Rehearsal.casting()
        var deals = try #require(try await Self.mapping(stage, "deals"))
        let contacts = try #require(try await Self.mapping(stage, "contacts"))
        let relations = deals.relations
        deals.relations = []
        try await stage.restart(with: [contacts, deals])
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let bob = try await stage.person("Bob")
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Influencer")
        let bobs = hubspotTiesToo ? ["\(bob.hubspot): "] : []
        if hubspotTiesToo {
            try stage.ties(deal.hubspot, of: "deals", to: bob.hubspot, of: "contacts")
        }
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot) == bobs)
        deals.relations = relations
        let sweeping = try await Rehearsal(
            world: stage.world,
            time: stage.time,
            settings: Self.sweeping,
            mapping: contacts,
            others: [deals]
        )
        _ = try await sweeping.runner.backfillAndPush("contacts")
        _ = try await sweeping.runner.backfillAndPush("deals")
        for _ in 0..<2 { try await sweeping.plays() }
        #expect(
            try stage.tiedContacts(deal.hubspot)
                == (["\(ada.hubspot): Influencer"] + bobs).sorted()
        )
        #expect(
            stage.cast(of: deal.salesforce)
                == (["\(ada.salesforce): Influencer"]
                + (hubspotTiesToo ? ["\(bob.salesforce): "] : [])).sorted()
        )
    }

    private static func mapping(_ stage: Rehearsal, _ name: String) async throws -> ObjectMapping? {
        try await Rehearsal.loaded(Rehearsal.roles, stage.world, stage.time).mappings
            .first { $0.name == name }
    }

    // MARK: - Order

    @Test(arguments: [true, false])
    func `D07: a role whose contact or deal is not synced yet waits for it`(
        contactIsFirst: Bool
    ) async throws {
        let stage = try await Rehearsal.casting()
        // Salesforce has them from before: what merely exists does not sync by itself.
        let ada = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ada", "Email": "ada@acme.test"]
        )
        let boat = try stage.salesforceCreates(
            "Opportunity",
            ["Name": "Boat", "StageName": "Qualification", "CloseDate": "2026-12-01"]
        )
        try stage.casts(ada, in: boat, as: "Influencer")
        let held = try await stage.store.marks()
        #expect(held.contains { $0.object == "OpportunityContactRole" })
        for id in contactIsFirst ? [ada, boat] : [boat, ada] {
            try stage.salesforceEdits(
                id,
                id == ada ? ["LastName": "Lovelace"] : ["Name": "Ship"]
            )
            try await stage.plays()
        }
        try await stage.plays()
        let deal = try #require(stage.hubspotRecords("deals").first)
        let person = try #require(stage.contacts.first)
        #expect(try stage.tiedContacts(deal.id) == ["\(person.id): Influencer"])
        #expect(stage.cast(of: boat) == ["\(ada): Influencer"])
    }

    // MARK: - Changes

    /// A deal with a contact as its decider, in step.
    private static func cast() async throws -> (
        stage: Rehearsal, ada: (hubspot: String, salesforce: String),
        deal: (hubspot: String, salesforce: String), role: String
    ) {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let role = try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        return (stage, ada, deal, role)
    }

    @Test func `D07: a role that is deleted in Salesforce is untied in HubSpot`() async throws {
        let (stage, _, deal, role) = try await Self.cast()
        try stage.uncasts(role)
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot).isEmpty)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D07: a tie that people take away in HubSpot takes the role away within a day`()
        async throws
    {
        let (stage, ada, deal, _) = try await Self.cast()
        try stage.unties(deal.hubspot, of: "deals", from: ada.hubspot, of: "contacts")
        try await stage.plays()
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Decision Maker"])
        stage.wait(seconds: 90_000)
        try await stage.plays()
        #expect(stage.cast(of: deal.salesforce).isEmpty)
    }

    @Test func `D07: another role is another label, and the other way round`() async throws {
        let (stage, ada, deal, role) = try await Self.cast()
        try stage.salesforceEdits(role, ["Role": "Influencer"])
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Influencer"])
        try stage.labels(deal.hubspot, ada.hubspot, "Influencer", isMade: false)
        try stage.labels(deal.hubspot, ada.hubspot, "Decider")
        stage.wait(seconds: 90_000)
        try await stage.plays()
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Decision Maker"])
        #expect(stage.records("OpportunityContactRole").filter { !$0.isDeleted }.count == 1)
    }

    @Test func `D07: roles and labels that are not listed stay on their own side`() async throws {
        let (stage, ada, deal, _) = try await Self.cast()
        try stage.labels(deal.hubspot, ada.hubspot, "Guest")
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Evaluator")
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider, Guest"])
        #expect(
            stage.cast(of: deal.salesforce)
                == ["\(ada.salesforce): Decision Maker", "\(ada.salesforce): Evaluator"]
        )
    }

    // MARK: - Records that leave

    @Test(arguments: ["contact", "deal"])
    func `D07, S22: a record that is deleted in HubSpot takes no role along`(
        what: String
    ) async throws {
        let (stage, ada, deal, _) = try await Self.cast()
        try stage.world.with { state, now in
            switch what {
            case "contact": try state.hubspot.archive(ada.hubspot, at: now)
            default: try state.hubspot.archive(deal.hubspot, object: "deals", at: now)
            }
        }
        for _ in 0..<3 {
            stage.wait(seconds: 90_000)
            try await stage.plays()
        }
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Decision Maker"])
    }

    @Test(arguments: ["contact", "deal"])
    func `D07, S22: a record that is deleted in Salesforce unties nothing`(
        what: String
    ) async throws {
        let (stage, ada, deal, _) = try await Self.cast()
        try stage.world.with { state, now in
            try state.salesforce.delete(
                what == "contact" ? ada.salesforce : deal.salesforce,
                at: now
            )
        }
        for _ in 0..<3 {
            stage.wait(seconds: 90_000)
            try await stage.plays()
        }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
    }

    // MARK: - What a CRM refuses

    @Test
    func `what Salesforce refuses is an issue, and goes with the day's look once it is mended`()
        async throws
    {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let bob = try await stage.person("Bob")
        stage.world.with { state, _ in
            state.salesforce.validationRules = [
                MockSalesforceValidationRule(
                    object: "OpportunityContactRole",
                    field: "Role",
                    condition: .isBlank,
                    message: "Say what they do."
                )
            ]
        }
        try stage.ties(deal.hubspot, of: "deals", to: ada.hubspot, of: "contacts")
        try stage.hubspotEdits(deal.hubspot, of: "deals", ["dealname": "Ship"])
        try await stage.plays()
        try stage.ties(deal.hubspot, of: "deals", to: bob.hubspot, of: "contacts")
        for _ in 0..<2 { try await stage.plays() }
        let found = try #require(try await stage.findings().first)
        #expect(found.code == .relationRefused)
        #expect(found.hubspotID == deal.hubspot)
        #expect(found.details.contains(ada.hubspot))
        stage.world.with { state, _ in state.salesforce.validationRules = [] }
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(
            stage.cast(of: deal.salesforce)
                == ["\(ada.salesforce): ", "\(bob.salesforce): "].sorted()
        )
        #expect(try await stage.findings().isEmpty)
    }

    // MARK: - Calls and crashes

    @Test func `200 roles of as many new deals cost a handful of calls`() async throws {
        let stage = try await Rehearsal.casting()
        let ada = try await stage.person("Ada")
        let before = try await stage.ledger()
        for number in 0..<200 {
            let deal = try stage.salesforceCreates(
                "Opportunity",
                [
                    "Name": "Boat \(number)", "StageName": "Qualification",
                    "CloseDate": "2026-12-01",
                ]
            )
            try stage.casts(ada.salesforce, in: deal, as: "Influencer")
        }
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.tied(ada.hubspot, in: "contacts", to: "deals").count == 200)
        let after = try await stage.ledger()
        let calls = Side.allCases.map { (after[$0] ?? 0) - (before[$0] ?? 0) }
        // HubSpot: two creates of 100 and the look for them, one read of ties, one write of them, and polls.
        #expect(calls[0] <= 24, "\(calls)")
        #expect(calls[1] <= 16, "\(calls)")
    }

    @Test func `an idle pass reads no ties, and the roles ride in the one call of the poll`()
        async throws
    {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.casts(ada.salesforce, in: deal.salesforce)
        for _ in 0..<3 { try await stage.plays() }
        let before = try await stage.ledger()
        try await stage.plays()
        let after = try await stage.ledger()
        #expect((after[.salesforce] ?? 0) - (before[.salesforce] ?? 0) == 1)
        // One search for contacts, one for deals.
        #expect((after[.hubspot] ?? 0) - (before[.hubspot] ?? 0) == 2)
    }

    @Test(arguments: 1...14, [true, false])
    func `a death anywhere leaves one role for one tie`(
        requests: Int,
        losesReply: Bool
    ) async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let bob = try await stage.person("Bob")
        try stage.ties(deal.hubspot, of: "deals", to: bob.hubspot, of: "contacts")
        try stage.hubspotEdits(deal.hubspot, of: "deals", ["dealname": "Ship"])
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Influencer")
        stage.wait()
        stage.kill(after: requests, losesReply: losesReply)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        for _ in 0..<3 {
            stage.wait(seconds: 700)
            try await stage.plays()
        }
        #expect(
            try stage.tiedContacts(deal.hubspot)
                == ["\(ada.hubspot): Influencer", "\(bob.hubspot): "].sorted()
        )
        #expect(
            stage.cast(of: deal.salesforce)
                == ["\(ada.salesforce): Influencer", "\(bob.salesforce): "].sorted()
        )
    }
}
