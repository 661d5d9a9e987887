import DuetCLI
import SyncCore
import Testing

/// `duet mapping check`: what does not fit, and what is valid and may surprise.
struct MappingTrapTests {
    private static func configuration(_ contacts: String) throws -> Configuration {
        let text = """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
              - hubspot: contacts
                salesforce: [Contact, Lead]
            \(contacts)
                fields:
                  - {hubspot: email, salesforce: Email, rule: twoWay}
                  - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - hubspot: companies
                fields:
                  - {hubspot: name, salesforce: Name, rule: twoWay}
            """
        return try ConfigurationReader.read(text, path: "duet.yaml")
    }

    @Test(
        arguments: [
            ("    createAs: contact", []), ("    createAs: lead", [.leadsBesideAccounts]),
            ("    keys: none", [.withoutKeys]), ("    keys: none\n    creates: none", []),
            ("    keys: {salesforce: HubSpot_EU_Record_ID__c}", [.otherPortalsPeople]),
            ("    keys: {salesforce: HubSpot_EU_Record_ID__c}\n    creates: salesforce", []),
            (
                "    keys: {hubspot: none}\n    createAs: lead",
                [.leadsBesideAccounts, .withoutKeys]
            ),
        ] as [(String, [MappingTrap.Code])]
    )
    func `G30: each trap has a code and a place`(
        contacts: String,
        codes: [MappingTrap.Code]
    ) throws {
        let traps = MappingTrap.found(in: try Self.configuration(contacts))
        #expect(traps.map(\.code) == codes)
        for trap in traps {
            #expect(trap.place.line == 6)
            #expect(trap.text(in: "duet.yaml").hasPrefix("duet.yaml:6:"))
            #expect(trap.message.hasSuffix("."))
        }
    }

    @Test func `a problem stands with its line and column, as text and as data`() throws {
        let configuration = try Self.configuration("    createAs: lead")
        let problem = ConfigurationProblem(
            Configuration.Place(line: 9, column: 19),
            "HubSpot has no property `emial`.",
            suggestion: "Did you mean `email`?"
        )
        let verdict = MappingVerdict(configuration, problems: [problem], notices: ["A notice."])
        #expect(
            verdict.text.contains(
                "✗ duet.yaml:9:19: HubSpot has no property `emial`. Did you mean `email`?"
            )
        )
        #expect(verdict.text.contains("! duet.yaml:6:"))
        #expect(
            verdict.text.hasSuffix(
                "1 of 3 rows of 2 mappings do not fit: mend what stands behind ✗."
            )
        )
        #expect(verdict.json.contains(#""fits":false"#))
        #expect(verdict.json.contains(#""line":9,"column":19"#))
        #expect(verdict.json.contains(#""code":"leads-beside-accounts""#))
        let calm = MappingVerdict(try Self.configuration("    createAs: contact"))
        #expect(calm.text == "3 rows of 2 mappings fit both accounts. Next: duet plan")
        #expect(calm.json.contains(#""fits":true"#))
    }
}
