import DuetCLI
import Foundation
import SwiftCSV
import SyncCore
import Testing

/// `duet mapping export` and `diff`: what is mapped, for people who do not read the file.
struct MappingDictionaryTests {
    private static let text = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            salesforce: [Contact, Lead]
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay, default: [$emailLocalPart, "A <b> & \\"c\\", d"]}
              - {hubspot: city, salesforce: {Contact: MailingCity, Lead: City}}
              - {hubspot: hs_lead_status, salesforce: {Lead: Status}, rule: alwaysHubSpot, values: {NEW: Open, OPEN: Working}}
          - hubspot: companies
            fields:
              - {hubspot: name, salesforce: Name, rule: twoWay}
        """

    private static func configuration(_ text: String = Self.text) throws -> Configuration {
        try ConfigurationReader.read(text, path: "duet.yaml")
    }

    @Test func `every field of every object has a row`() throws {
        let rows = MappingDictionary(try Self.configuration()).rows
        #expect(
            rows.map { "\($0.property) \($0.salesforceObject).\($0.field)" } == [
                "email Contact.Email", "email Lead.Email", "lastname Contact.LastName",
                "lastname Lead.LastName", "city Contact.MailingCity", "city Lead.City",
                "hs_lead_status Lead.Status", "name Account.Name",
            ]
        )
    }

    @Test func `the table is one that a spreadsheet reads`() throws {
        let dictionary = MappingDictionary(try Self.configuration())
        let read = try CSV<Named>(string: dictionary.csv)
        #expect(read.rows.count == dictionary.rows.count)
        #expect(read.rows[2]["Default"] == #"the address before @, else A <b> & "c", d"#)
        #expect(read.rows[6]["Values"] == "NEW → Open; OPEN → Working")
        #expect(read.rows[6]["Sync type"] == "Always use HubSpot")
    }

    @Test func `the page needs nothing else, and what stands in the file is text in it`() throws {
        let page = MappingDictionary(try Self.configuration()).html(title: "A <title>")
        #expect(page.contains("<h1>A &lt;title&gt;</h1>"))
        #expect(page.contains("A &lt;b&gt; &amp; &quot;c&quot;, d"))
        #expect(!page.contains("<b>"))
        #expect(!page.contains("http"))
        for tag in ["table", "tr", "td", "code", "h2"] {
            let opened = page.components(separatedBy: "<\(tag)>").count
            #expect(opened == page.components(separatedBy: "</\(tag)>").count, "\(tag)")
            #expect(opened > 2, "\(tag)")
        }
    }

    @Test(arguments: [
        (
            "salesforce: [Contact, Lead]\n", "salesforce: [Contact, Lead]\n    createAs: lead\n",
            "createAs: Contact → Lead"
        ),
        (
            "salesforce: [Contact, Lead]\n",
            "salesforce: [Contact, Lead]\n    creates: salesforce\n", "creates: both → salesforce"
        ),
        (
            "salesforce: [Contact, Lead]\n", "salesforce: [Contact, Lead]\n    keys: none\n",
            "keys: salesforce: HubSpot_Record_ID__c → none"
        ),
        (
            "salesforce: [Contact, Lead]\n",
            "salesforce: [Contact, Lead]\n    include: {segment: VIPs}\n",
            "include: segment: none → VIPs"
        ),
        (
            "salesforce: [Contact, Lead]\n",
            "salesforce: [Contact, Lead]\n    deletes: {fromHubSpot: delete}\n", "deletes"
        ),
        (
            "salesforce: [Contact, Lead]\n", "salesforce: [Contact, Lead]\n    firstSync: newest\n",
            "firstSync: report → newest"
        ),
    ])
    func `settings of an object that differ are told`(
        old: String,
        new: String,
        line: String
    ) throws {
        let other = try Self.configuration(Self.text.replacing(old, with: new))
        let diff = MappingDiff(try Self.configuration(), other)
        #expect(diff.lines.first == "contacts")
        #expect(diff.lines.contains("  ~ \(line)"), "\(diff.lines)")
        #expect(diff.json.contains(#""same":false"#))
    }

    @Test func `the same file twice is told as the same, as data too`() throws {
        let diff = MappingDiff(try Self.configuration(), try Self.configuration())
        #expect(diff.json.contains(#""same":true"#))
        #expect(diff.json.contains(#""lines":[]"#))
    }

    @Test func `ties that one file has alone are told`() throws {
        let deals = """
            \(Self.text)
              - hubspot: deals
                fields:
                  - {hubspot: dealname, salesforce: Name, rule: twoWay}
            """
        let tied = deals.replacing(
            "  - hubspot: deals\n",
            with:
                "  - hubspot: deals\n    relations: [{with: contacts, through: OpportunityContactRole}]\n"
        )
        let diff = MappingDiff(try Self.configuration(deals), try Self.configuration(tied))
        #expect(diff.lines == ["deals", "  ~ relations"])
    }
}
