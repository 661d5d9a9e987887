import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// M09: an org whose states and countries are picklists, and HubSpot's free text.
struct AddressPicklistTests {
    private static func mapping(_ fields: String) -> String {
        """
          - name: contacts
            hubspot: contacts
            salesforce: Contact
            createAs: contact
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: city, salesforce: MailingCity, rule: twoWay}
        \(fields)
        """
    }

    private static let codes = """
              - {hubspot: country, salesforce: MailingCountryCode, rule: twoWay, values: labels}
              - {hubspot: state, salesforce: MailingStateCode, rule: twoWay, values: labels}
        """

    private static let names = """
              - {hubspot: country, salesforce: MailingCountry, rule: twoWay, values: labels}
              - {hubspot: state, salesforce: MailingState, rule: twoWay, values: labels}
        """

    /// One code is a state of two countries, and so is one name.
    private static func org() -> MockSalesforceSettings {
        var settings = MockSalesforceSettings()
        settings.countries = [
            MockSalesforceCountry(
                "US",
                "United States",
                states: [.init("AL", "Alabama"), .init("FL", "Florida")]
            ),
            MockSalesforceCountry("BR", "Brazil", states: [.init("AL", "Alagoas")]),
            MockSalesforceCountry("UY", "Uruguay", states: [.init("FD", "Florida")]),
            MockSalesforceCountry("DE", "Germany"),
        ]
        return settings
    }

    private static func world(_ time: ManualTime) -> MockWorld {
        MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: Self.org()),
            time: time
        )
    }

    private static func rehearsal(_ fields: String) async throws -> Rehearsal {
        let time = ManualTime()
        let world = Self.world(time)
        let loaded = try await Rehearsal.loaded(Self.mapping(fields), world, time)
        #expect(loaded.notices.isEmpty)
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: loaded.mappings[0],
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    private static func address(_ stage: Rehearsal, _ id: String) -> [String] {
        ["MailingCountryCode", "MailingCountry", "MailingStateCode", "MailingState"].map {
            stage.salesforce(id, $0)
        }
    }

    private static func address(_ stage: Rehearsal, of contact: String) -> [String] {
        ["country", "state"].map { stage.hubspot(contact, $0) }
    }

    @Test(arguments: [codes, names])
    func `M09: names become codes and codes names, whatever their case`(
        fields: String
    )
        async throws
    {
        let stage = try await Self.rehearsal(fields)
        let contact = try stage.hubspotCreates([
            "email": "a@acme.test", "lastname": "A", "country": "united states",
            "state": "ALABAMA",
        ])
        let there = try stage.salesforceCreates(
            "Contact",
            [
                "LastName": "B", "Email": "b@acme.test", "MailingCountryCode": "BR",
                "MailingStateCode": "AL",
            ]
        )
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Contact").first { $0.id != there }?.id)
        #expect(Self.address(stage, made) == ["US", "United States", "AL", "Alabama"])
        // What means the same stays as people wrote it.
        #expect(Self.address(stage, of: contact) == ["united states", "ALABAMA"])
        let other = try #require(stage.contacts.first { $0.id != contact }?.id)
        #expect(Self.address(stage, of: other) == ["Brazil", "Alagoas"])
        try stage.hubspotEdits(other, ["country": "Uruguay", "state": "florida"])
        try stage.salesforceEdits(made, ["MailingStateCode": "FL"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.address(stage, there) == ["UY", "Uruguay", "FD", "Florida"])
        #expect(Self.address(stage, of: contact) == ["united states", "Florida"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M09: where the country alone changes, the state is what it means there`()
        async throws
    {
        let stage = try await Self.rehearsal(Self.codes)
        let contact = try stage.hubspotCreates([
            "email": "a@acme.test", "lastname": "A", "country": "United States",
            "state": "Florida",
        ])
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Contact").first?.id)
        try stage.hubspotEdits(contact, ["country": "Uruguay"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.address(stage, made) == ["UY", "Uruguay", "FD", "Florida"])
        try stage.salesforceEdits(made, ["MailingCountryCode": "US", "MailingStateCode": "AL"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.address(stage, of: contact) == ["United States", "Alabama"])
        try stage.salesforceEdits(made, ["MailingCountryCode": "BR"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.address(stage, of: contact) == ["Brazil", "Alagoas"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: [codes, names])
    func `M09: what the list lacks stays where it is and is told, the rest goes`(
        fields: String
    )
        async throws
    {
        let stage = try await Self.rehearsal(fields)
        let contact = try stage.hubspotCreates([
            "email": "a@acme.test", "lastname": "A", "country": "Germany",
        ])
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Contact").first?.id)
        #expect(Self.address(stage, made) == ["DE", "Germany", "", ""])
        try stage.hubspotEdits(contact, ["country": "Atlantis", "city": "Poseidonis"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(made, "MailingCity") == "Poseidonis")
        #expect(Self.address(stage, made) == ["DE", "Germany", "", ""])
        #expect(try await stage.findings().map(\.code) == [.valueNotConvertible])
        #expect(try await stage.findings().first?.details == ["country"])
        try stage.hubspotEdits(contact, ["country": "Brazil"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.address(stage, made) == ["BR", "Brazil", "", ""])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M09: a code that people write is taken as well`() async throws {
        let stage = try await Self.rehearsal(Self.codes)
        let contact = try stage.hubspotCreates([
            "email": "a@acme.test", "lastname": "A", "country": "us", "state": "fl",
        ])
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Contact").first?.id)
        #expect(Self.address(stage, made) == ["US", "United States", "FL", "Florida"])
        #expect(Self.address(stage, of: contact) == ["us", "fl"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M09: free text that goes into a list is told of`() async throws {
        let time = ManualTime()
        let fields = Self.codes.replacing(", values: labels", with: "")
        let told = try await Rehearsal.loaded(Self.mapping(fields), Self.world(time), time).notices
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.contains("`values: labels`") })
        let names = Self.names.replacing(", values: labels", with: "")
        let said = try await Rehearsal.loaded(Self.mapping(names), Self.world(time), time).notices
        #expect(said.count == 2)
        #expect(said.first?.contains("`MailingCountry`") == true)
    }

    @Test(arguments: [
        (
            "      - {hubspot: state, salesforce: MailingStateCode, rule: twoWay, values: labels}",
            "means another thing with each `MailingCountryCode`"
        ),
        (
            "      - {hubspot: state, salesforce: MailingStreet, rule: twoWay, values: labels}",
            "is no picklist"
        ),
        (
            "      - {hubspot: state, salesforce: MailingStateCode, rule: twoWay, values: lables}",
            "or `labels`"
        ),
    ])
    func `M09: what cannot be told apart is refused with its line`(
        field: String,
        says: String
    )
        async throws
    {
        let time = ManualTime()
        let error = await #expect(throws: ConfigurationProblems.self) {
            _ = try await Rehearsal.loaded(Self.mapping(field), Self.world(time), time)
        }
        #expect(error?.problems.count == 1)
        #expect(error?.problems.first?.message.contains(says) == true)
    }
}
