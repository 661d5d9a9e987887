import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Records tell how they stand: in sync, waiting, error or not included, and where their counterpart is.
struct StatusTests {
    private static func mapping(_ plain: ObjectMapping = Rehearsal.mapping()) -> ObjectMapping {
        var mapping = plain
        mapping.status = Rehearsal.statuses
        return mapping
    }

    private static func sync(_ stage: Rehearsal, _ passes: Int = 2) async throws {
        for _ in 0..<passes {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        stage.wait()
    }

    /// A linked person.
    private static func pair(
        in stage: Rehearsal,
        _ more: KeyValuePairs<String, String> = [:]
    ) async throws -> (contact: String, person: String) {
        let contact = try stage.hubspotCreates(["email": "ann@x.test", "lastname": "Ann"])
        if !more.isEmpty { try stage.hubspotEdits(contact, more) }
        try await Self.sync(stage)
        guard let person = stage.records("Contact").first?.id else { throw Missing() }
        return (contact, person)
    }

    private struct Missing: Error {}

    @Test(arguments: Side.allCases)
    func `a new pair tells that it is in sync, and costs no call more`(side: Side) async throws {
        var billed: [[Side: Int]] = []
        for mapping in [Rehearsal.mapping(), Self.mapping()] {
            let stage = try await Rehearsal.told(mapping)
            switch side {
            case .hubspot: try stage.hubspotCreates(["email": "ann@x.test", "lastname": "Ann"])
            case .salesforce:
                try stage.salesforceCreates("Contact", ["LastName": "Ann", "Email": "ann@x.test"])
            }
            try await Self.sync(stage)
            billed.append(stage.billed)
            guard mapping.status != nil else { continue }
            let contact = try #require(stage.contacts.first?.id)
            let person = try #require(stage.records("Contact").first?.id)
            #expect(stage.tells(contact, person) == ["In sync", "In sync"])
            #expect(stage.hubspot(contact, "duet_record") == "https://org.test/\(person)")
            #expect(
                stage.salesforce(person, "Duet_Record__c")
                    == "https://org.test/contacts/4711/record/0-1/\(contact)"
            )
        }
        #expect(billed[0] == billed[1])
    }

    @Test func `what a CRM refuses is told on both records, until it goes over`() async throws {
        let stage = try await Rehearsal.told(Self.mapping())
        let (contact, person) = try await Self.pair(in: stage)
        stage.world.with { state, _ in
            state.salesforce.validationRules = [
                MockSalesforceValidationRule(
                    object: "Contact",
                    field: "Title",
                    condition: .equals(.text("Duke")),
                    message: "No dukes.",
                    errorField: "Title"
                )
            ]
        }
        try stage.hubspotEdits(contact, ["jobtitle": "Duke"])
        try await Self.sync(stage)
        #expect(stage.tells(contact, person) == ["Error", "Error"])
        #expect(try await stage.findings().map(\.code) == [.recordRejected])
        let billed = stage.billed
        try await Self.sync(stage, 1)
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 1 })
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 1 })
        try stage.hubspotEdits(contact, ["jobtitle": "Count"])
        try await Self.sync(stage)
        #expect(stage.salesforce(person, "Title") == "Count")
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: Side.allCases)
    func `who is left out tells so, and nothing else of the record changes`(
        side: Side
    ) async throws {
        let stage = try await Rehearsal.told(
            Self.mapping(Rehearsal.including(hubspot: .oneOf(["customer"]), salesforce: nil))
        )
        let (contact, person) = try await Self.pair(in: stage, ["lifecyclestage": "customer"])
        try stage.hubspotEdits(contact, ["lifecyclestage": "other"])
        try await Self.sync(stage)
        #expect(stage.tells(contact, person) == ["Not included", "Not included"])
        // Its values stay its own, whoever looks at the new versions.
        switch side {
        case .hubspot: try stage.hubspotEdits(contact, ["jobtitle": "Countess"])
        case .salesforce: try stage.salesforceEdits(person, ["Title": "Countess"])
        }
        try await Self.sync(stage)
        #expect(stage.hubspot(contact, "jobtitle") != stage.salesforce(person, "Title"))
        #expect(stage.tells(contact, person) == ["Not included", "Not included"])
        try stage.hubspotEdits(contact, ["lifecyclestage": "customer"])
        try await Self.sync(stage)
        #expect(stage.hubspot(contact, "jobtitle") == "Countess")
        #expect(stage.salesforce(person, "Title") == "Countess")
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
    }

    @Test func `who names a company without a counterpart tells that it waits`() async throws {
        let stage = try await Rehearsal.told(
            Self.mapping(Rehearsal.referring(Rehearsal.mapping(), by: "associatedcompanyid")),
            others: [Rehearsal.companies()]
        )
        let (contact, person) = try await Self.pair(in: stage)
        // Salesforce demands a name.
        let nameless = try stage.hubspotCreates("companies", ["domain": "bolt.test"])
        try stage.ties(contact, to: nameless)
        try stage.hubspotEdits(contact, ["jobtitle": "Countess"])
        try await Self.sync(stage)
        #expect(try await stage.store.waitingCount() == 1)
        #expect(stage.tells(contact, person) == ["Waiting", "Waiting"])
        try stage.hubspotEdits(nameless, of: "companies", ["name": "Bolt"])
        try await Self.sync(stage, 3)
        #expect(stage.salesforce(person, "AccountId") == stage.records("Account").first?.id)
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
    }

    @Test func `pairs from before are told once, and again where the fields are other ones`()
        async throws
    {
        let stage = try await Rehearsal.told(Rehearsal.mapping())
        let (contact, person) = try await Self.pair(in: stage)
        #expect(stage.tells(contact, person) == ["", ""])
        try await stage.restart(with: [Self.mapping()])
        try await Self.sync(stage)
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
        let billed = stage.billed
        try await Self.sync(stage, 1)
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 1 })
        var other = Rehearsal.mapping()
        other.status = StatusFields(hubspot: .init(status: "duet_record"))
        try await stage.restart(with: [other])
        try await Self.sync(stage)
        #expect(stage.hubspot(contact, "duet_record") == "In sync")
        #expect(stage.salesforce(person, "Duet_Record__c").hasPrefix("https"))
    }

    @Test func `a status that a record refuses is asked for once`() async throws {
        let stage = try await Rehearsal.told(
            Self.mapping(Rehearsal.including(hubspot: .oneOf(["customer"]), salesforce: nil))
        )
        let (contact, person) = try await Self.pair(in: stage, ["lifecyclestage": "customer"])
        stage.world.with { state, _ in
            state.salesforce.validationRules = [
                MockSalesforceValidationRule(
                    object: "Contact",
                    field: "Duet_Status__c",
                    condition: .equals(.text("Not included")),
                    message: "Say yes."
                )
            ]
        }
        try stage.hubspotEdits(contact, ["lifecyclestage": "other"])
        try await Self.sync(stage)
        #expect(stage.tells(contact, person) == ["Not included", "In sync"])
        #expect(try await stage.openEntries() == 0)
        let billed = stage.billed
        try await Self.sync(stage, 1)
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 1 })
        try stage.hubspotEdits(contact, ["lifecyclestage": "customer", "jobtitle": "Countess"])
        try await Self.sync(stage)
        #expect(stage.salesforce(person, "Title") == "Countess")
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
    }

    /// Found by the simulator (`objects` 12).
    ///
    /// `requests`: after how many the process dies.
    @Test(arguments: 3...14)
    func `a status whose reply is lost is told anew, where its pair goes on meanwhile`(
        requests: Int
    ) async throws {
        let stage = try await Rehearsal.told(
            Self.mapping(Rehearsal.including(hubspot: .oneOf(["customer"]), salesforce: nil))
        )
        let (contact, person) = try await Self.pair(in: stage, ["lifecyclestage": "customer"])
        try stage.hubspotEdits(contact, ["lifecyclestage": "other"])
        stage.wait()
        stage.kill(after: requests, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        try stage.hubspotEdits(contact, ["lifecyclestage": "customer", "jobtitle": "Countess"])
        stage.wait(seconds: 700)
        try await Self.sync(stage)
        #expect(stage.salesforce(person, "Title") == "Countess")
        #expect(stage.tells(contact, person) == ["In sync", "In sync"])
    }

    /// `requests`: after how many the process dies.
    @Test(arguments: 1...6, [false, true])
    func `whenever the process dies, records end up telling the truth`(
        requests: Int,
        losesReply: Bool
    ) async throws {
        let stage = try await Rehearsal.told(
            Self.mapping(Rehearsal.including(hubspot: .oneOf(["customer"]), salesforce: nil))
        )
        let (contact, person) = try await Self.pair(in: stage, ["lifecyclestage": "customer"])
        try stage.hubspotEdits(contact, ["lifecyclestage": "other"])
        stage.wait()
        stage.kill(after: requests, losesReply: losesReply)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        stage.wait(seconds: 600)
        try await Self.sync(stage)
        #expect(stage.tells(contact, person) == ["Not included", "Not included"])
        #expect(try await stage.openEntries() == 0)
    }
}
