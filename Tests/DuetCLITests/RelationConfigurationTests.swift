import DuetCLI
import MockSalesforce
import SyncCore
import SyncRuntime
import Testing

/// `relations`: what a file says of ties that are records of their own in Salesforce.
struct RelationConfigurationTests {
    private static func text(_ relations: String, contacts: String = "contacts") -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: \(contacts)
            fields:
              - {hubspot: \(contacts == "contacts" ? "lastname, salesforce: LastName" : "name, salesforce: Name"), rule: twoWay}
          - hubspot: deals
            relations:
        \(relations.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
        """
    }

    private static let kinds = [
        TieKind(id: 3, isOwn: true, label: nil), TieKind(id: 11, isOwn: false, label: "Decider"),
    ]

    private static func compiled(_ text: String) async throws -> [ObjectMapping] {
        let accounts = try await MockAccounts.described(junctions: ["OpportunityContactRole"])
        return try MappingCompiler.compile(
            try ConfigurationReader.read(text, path: "duet.yaml"),
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce,
            ties: [.init(from: "deals", to: "contacts"): Self.kinds]
        )
    }

    @Test func `contact roles are found by the object in between`() async throws {
        let relation = """
            - with: contacts
              through: OpportunityContactRole
              labels: {decider: Decision Maker}
            """
        let deals = try #require(
            try await Self.compiled(Self.text(relation)).first { $0.name == "deals" }
        )
        let compiled = try #require(deals.relations.first)
        #expect(compiled.name == "deals with contacts")
        #expect(compiled.plain.id == 3)
        #expect(compiled.labels == [.init(kind: Self.kinds[1], role: "Decision Maker")])
        #expect(
            compiled.object.fields.map { $0?.name } == ["OpportunityId", "ContactId", "Role"]
        )
        #expect(compiled.roleIndex == 2)
    }

    @Test func `without labels no role is read`() async throws {
        let relation = "- {with: contacts, through: OpportunityContactRole}"
        let deals = try #require(
            try await Self.compiled(Self.text(relation)).first { $0.name == "deals" }
        )
        #expect(deals.relations.first?.object.fields.count == 2)
        #expect(deals.relations.first?.roleIndex == nil)
    }

    @Test(arguments: [
        ("- {with: contact, through: OpportunityContactRole}", "names records that are not mapped"),
        ("- {with: contacts, through: OpportunityRole}", "does not show OpportunityRole"),
        ("- {with: contacts, through: Contact}", "are synced twice"),
        (
            "- {with: contacts, through: OpportunityContactRole, labels: {Decidr: Decision Maker}}",
            "no label `Decidr`"
        ),
        (
            "- {with: contacts, through: OpportunityContactRole, labels: {Decider: Decision Makr}}",
            "no value `Decision Makr`"
        ),
        (
            "- {with: contacts, through: OpportunityContactRole, role: Rolle, labels: {Decider: Evaluator}}",
            "no field `Rolle`"
        ),
        (
            """
            - {with: contacts, through: OpportunityContactRole}
            - {with: contacts, through: OpportunityContactRole}
            """, "are synced twice"
        ),
        ("- {with: contacts}", "`through` is missing"),
    ])
    func `what does not fit is told before anything is synced`(
        relation: String,
        says: String
    ) async throws {
        do {
            _ = try await Self.compiled(Self.text(relation))
            Issue.record("nothing was said")
        } catch let problems as ConfigurationProblems {
            #expect(problems.problems.contains { $0.message.contains(says) }, "\(problems)")
        }
    }
}
