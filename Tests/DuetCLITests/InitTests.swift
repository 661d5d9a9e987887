import DuetCLI
import Foundation
import SyncCore
import Synchronization
import Testing

/// `duet init`: the recommended way, the advanced one, and with options.
struct InitTests {
    private static func read(_ choices: SetupChoices) throws -> Configuration {
        let text = ConfigurationTemplate.text(with: [], connected: Set(Side.allCases), choices)
        return try ConfigurationReader.read(text, path: "duet.yaml")
    }

    /// Answers one question after the other; says what was shown.
    private static func ask(
        _ answers: [String],
        _ choices: SetupChoices = SetupChoices()
    ) throws -> (choices: SetupChoices, said: String) {
        let left = Mutex(answers[...])
        let said = Mutex("")
        let dialog = ConnectDialog(
            say: { text in said.withLock { $0 += text + "\n" } },
            ask: { question, _ in
                said.withLock { $0 += question + "\n" }
                return left.withLock { $0.popFirst() }
            }
        )
        let chosen = try SetupDialog(dialog).ask(choices)
        return (chosen, said.withLock { $0 })
    }

    @Test func `S35, S38: what is recommended is what is written without a question`() throws {
        let usual = ConfigurationTemplate.text(connected: Set(Side.allCases))
        #expect(ConfigurationTemplate.text(with: [], connected: Set(Side.allCases)) == usual)
        let contacts = try #require(try Self.read(SetupChoices()).mappings.first)
        #expect(contacts.createAs == "Contact")
        #expect(contacts.creates == .both)
        #expect(contacts.include.segment == nil)
    }

    @Test func `S35, S39: an empty answer takes what is proposed`() throws {
        let (choices, said) = try Self.ask(["", "", "", "", "", ""])
        #expect(choices == SetupChoices())
        for title in ["Which contacts [all]:", "Share of Salesforce's calls [20%]:"] {
            #expect(said.contains(title))
        }
    }

    @Test func `S39, S40: every answer is in the file`() throws {
        let (choices, _) = try Self.ask([
            "Key accounts: EMEA", "lead", "salesforce", "companies, Deals", "15%", "",
        ])
        let configuration = try Self.read(choices)
        #expect(configuration.mappings.map(\.name) == ["contacts", "companies", "deals"])
        let contacts = try #require(configuration.mappings.first)
        #expect(contacts.include.segment?.name == "Key accounts: EMEA")
        #expect(contacts.createAs == "Lead")
        #expect(contacts.creates == .salesforce)
        #expect(configuration.allowance[.salesforce] == 15)
    }

    @Test func `S48: all answers are shown, and each can be changed before anything is written`()
        throws
    {
        let (choices, said) = try Self.ask(["", "lead", "", "", "", "2", "contact", "5", "30", ""])
        #expect(choices.createAs == "contact")
        #expect(choices.allowance == 30)
        #expect(said.contains("  2 New HubSpot contacts become: lead\n"))
        #expect(said.contains("  5 Share of Salesforce's calls: 30%\n"))
    }

    @Test func `a wrong answer is told with its mend and asked again`() throws {
        let (choices, said) = try Self.ask([
            "", "account", "lead", "both", "compnies", "companies", "200%", "20", "9", "",
        ])
        #expect(choices.createAs == "lead")
        #expect(choices.objects == ["contacts", "companies"])
        #expect(said.contains("companies"))
        #expect(said.contains("from 1% to 90%"))
        #expect(said.contains("There is no number 9."))
    }

    @Test(arguments: 0..<6)
    func `where nobody answers nothing is chosen`(answers: Int) {
        #expect(throws: SyncError.self) {
            try Self.ask(Array(repeating: "", count: answers))
        }
    }

    @Test(arguments: SetupChoices.known)
    func `every object that can be chosen is read as it is written`(object: String) throws {
        var choices = SetupChoices()
        try choices.setObjects(object)
        #expect(try Self.read(choices).mappings.contains { $0.hubspot == object })
        #expect(try Self.read(choices).mappings.count == (object == "contacts" ? 1 : 2))
    }

    @Test func `all objects at once`() throws {
        var choices = SetupChoices()
        try choices.setObjects(SetupChoices.known.joined(separator: ","))
        #expect(try Self.read(choices).mappings.map(\.hubspot) == SetupChoices.known)
    }

    @Test func `S25: a further portal has a key field of its own, and makes no HubSpot contacts`()
        throws
    {
        var choices = SetupChoices()
        try choices.setPortal("EU")
        try choices.setObjects("companies,notes")
        let mappings = try Self.read(choices).mappings
        #expect(
            mappings.map(\.salesforceKey) == [
                "HubSpot_EU_Record_ID__c", "HubSpot_EU_Record_ID__c", "HubSpot_EU_Note_ID__c",
            ]
        )
        #expect(mappings[0].creates == .salesforce)
        #expect(mappings[0].hubspotKeys == ["Contact": "sf_contact_key", "Lead": "sf_lead_key"])
        for name in ["", "a b", "E-U", "elevenchars", "É"] {
            #expect(throws: SyncError.self) { try choices.setPortal(name) }
        }
    }

    @Test func `S25: everything of a further portal has its own key, custom objects too`() throws {
        var choices = SetupChoices()
        try choices.setPortal("EU")
        try choices.setObjects("companies,deals,tasks")
        let text = ConfigurationTemplate.text(
            with: [try .init("cars=Car__c")],
            connected: Set(Side.allCases),
            choices
        )
        let mappings = try ConfigurationReader.read(text, path: "duet.yaml").mappings
        #expect(mappings.count == 5)
        #expect(mappings.allSatisfy { $0.salesforceKey == "HubSpot_EU_Record_ID__c" })
        #expect(mappings.allSatisfy { $0.creates == .salesforce })
    }

    @Test(arguments: ["a\\", "a\"b", "a\nb", "a\u{1}b"])
    func `a segment's name that would not be read as it is is refused`(name: String) {
        var choices = SetupChoices()
        #expect(throws: SyncError.self) { try choices.setSegment(name) }
    }

    @Test(arguments: ["{a}", "# b", "a: b", "Zoë's", "  both ends  ", "-", "'"])
    func `any other name of a segment is read as it was written`(name: String) throws {
        var choices = SetupChoices()
        try choices.setSegment(name)
        let contacts = try #require(try Self.read(choices).mappings.first)
        #expect(contacts.include.segment?.name == choices.segment)
        #expect(choices.segment == name.trimmingCharacters(in: .whitespaces))
    }

    @Test func `blanks alone stand for all`() throws {
        var choices = SetupChoices()
        try choices.setSegment("   ")
        #expect(choices.segment == nil)
    }
}
