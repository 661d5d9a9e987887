import CRMInterface
import DuetCLI
import SyncCore
import Testing

/// How `createAs` and `order` are written, and what is wrong with them.
struct CreateAsConfigurationTests {
    private static func text(_ createAs: String, fields: String = "") -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: companies
            fields:
              - {hubspot: name, salesforce: Name, rule: twoWay}
          - hubspot: contacts
            createAs: \(createAs)
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: associatedcompanyid, salesforce: AccountId, rule: twoWay}
        \(fields)
        """
    }

    private static let rules =
        "[{contact: {lifecyclestage: [opportunity, customer]}}, "
        + "{Contact: {associatedcompanyid: synced, jobtitle: any}}, lead]"

    private static func problems(_ text: String) -> [String] {
        do {
            _ = try ConfigurationReader.read(text, path: "duet.yaml")
            return []
        } catch {
            return error.problems.map { $0.text(in: "duet.yaml") }
        }
    }

    @Test func `S04: rules are read in order and end with what all others become`() async throws {
        let read = try ConfigurationReader.read(Self.text(Self.rules), path: "duet.yaml")
        #expect(read.mappings[1].createAs == "Lead")
        #expect(read.mappings[1].createRules.map(\.object) == ["Contact", "Contact"])
        let accounts = try await MockAccounts.described()
        let compiled = try MappingCompiler.compile(
            read,
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        )
        let contacts = try #require(compiled.first { $0.name == "contacts" })
        // Properties that only rules look at are read and never written.
        #expect(contacts.fields.map(\.hubspot).suffix(2) == ["lifecyclestage", "jobtitle"])
        #expect(contacts.fields.suffix(2).allSatisfy { $0.rule == .dontSync })
        #expect(contacts.salesforce.allSatisfy { $0.fields.count == 4 && $0.fields[3] == nil })
        #expect(
            contacts.createRules.flatMap(\.conditions) == [
                .oneOf(index: 2, values: ["opportunity", "customer"]), .isSynced(index: 1),
                .isSet(index: 3),
            ]
        )
        let plain = try ConfigurationReader.read(Self.text("lead"), path: "duet.yaml")
        #expect(plain.mappings[1].createAs == "Lead" && plain.mappings[1].createRules.isEmpty)
    }

    @Test(arguments: [
        ("customer", ["duet.yaml:10:", "is not one of the mapping's", "`lead`"]),
        ("[{contact: {lifecyclestage: customer}}]", ["must end with what all others become"]),
        ("[contact, lead]", ["names an object and what must hold", "the plain name comes last"]),
        ("[{company: {jobtitle: any}}, lead]", ["`createAs: company` is not one of"]),
    ])
    func `a mistake in the rules is told with what to write`(createAs: String, says: [String]) {
        let said = Self.problems(Self.text(createAs)).joined(separator: "\n")
        for part in says { #expect(said.contains(part), "\(said)") }
    }

    @Test(arguments: [
        ("[{contact: {lifecyclestage: [client]}}, lead]", "asks for `client`"),
        ("[{contact: {lifecyclstage: any}}, lead]", "names `lifecyclstage`"),
        ("[{contact: {jobtitle: synced}}, lead]", "`jobtitle: synced` asks for a record"),
    ])
    func `what HubSpot does not have is told before anything is synced`(
        createAs: String,
        says: String
    ) async throws {
        let accounts = try await MockAccounts.described()
        let read = try ConfigurationReader.read(Self.text(createAs), path: "duet.yaml")
        let said = accounts.problems(read)
        #expect(said.count == 1)
        #expect(said.first?.contains(says) == true, "\(said)")
    }

    private static func stage(_ order: String) -> String {
        Self.text(
            "lead",
            fields:
                "      - {hubspot: lifecyclestage, salesforce: Description, rule: twoWay\(order)}"
        )
    }

    @Test
    func `L04: a lifecycle stage has the vendor's order unless the file names another or none`()
        async throws
    {
        func order(_ text: String) throws -> ValueOrder? {
            try ConfigurationReader.read(text, path: "duet.yaml").mappings[1].fields[2].order
        }
        #expect(try order(Self.stage("")) == .lifecycle)
        #expect(try order(Self.stage(", order: none")) == nil)
        let own = Self.stage(", order: [lead, customer]")
        #expect(try order(own) == ValueOrder(["lead", "customer"]))
        #expect(
            Self.problems(Self.stage(", order: lead")).joined().contains("first to last")
        )
        #expect(
            Self.problems(Self.stage(", order: [lead, lead]")).joined().contains("stands twice")
        )
        let accounts = try await MockAccounts.described()
        for text in [Self.stage(""), own] {
            let read = try ConfigurationReader.read(text, path: "duet.yaml")
            #expect(accounts.problems(read).isEmpty)
        }
        let wrong = try ConfigurationReader.read(
            Self.stage(", order: [lead, client]"),
            path: "duet.yaml"
        )
        #expect(accounts.problems(wrong).first?.contains("`order` names `client`") == true)
    }
}
