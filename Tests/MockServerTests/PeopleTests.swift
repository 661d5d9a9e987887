import Foundation
import MockHubSpot
import MockSalesforce
import MockServer
import SimulationKit
import Testing

/// Where the mocks' people come from: invented from a seed, or read from somebody's export.
struct PeopleTests {
    private static func world() -> MockWorld {
        MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: ManualTime())
    }

    private static func generated(_ seed: UInt64) -> (emails: [String], people: [String]) {
        let world = Self.world()
        var generator = Generator(size: PortalSize(contacts: 400), seed: seed)
        world.with { state, now in generator.fill(&state, now: now) }
        return world.with { state, _ in
            (
                state.hubspot.export(object: "contacts").compactMap { $0["email"] },
                (state.salesforce.export(object: "Contact")
                    + state.salesforce.export(object: "Lead")).map { $0["Email"].text ?? "" }
            )
        }
    }

    @Test func `the same seed invents the same untidy people, another seed others`() {
        let first = Self.generated(7)
        let again = Self.generated(7)
        #expect(first.emails == again.emails)
        #expect(first.people == again.people)
        #expect(first.emails != Self.generated(8).emails)
        let mine = Set(first.emails.map { $0.lowercased() })
        let theirs = first.people.map { $0.lowercased() }.filter { !$0.isEmpty }
        #expect(mine.intersection(theirs).count > 100, "some are on both sides")
        #expect(Set(theirs).count < theirs.count, "some stand twice in Salesforce")
        #expect(first.people.contains(""), "some have no e-mail address")
    }

    private final class Folder {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-import-\(ProcessInfo.processInfo.globallyUniqueString)")

        init(_ files: [String: String]) throws {
            for (name, text) in files {
                let file = self.url.appendingPathComponent(name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(at: self.url) }
    }

    private static func imported(_ files: [String: String]) throws -> MockWorld {
        let folder = try Folder(files)
        let rows = try ImportFolder.read(folder.url.path)
        let world = Self.world()
        _ = try world.with { state, now in try ImportRun.apply(rows, to: &state, now: now) }
        return world
    }

    @Test func `exports with API names are read as they are`() throws {
        let world = try Self.imported([
            "hubspot/contacts.csv":
                "email,lastname,jobtitle\r\nada@x.test,\"Lovelace, Countess\",\"a\nb\"\r\n",
            "salesforce/Contact.csv": "Email,LastName\nben@x.test,O'Brien\n",
        ])
        world.with { state, _ in
            let contact = state.hubspot.export(object: "contacts").first
            #expect(contact?["lastname"] == "Lovelace, Countess")
            #expect(contact?["jobtitle"] == "a\nb")
            let person = state.salesforce.export(object: "Contact").first
            #expect(person?["LastName"].text == "O'Brien")
        }
    }

    @Test func `foreign columns are mapped, composed and made constant`() throws {
        let world = try Self.imported([
            "import.yaml": """
            files:
              - file: people.csv
                side: salesforce
                object: Contact
                columns: {LastName: agent, Description: "Office {office}", Title: Seller}
            """,
            "people.csv": "agent,office\nAnna Snelling,East\n",
        ])
        world.with { state, _ in
            let person = state.salesforce.export(object: "Contact").first
            #expect(person?["LastName"].text == "Anna Snelling")
            #expect(person?["Description"].text == "Office East")
            #expect(person?["Title"].text == "Seller")
        }
    }

    @Test(arguments: [
        (["hubspot/contacts.csv": "email,shoe_size\na@x.test,42\n"], "contacts.csv:2"),
        (["salesforce/Contact.csv": "Nope\na@x.test\n"], "Contact.csv:2"),
        (["import.yaml": "files: nonsense"], "import.yaml"),
        (["import.yaml": "files:\n  - file: x.csv"], "each file needs"),
    ])
    func `what cannot be imported is named by file and line`(
        files: [String: String],
        place: String
    ) {
        #expect {
            _ = try Self.imported(files)
        } throws: { error in
            "\(error)".contains(place)
        }
    }

    @Test func `an export of HubSpot's own is read by its labels, with who belongs to whom`() throws
    {
        let world = try Self.imported([
            "hubspot/companies.csv":
                "Record ID,Company name,Create date\n900,Acme,2026-01-01\n901,Tides,2026-01-02\n",
            "hubspot/contacts.csv":
                "Record ID,First Name,Email,Associated Company IDs\n"
                + "77,Ada,ada@x.test,900;901\n78,Ben,ben@x.test,555\n",
        ])
        world.with { state, _ in
            let people = state.hubspot.export(object: "contacts")
            #expect(people.map { $0["firstname"] } == ["Ada", "Ben"])
            let ada = people.first?.id ?? ""
            #expect(state.hubspot.tieCount(ada, of: "contacts", to: "companies") == 2)
            let ben = people.last?.id ?? ""
            #expect(state.hubspot.tieCount(ben, of: "contacts", to: "companies") == 0)
        }
    }

    @Test func `what an import left out is told`() throws {
        let folder = try Folder([
            "hubspot/contacts.csv":
                "Record ID,Email,Create date,Associated Company IDs\n78,ben@x.test,2026-01-01,555\n"
        ])
        let rows = try ImportFolder.read(folder.url.path)
        let report = try Self.world().with { state, now in
            try ImportRun.apply(rows, to: &state, now: now)
        }
        #expect(
            report.lines == [
                "1 records imported, 0 ties between them.",
                "1 ties name no record that is there, and were left out.",
                "hubspot/contacts.csv: Create date left out: the CRM sets them itself.",
            ]
        )
    }

    @Test func `ids of an org's export stay, and no new record takes one`() throws {
        let world = try Self.imported([
            "salesforce/Account.csv": "Id,Name\n001000000000001AAA,Acme\n",
            "salesforce/Contact.csv":
                "Id,LastName,AccountId\n003000000000007,Ada,001000000000001AAA\n",
        ])
        try world.with { state, now in
            let ada = state.salesforce.export(object: "Contact").first
            #expect(ada?["AccountId"].text == "001000000000001AAA")
            let made = try state.salesforce.create(
                object: "Account",
                fields: [.init("Name", .text("New"))],
                at: now
            )
            #expect(made != "001000000000001AAA")
        }
        #expect {
            _ = try Self.imported([
                "salesforce/Account.csv":
                    "Id,Name\n001000000000001AAA,Acme\n001000000000001AAA,Twin\n"
            ])
        } throws: { "\($0)".contains("Account.csv:3") }
    }

    @Test func `values, dates and ties of foreign files become the CRM's`() throws {
        let world = try Self.imported([
            "import.yaml": """
            files:
              - file: firms.csv
                side: hubspot
                object: companies
                columns: {name: firm}
              - file: firms.csv
                side: salesforce
                object: Account
                columns: {Name: firm}
                ties: [{field: ParentId, to: Account, by: Name, column: parent}]
              - file: sales.csv
                side: hubspot
                object: deals
                columns: {dealname: what, dealstage: stage, closedate: day, pipeline: default}
                values: {dealstage: {Won: closedwon}}
                dates: {closedate: dd-MM-yy}
                ties: [{to: companies, by: name, column: firm}]
            """,
            "firms.csv": "firm,parent\nTides,Acme\nAcme,\n",
            "sales.csv": "what,stage,day,firm\nPump,Won,01-03-17,acme\nValve,Won,,Nobody\n",
        ])
        world.with { state, _ in
            let deals = state.hubspot.export(object: "deals")
            #expect(deals.first?["dealstage"] == "closedwon")
            #expect(deals.first?["closedate"]?.hasPrefix("2017-03-01") == true)
            let ids = deals.map(\.id)
            #expect(ids.map { state.hubspot.tieCount($0, of: "deals", to: "companies") } == [1, 0])
            let accounts = state.salesforce.export(object: "Account")
            #expect(accounts.first?["ParentId"].text == accounts.last?.id)
        }
    }

    @Test func `a folder that is not there is named`() {
        #expect {
            _ = try ImportFolder.read("/nowhere")
        } throws: { error in
            "\(error)" == "There is no folder /nowhere."
        }
    }
}
