@testable import DuetCLI
import Foundation
import SyncCore
import Testing

@Suite struct MappingEditorTests {
    private static let text = """
        version: 1
        hubspot: connected
        salesforce: connected
        mappings:
          # Who they are.
          - hubspot: contacts
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              # What they do, said by sales.
              - {hubspot: jobtitle, salesforce: Title,
                 rule: "Prefer Salesforce unless blank"}   # since May

              - hubspot: phone
                salesforce: Phone
                # as agreed
                rule: Two-way
              - {hubspot: city, salesforce: {Contact: MailingCity, Lead: City}}
              # nothing else
          - hubspot: companies
            fields:
            - {hubspot: name, salesforce: Name, rule: twoWay}
        """

    private static func edited(_ body: (inout MappingEditor) throws -> Void) throws -> [String] {
        var editor = try MappingEditor(Self.text, path: "duet.yaml")
        try body(&editor)
        return MappingRunner.changes(Self.text, editor.text)
    }

    @Test func `S38: a row is added behind the last one, as far in as the others`() throws {
        let lines = try Self.edited {
            try $0.add("lastname", "LastName", rule: .twoWay, to: "contacts")
        }
        #expect(
            lines == ["18 +       - {hubspot: lastname, salesforce: LastName, rule: twoWay}"]
        )
        let companies = try Self.edited {
            try $0.add("domain", "Website", rule: .fillEmpty, to: "companies")
        }
        #expect(companies.map { $0.contains("    - {hubspot: domain") } == [true])
    }

    @Test(
        arguments: [
            ("email", "8 +       - {hubspot: email, salesforce: Email, rule: alwaysHubSpot}"),
            ("jobtitle", "11 +          rule: alwaysHubSpot}   # since May"),
            ("phone", "16 +         rule: alwaysHubSpot"),
            (
                "city",
                "17 +       - {hubspot: city, salesforce: {Contact: MailingCity, Lead: City}, rule: alwaysHubSpot}"
            ),
        ]
    )
    func `S39: another rule changes that line and no comment`(property: String, line: String) throws
    {
        let lines = try Self.edited {
            try $0.change(property, rule: .alwaysHubSpot, in: "contacts")
        }
        #expect(lines.filter { $0.contains(" + ") } == [line])
        #expect(lines.count == 2)
    }

    @Test(arguments: [("email", 1), ("jobtitle", 2), ("phone", 4), ("city", 1)])
    func `S39: a row is taken out, and what stands around it stays`(
        property: String,
        count: Int
    )
        throws
    {
        var editor = try MappingEditor(Self.text, path: "duet.yaml")
        do {
            try editor.remove(property, from: "contacts")
        } catch is ConfigurationProblems where property == "email" {
            // Contacts are matched by it: the file would not be one any more.
            #expect(editor.text == Self.text)
            return
        }
        let lines = MappingRunner.changes(Self.text, editor.text)
        #expect(lines.count == count && lines.allSatisfy { $0.contains(#/^\d+ - /#) })
        #expect(editor.text.contains("# nothing else"))
    }

    @Test func `a file that was written on Windows stays one`() throws {
        let windows = Self.text.replacingOccurrences(of: "\n", with: "\r\n")
        var editor = try MappingEditor(windows, path: "duet.yaml")
        try editor.change("phone", rule: .alwaysHubSpot, in: "contacts")
        try editor.change("city", rule: .twoWay, in: "contacts")
        try editor.add("lastname", "LastName", rule: .twoWay, to: "contacts")
        try editor.remove("jobtitle", from: "contacts")
        let lines = MappingEditor.lines(of: editor.text)
        #expect(lines.dropLast().allSatisfy { $0.utf8.last == UInt8(ascii: "\r") })
        let changes = MappingRunner.changes(windows, editor.text)
        #expect(changes.count { $0.contains(#/^\d+ \+ /#) } == 3)
        #expect(changes.count { $0.contains(#/^\d+ - /#) } == 4)
    }

    @Test func `what is there already, unknown or no name is refused with what to write`() throws {
        func refusal(_ body: (inout MappingEditor) throws -> Void) -> SyncError? {
            #expect(throws: SyncError.self) { try Self.edited(body) }
        }
        let twice = refusal { try $0.add("email", "Email", rule: .twoWay, to: "contacts") }
        #expect(twice?.cause.contains("line 8") == true)
        let name = refusal { try $0.add("x", "Y", rule: .twoWay, to: "contact") }
        #expect(name?.nextStep == "Did you mean `contacts`?")
        let row = refusal { try $0.change("jobtitel", rule: .twoWay, in: "contacts") }
        #expect(row?.nextStep == "Did you mean `jobtitle`?")
        let bad = refusal { try $0.add("x}", "Y", rule: .twoWay, to: "contacts") }
        #expect(bad?.code == .usage)
    }

    @Test func `the list and the difference name rows, fields and rules`() throws {
        let first = try ConfigurationReader.read(Self.text, path: "a")
        let list = MappingList.text(first.mappings)
        #expect(list.contains("contacts: HubSpot contacts ⇄ Salesforce Contact, Lead"))
        #expect(list.contains("Contact.MailingCity Lead.City"))
        #expect(list.contains("Prefer Salesforce unless blank"))
        var editor = try MappingEditor(Self.text, path: "b")
        try editor.change("jobtitle", rule: .twoWay, in: "contacts")
        try editor.remove("city", from: "contacts")
        try editor.add("lastname", "LastName", rule: .twoWay, to: "contacts")
        let second = try ConfigurationReader.read(editor.text, path: "b")
        #expect(
            MappingDiff(first, second).lines == [
                "contacts",
                "  - city ⇄ Contact.MailingCity Lead.City, Prefer Salesforce unless blank",
                "  ~ jobtitle ⇄ Title, Prefer Salesforce unless blank → jobtitle ⇄ Title, Two-way",
                "  + lastname ⇄ LastName, Two-way",
            ]
        )
        #expect(MappingDiff(first, first).lines.isEmpty)
    }
}
