import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// States and countries as picklists: a setting.
@Suite struct AddressPicklistTests {
    private static func org() -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.countries = [
            MockSalesforceCountry(
                "US",
                "United States",
                integrationValue: "USA",
                states: [.init("AL", "Alabama")]
            ),
            MockSalesforceCountry("BR", "Brazil", states: [.init("AL", "Alagoas")]),
            MockSalesforceCountry("DE", "Germany"),
        ]
        return Rehearsal(settings)
    }

    private static let columns = [
        "MailingCountryCode", "MailingCountry", "MailingStateCode", "MailingState",
    ]

    private static func address(_ org: inout Rehearsal) -> [String] {
        let names = Self.columns.joined(separator: ", ")
        return Self.columns.map { org.column($0, "SELECT \(names) FROM Contact")[0] }
    }

    private static func edit(_ org: inout Rehearsal, _ id: String, _ body: String) -> Answer {
        org.send(.patch, "/sobjects/Contact/\(id)", body)
    }

    @Test func `codes are described with what people read, and states with their countries`() {
        var org = Self.org()
        let fields = org.send(.get, "/sobjects/Contact/describe").json["fields"]?.elements ?? []
        let state = fields.first { $0["name"]?.string == "MailingStateCode" }
        #expect(state?["controllerName"]?.string == "MailingCountryCode")
        #expect(state?["dependentPicklist"]?.boolean == true)
        let picks = state?["picklistValues"]?.elements ?? []
        #expect(picks.map { $0["value"]?.string } == ["AL", "AL"])
        #expect(picks.map { $0["label"]?.string } == ["Alabama", "Alagoas"])
        #expect(picks.map { $0["validFor"]?.string } == ["gAAA", "QAAA"])
        let country = fields.first { $0["name"]?.string == "MailingCountryCode" }
        #expect(country?["picklistValues"]?[0]?["label"]?.string == "United States")
        #expect(country?["picklistValues"]?[0]?["validFor"]?.kind == .null)
        let plain = Rehearsal().mock.settings.countries
        #expect(plain.isEmpty)
    }

    @Test func `a text follows its code, and a code its text`() throws {
        var org = Self.org()
        let id = org.make(
            "Contact",
            #"{"LastName":"Roe","MailingCountryCode":"US","MailingStateCode":"AL"}"#
        )
        #expect(Self.address(&org) == ["US", "USA", "AL", "Alabama"])
        #expect(Self.edit(&org, id, #"{"MailingCountry":"Brazil"}"#).status == 204)
        #expect(Self.address(&org) == ["BR", "Brazil", "AL", "Alagoas"])
        #expect(
            Self.edit(&org, id, #"{"MailingCountry":"USA","MailingState":"Alabama"}"#).status == 204
        )
        #expect(Self.address(&org) == ["US", "USA", "AL", "Alabama"])
        #expect(Self.edit(&org, id, #"{"MailingCountryCode":null}"#).status == 204)
        #expect(Self.address(&org) == ["-", "-", "-", "-"])
    }

    @Test(arguments: [
        (#"{"MailingCountry":"United States"}"#, "problem with this country"),
        (#"{"MailingState":"Bavaria"}"#, "problem with this state"),
        (#"{"MailingStateCode":"BY"}"#, "contains BY, which isn't an available state"),
        (#"{"MailingCountryCode":"DE"}"#, "doesn't recognize the state value"),
        (#"{"OtherState":"Alabama"}"#, "must be specified before specifying a state"),
    ])
    func `what is not in the lists is refused`(body: String, says: String) {
        var org = Self.org()
        let id = org.make(
            "Contact",
            #"{"LastName":"Roe","MailingCountryCode":"US","MailingStateCode":"AL"}"#
        )
        let refused = Self.edit(&org, id, body)
        #expect(refused.errorCode == "FIELD_INTEGRITY_EXCEPTION")
        #expect(refused.json[0]?["message"]?.string?.contains(says) == true)
        #expect(Self.address(&org) == ["US", "USA", "AL", "Alabama"])
    }
}
