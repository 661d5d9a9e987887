import CRMInterface
import DuetCLI
import Foundation
import SyncCore
import Testing

/// S46, M02 and D06: what is mapped by default, each row against what both CRMs say of their fields.
struct DefaultMappingTests {
    /// A configuration of all defaults that a new account can have, whatever is commented out of them.
    private static func everything() throws -> Configuration {
        let text = ConfigurationTemplate.text
        let start = try #require(text.range(of: "mappings:")).lowerBound
        let lacking = DefaultMapping.all.flatMap(\.rows).filter { !$0.lacks.isEmpty }
        let lines = text[start...].split(separator: "\n", omittingEmptySubsequences: false)
        let opened = lines.map { line -> Substring in
            // First a mapping that is commented out, then a row in it.
            let isOfMapping = line.hasPrefix("  # - name:") || line.hasPrefix("  #   ")
            let line = isOfMapping ? "  " + line.dropFirst(4) : line
            guard line.hasPrefix("      # - {") || line.hasPrefix("      #    "),
                !lacking.contains(where: { line.contains("salesforce: \($0.salesforce.first),") })
            else { return line }
            return "      " + line.dropFirst(8)
        }
        var all = try ConfigurationReader.read(
            text[..<start] + opened.joined(separator: "\n"),
            path: "duet.yaml"
        )
        // A new account has no cars.
        all.mappings.removeAll(where: \.kind.isCustom)
        return all
    }

    @Test func `S46: a table for each pair of objects is shipped, and each tells where it is from`()
    {
        #expect(
            DefaultMapping.all.map(\.hubspot) == [
                "contacts", "companies", "deals", "tickets", "tasks", "meetings", "calls", "emails",
                "notes",
            ]
        )
        for mapping in DefaultMapping.all {
            let kind = ObjectKind.named(mapping.hubspot)
            #expect(mapping.salesforce == kind?.salesforce.map(\.object))
            #expect(mapping.source.contains("Salesforce's describe"))
            #expect(Set(mapping.rows.map(\.hubspot)).count == mapping.rows.count)
            for row in mapping.rows where !row.lacks.isEmpty { #expect(row.off != nil) }
        }
    }

    @Test func `S46: every row of every table compiles against both CRMs' descriptions`()
        async throws
    {
        let accounts = try await MockAccounts.described()
        let all = try Self.everything()
        let rows = DefaultMapping.all.map { $0.rows.filter(\.lacks.isEmpty) }
        #expect(all.mappings.map(\.fields.count) == rows.map(\.count))
        #expect(accounts.problems(all).isEmpty)
        let compiled = try MappingCompiler.compile(
            all,
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        )
        for (mapping, rows) in zip(all.mappings, rows) {
            let made = try #require(compiled.first { $0.name == mapping.name })
            for (index, row) in rows.enumerated() {
                let field = made.fields[index]
                #expect(field.hubspot == row.hubspot)
                #expect(field.rule == row.rule)
                #expect(field.values == row.values)
                let there = made.salesforce.compactMap { $0.fields[index]?.shape.type.rawValue }
                let here = made.hubspot.fields[index]?.shape.type.rawValue ?? ""
                #expect("\(here) → \(there.first ?? "")" == row.conversion, "\(row.label)")
                #expect(Set(there).count == 1, "\(row.label)")
            }
        }
    }

    /// Values that only one side knows would be refused one record at a time.
    @Test func `S46: values that are listed exist on both sides`() async throws {
        let accounts = try await MockAccounts.described()
        for mapping in DefaultMapping.all {
            for row in mapping.rows where !row.values.isEmpty {
                let here = accounts.hubspot.first { $0.object == mapping.hubspot }?
                    .field(row.hubspot)?.shape.choices
                let there = accounts.salesforce.first { $0.object == mapping.salesforce[0] }?
                    .field(row.salesforce.first)?.shape.choices
                for pair in row.values {
                    #expect(here?.contains(pair.hubspot) ?? true, "\(pair)")
                    #expect(there?.contains(pair.salesforce) ?? true, "\(pair)")
                }
            }
        }
    }

    @Test func `S46: a row whose field a standard account lacks is told by name`() async throws {
        let accounts = try await MockAccounts.described()
        for mapping in DefaultMapping.all {
            for row in mapping.rows where !row.lacks.isEmpty {
                var configuration = try ConfigurationReader.read(
                    ConfigurationTemplate.text,
                    path: "duet.yaml"
                )
                var field = configuration.mappings[0].fields[0]
                (field.hubspot, field.salesforce) = (row.hubspot, row.salesforce)
                configuration.mappings[0].fields.append(field)
                let said = accounts.problems(configuration)
                #expect(said.count == row.lacks.count, "\(row.label): \(said)")
                for side in row.lacks {
                    let name = side == .hubspot ? row.hubspot : row.salesforce.first
                    #expect(said.contains { $0.contains("`\(name)`") }, "\(row.label): \(said)")
                }
            }
        }
    }

    /// The labels that the vendor's list of default contact mappings has.
    private static let m02 = [
        "Account ID", "Annual Revenue", "Business Fax", "Business Phone", "City", "Company",
        "Contact Description", "Country", "Email", "Email Opt Out", "Employees", "First Name",
        "Industry", "Last Name", "Lead Source", "Mailing City", "Mailing Country", "Mailing State",
        "Mailing Street", "Mailing Zip", "Owner ID", "Rating", "Salutation", "State/Province",
        "Status",
        "Street", "Title", "Website", "Zip",
    ]

    @Test(arguments: m02)
    func `M02: the contacts' table has every mapping that the vendor's has`(label: String) throws {
        let contacts = try #require(DefaultMapping.of("contacts"))
        let labels = contacts.rows.flatMap { $0.label.components(separatedBy: ", ") }
        #expect(labels.filter { $0 == label }.count == 1)
    }

    @Test(arguments: ["Owner", "Close Date", "Name", "Type", "Description", "Amount", "Stage"])
    func `D06: the deals' table has every mapping that the vendor's has`(label: String) throws {
        let deals = try #require(DefaultMapping.of("deals"))
        let row = try #require(deals.rows.first { $0.label == label })
        #expect(row.off == nil)
    }

    @Test func `an address has one name on contacts and another on leads`() async throws {
        let accounts = try await MockAccounts.described()
        let template = try ConfigurationReader.read(ConfigurationTemplate.text, path: "duet.yaml")
        let mapping = try #require(
            try MappingCompiler.compile(
                template,
                hubspot: accounts.hubspot,
                salesforce: accounts.salesforce
            ).first
        )
        let city = try #require(mapping.fields.first { $0.hubspot == "city" })
        #expect(mapping.salesforce.map { $0.fields[city.index]?.name } == ["MailingCity", "City"])
        var wrong = template
        wrong.mappings[0].fields[city.index].salesforce.byObject["Lead"] = "Citty"
        #expect(accounts.problems(wrong) == ["Salesforce Lead has no field `Citty`."])
    }

    @Test func `M01: what does not fit, or is mapped already, is refused with its line`()
        async throws
    {
        let accounts = try await MockAccounts.described()
        let text = ConfigurationTemplate.text
        let wrong = text.replacing("salesforce: Website", with: "salesforce: AnnualRevenue")
            .replacing("hubspot: website", with: "hubspot: createdate")
        let read = try ConfigurationReader.read(wrong, path: "duet.yaml")
        let said = accounts.problems(read)
        #expect(said.count == 1)
        #expect(
            said.first?.hasPrefix("`createdate` (datetime) does not fit `AnnualRevenue`") == true
        )
        let twice = text.replacing("hubspot: website", with: "hubspot: fax")
        let error = #expect(throws: ConfigurationProblems.self) {
            try ConfigurationReader.read(twice, path: "duet.yaml")
        }
        #expect(error?.problems.first?.message.contains("`fax` is mapped twice") == true)
    }
}
