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
        var generator = Generator(contacts: 400, seed: seed)
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
        try world.with { state, now in try ImportFolder.apply(rows, to: &state, now: now) }
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

    @Test func `a folder that is not there is named`() {
        #expect {
            _ = try ImportFolder.read("/nowhere")
        } throws: { error in
            "\(error)" == "There is no folder /nowhere."
        }
    }
}
