import CRMInterface
import DuetCLI
import SyncCore
import Testing

/// How `include` is written, and what is wrong with it.
struct IncludeConfigurationTests {
    private static func text(_ include: String) -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            include: \(include)
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
        """
    }

    private static func contacts(_ include: String) async throws -> ObjectMapping {
        let read = try ConfigurationReader.read(Self.text(include), path: "duet.yaml")
        let accounts = try await MockAccounts.described()
        let compiled = try MappingCompiler.compile(
            read,
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        )
        return try #require(compiled.first)
    }

    @Test func `S40: all records are included unless the file says otherwise`() async throws {
        #expect(try await Self.contacts("all").inclusion == .all)
    }

    @Test func `G11: conditions of both CRMs are read, and what they ask for is read with records`()
        async throws
    {
        let mapping = try await Self.contacts(
            """
            {hubspot: [{lifecyclestage: [lead, customer], jobtitle: any}, \
            {email: {contains: "@acme.com"}}], \
            salesforce: {LeadSource: {not: Web}, CreatedDate: {above: "2026-01-01T00:00:00Z"}}}
            """
        )
        #expect(
            mapping.fields.map(\.hubspot) == [
                "email", "lastname", "lifecyclestage", "jobtitle", "", "",
            ]
        )
        #expect(
            mapping.fields.suffix(2).map(\.salesforce) == ["LeadSource", "CreatedDate"]
        )
        #expect(mapping.fields.suffix(4).allSatisfy { $0.rule == .dontSync })
        #expect(mapping.hubspot.fields[4] == nil && mapping.salesforce[1].fields[4] != nil)
        #expect(
            mapping.inclusion.hubspot == [
                [
                    .init(index: 2, test: .oneOf(["lead", "customer"])),
                    .init(index: 3, test: .isSet),
                ],
                [.init(index: 0, test: .contains("@acme.com"))],
            ]
        )
        #expect(
            mapping.inclusion.salesforce == [
                [
                    .init(index: 4, test: .noneOf(["Web"])),
                    .init(index: 5, test: .above(.number(1_767_225_600_000))),
                ]
            ]
        )
        // Another field that is looked at changes what the stored bases mean.
        #expect(mapping.revision != (try await Self.contacts("all").revision))
    }

    @Test(arguments: [
        ("everything", "to be a list of `name: value` lines"),
        ("{hubspot: {email: {is: x}}}", "Known here: `above`, `below`, `contains`, `not`."),
        ("{hubspot: [email]}", "`include` lists what fields must be."),
        ("{hubspot: []}", "`include` names no condition."),
        ("{hubspot: {lifecyclestage: {}}}", "`lifecyclestage` names nothing"),
        ("{hubspot: {lifecyclestage: []}}", "names nothing that a value must be."),
        ("{hubspot: {lifecyclestage: {not: []}}}", "names nothing that a value must be."),
        ("{}", "`include` says nothing."),
        ("{portal: {email: any}}", "Unknown name `portal` in `include`."),
    ])
    func `a mistake is told with what to write`(include: String, says: String) {
        let error = #expect(throws: ConfigurationProblems.self) {
            try ConfigurationReader.read(Self.text(include), path: "duet.yaml")
        }
        let said = error?.problems.map { $0.text(in: "duet.yaml") }.joined() ?? ""
        #expect(said.contains(says), "\(said)")
    }

    @Test(arguments: [
        ("{hubspot: {lifecyclestage: client}}", "asks for `client`"),
        ("{hubspot: {lifecyclstage: any}}", "asks for `lifecyclstage`"),
        ("{salesforce: {AssistantName: any}}", "Salesforce Contact and Lead does not have"),
        ("{hubspot: {lastname: {above: x}}}", "neither a number nor a date"),
    ])
    func `what a CRM does not have is told before anything is synced`(
        include: String,
        says: String
    ) async throws {
        let accounts = try await MockAccounts.described()
        let read = try ConfigurationReader.read(Self.text(include), path: "duet.yaml")
        let said = accounts.problems(read)
        #expect(said.count == 1)
        #expect(said.first?.contains(says) == true, "\(said)")
    }
}
