import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Ties where something is not as it should be: refusals, leads, another configuration.
struct RelationTroubleTests {
    private static let sweeping: RuntimeSettings = {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        return settings
    }()

    @Test func `D07: roles that Salesforce alone has come over with a backfill`() async throws {
        let stage = try await Rehearsal.casting()
        let ada = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ada", "Email": "ada@acme.test"]
        )
        let boat = try stage.salesforceCreates(
            "Opportunity",
            ["Name": "Boat", "StageName": "Qualification", "CloseDate": "2026-12-01"]
        )
        try stage.casts(ada, in: boat, as: "Influencer")
        // What is there on both sides is matched; the role was there before either had a link.
        try stage.hubspotCreates(["email": "ada@acme.test", "lastname": "Ada"])
        try stage.hubspotCreates(
            "deals",
            [
                "dealname": "Boat", "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": "1796083200000",
            ]
        )
        stage.wait(seconds: 90_000)
        let mappings = try await Rehearsal.loaded(Rehearsal.roles, stage.world, stage.time).mappings
        let fresh = try await Rehearsal(
            world: stage.world,
            time: stage.time,
            mapping: mappings[0],
            others: Array(mappings.dropFirst())
        )
        for mapping in ["contacts", "deals"] {
            _ = try await fresh.runner.backfillAndPush(mapping)
        }
        for _ in 0..<2 { try await fresh.plays() }
        let deal = try #require(stage.hubspotRecords("deals").first)
        #expect([stage.hubspotRecords("deals").count, stage.contacts.count] == [1, 1])
        let person = try #require(stage.contacts.first)
        #expect(try stage.tiedContacts(deal.id) == ["\(person.id): Influencer"])
    }

    // MARK: - Leads

    @Test func `L02: a lead plays no role until it is converted`() async throws {
        let contacts = Rehearsal.roles
            .replacing(
                "salesforce: Contact\n",
                with: "salesforce: [Contact, Lead]\n    createAs: lead\n"
            )
            .replacing(
                "- {hubspot: lastname,",
                with: "- {hubspot: company, salesforce: {Lead: Company}, rule: preferSalesforce}\n"
                    + "      - {hubspot: lastname,"
            )
        let stage = try await Rehearsal.casting(contacts, settings: Self.sweeping)
        let person = try stage.hubspotCreates([
            "email": "ada@acme.test", "lastname": "Ada", "company": "Acme",
        ])
        let deal = try await stage.deal("Boat")
        let lead = try #require(stage.records("Lead").first).id
        try stage.ties(deal.hubspot, of: "deals", to: person, of: "contacts")
        for _ in 0..<3 {
            stage.wait(seconds: 90_000)
            try await stage.plays()
        }
        #expect(stage.cast(of: deal.salesforce).isEmpty)
        #expect(try await stage.findings().isEmpty)
        _ = try stage.world.with { state, now in
            try state.salesforce.convert(lead: lead, at: now)
        }
        for _ in 0..<3 { try await stage.plays() }
        let contact = try #require(stage.records("Contact").first).id
        #expect(stage.cast(of: deal.salesforce) == ["\(contact): "])
    }

    // MARK: - What a CRM refuses

    @Test(arguments: [true, false])
    func `a label that HubSpot has no more holds nobody up but those that need it`(
        refusesAll: Bool
    ) async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        stage.world.with { state, _ in
            state.hubspot.settings.unknownKindRefusesAll = refusesAll
        }
        var people: [(hubspot: String, salesforce: String)] = []
        for name in ["Ada", "Bob", "Cleo", "Dan", "Eve"] {
            people.append(try await stage.person(name))
        }
        let deal = try await stage.deal("Boat")
        let other = try await stage.deal("Ship")
        try stage.deletes(label: "Decider")
        for (place, person) in people.enumerated() {
            let role = place == 2 ? "Decision Maker" : "Influencer"
            try stage.casts(person.salesforce, in: deal.salesforce, as: role)
        }
        try stage.casts(people[0].salesforce, in: other.salesforce, as: "Influencer")
        let before = try await stage.ledger()
        for _ in 0..<3 { try await stage.plays() }
        let after = try await stage.ledger()
        let calls = Side.allCases.map { (after[$0] ?? 0) - (before[$0] ?? 0) }
        #expect(calls.allSatisfy { $0 <= 30 }, "\(calls)")
        let tied = try stage.tiedContacts(deal.hubspot)
        for (place, person) in people.enumerated() where place != 2 {
            #expect(tied.contains("\(person.hubspot): Influencer"))
        }
        #expect(try stage.tiedContacts(other.hubspot) == ["\(people[0].hubspot): Influencer"])
        let found = try #require(try await stage.findings().first)
        #expect(found.code == .relationRefused)
        #expect(found.details.contains(people[2].hubspot))
        // Nobody mended it: the issue stays, whatever else happens to the deal.
        try stage.hubspotEdits(deal.hubspot, of: "deals", ["dealname": "Yacht"])
        try await stage.plays()
        #expect(try await stage.findings().map(\.code) == [.relationRefused])
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(try await stage.findings().map(\.code) == [.relationRefused])
    }

    @Test func `a role that is refused leaves the others to be taken away`() async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        stage.world.with { state, _ in
            state.salesforce.validationRules = [
                MockSalesforceValidationRule(
                    object: "OpportunityContactRole",
                    field: "Role",
                    condition: .equals(.text("Decision Maker")),
                    message: "Not that."
                )
            ]
        }
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Influencer")
        try stage.labels(deal.hubspot, ada.hubspot, "Influencer")
        try stage.labels(deal.hubspot, ada.hubspot, "Decider")
        try await stage.plays()
        #expect(try await stage.findings().map(\.code) == [.relationRefused])
        try stage.unties(deal.hubspot, of: "deals", from: ada.hubspot, of: "contacts")
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.cast(of: deal.salesforce).isEmpty)
        #expect(try stage.tiedContacts(deal.hubspot).isEmpty)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `issues of two relations of one mapping stand beside each other`() async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let mappings = try await Rehearsal.loaded(Rehearsal.roles, stage.world, stage.time).mappings
        var deals = try #require(mappings.first { $0.name == "deals" })
        var other = deals.relations[0]
        other.name = "deals with others"
        deals.relations.append(other)
        try await stage.restart(with: mappings.map { $0.name == "deals" ? deals : $0 })
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
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
        let names = try await stage.findings().filter { $0.code == .relationRefused }
            .compactMap(\.details.first)
        #expect(names.sorted() == ["deals with contacts", "deals with others"])
        stage.world.with { state, _ in state.salesforce.validationRules = [] }
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a tie that is there again before it is taken away elsewhere stays as it is`()
        async throws
    {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let role = try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        try stage.unties(deal.hubspot, of: "deals", from: ada.hubspot, of: "contacts")
        try stage.hubspotEdits(deal.hubspot, of: "deals", ["dealname": "Ship"])
        let back = Locked(0)
        let world = stage.world
        stage.answers { request in
            // The ties are read, and now the records at both ends.
            guard request.url.contains("/contacts/batch/read"),
                !request.url.contains("associations"), back.withLock({ $0 }) == 0
            else { return nil }
            back.withLock { $0 += 1 }
            try? world.with { state, _ in
                try state.hubspot.tie(
                    deal.hubspot,
                    of: "deals",
                    to: ada.hubspot,
                    of: "contacts",
                    as: "Decider"
                )
            }
            return nil
        }
        for _ in 0..<3 { try await stage.plays() }
        #expect(back.withLock { $0 } == 1)
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        let roles = stage.records("OpportunityContactRole").filter { !$0.isDeleted }
        #expect(roles.map(\.id) == [role])
    }

    @Test func `a role that lands late is nobody's edit`() async throws {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        for _ in 0..<2 { try await stage.plays() }
        try stage.labels(deal.hubspot, ada.hubspot, "Decider", isMade: false)
        try stage.labels(deal.hubspot, ada.hubspot, "Influencer")
        let held = Locked<HTTPRequest?>(nil)
        stage.answers { request in
            let isWrite = String(decoding: request.body, as: UTF8.self).contains("Influencer")
            if isWrite, request.method != .get { held.withLock { $0 = $0 ?? request } }
            return nil
        }
        stage.world.with { state, _ in state.salesforce.faults.dropBeforeCommitEveryNthWrite = 1 }
        stage.wait(seconds: 90_000)
        try await stage.plays()
        stage.world.with { state, _ in state.salesforce.faults.dropBeforeCommitEveryNthWrite = nil }
        stage.answers(nil)
        let request = try #require(held.withLock { $0 })
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Decision Maker"])
        // People think better of it, and then it arrives.
        try stage.labels(deal.hubspot, ada.hubspot, "Influencer", isMade: false)
        try stage.arrives(request)
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): Influencer"])
        try await stage.restart()
        for _ in 0..<2 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.cast(of: deal.salesforce) == ["\(ada.salesforce): "])
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): "])
        #expect(try await stage.findings().isEmpty)
    }

    // MARK: - What is hidden

    @Test func `S22: a role that nobody shows any more is no role that was taken away`()
        async throws
    {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let role = try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        try stage.world.with { state, _ in try state.salesforce.setVisible(role, false) }
        for _ in 0..<2 {
            stage.wait(seconds: 90_000)
            try await stage.plays()
        }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
    }

    @Test func `S22: what is told of one role says nothing of another one that is hidden`()
        async throws
    {
        let stage = try await Rehearsal.casting()
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        let bob = try await stage.person("Bob")
        let role = try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        for _ in 0..<2 { try await stage.plays() }
        try stage.world.with { state, _ in try state.salesforce.setVisible(role, false) }
        let other = try stage.casts(bob.salesforce, in: deal.salesforce)
        for _ in 0..<2 { try await stage.plays() }
        let both = ["\(ada.hubspot): Decider", "\(bob.hubspot): "].sorted()
        #expect(try stage.tiedContacts(deal.hubspot) == both)
        try stage.uncasts(other)
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
    }

    // MARK: - Another configuration

    @Test func `D07: ties of another object in between are not taken for ties that went`()
        async throws
    {
        let stage = try await Rehearsal.casting(settings: Self.sweeping)
        let (ada, deal) = (try await stage.person("Ada"), try await stage.deal("Boat"))
        try stage.casts(ada.salesforce, in: deal.salesforce, as: "Decision Maker")
        try await stage.plays()
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        // Another field tells the roles from now on: nobody has filled it in yet.
        let mappings = try await Rehearsal.loaded(Rehearsal.roles, stage.world, stage.time).mappings
        var deals = try #require(mappings.first { $0.name == "deals" })
        let index = try #require(deals.relations[0].roleIndex)
        deals.relations[0].junction.salesforce[0].fields[index]?.name = "Part__c"
        deals.relations[0].roleIndex = index
        stage.world.with { state, now in
            state.salesforce.addField(
                MockSalesforceCustomField(
                    object: "OpportunityContactRole",
                    name: "Part__c",
                    label: "Part"
                ),
                at: now
            )
        }
        try await stage.restart(with: mappings.map { $0.name == "deals" ? deals : $0 })
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        #expect(try stage.tiedContacts(deal.hubspot) == ["\(ada.hubspot): Decider"])
        let role = try #require(stage.records("OpportunityContactRole").first)
        #expect(role["Part__c"].text == "Decision Maker")
    }
}
