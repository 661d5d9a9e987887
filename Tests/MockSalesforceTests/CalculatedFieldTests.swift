import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Formulas and roll-up summaries: worked out with what they depend on, described, written by nobody.
@Suite struct CalculatedFieldTests {
    private static func org() -> Rehearsal {
        var settings = MockSalesforceSettings()
        var summary = MockSalesforceCustomField(
            object: "Contact",
            name: "Summary__c",
            label: "Summary",
            type: .string
        )
        summary.calculation = .formula(["Title", "Account.Industry"])
        var people = MockSalesforceCustomField(
            object: "Account",
            name: "People__c",
            label: "People",
            type: .double
        )
        people.calculation = .rollUp(of: "Contact", by: "AccountId", sum: nil)
        settings.customFields += [summary, people]
        return Rehearsal(settings)
    }

    @Test func `they are described as calculated, and refused in writes`() {
        var org = Self.org()
        let fields = org.send(.get, "/sobjects/Contact/describe").json["fields"]?.elements ?? []
        let summary = fields.first { $0["name"]?.string == "Summary__c" }
        #expect(summary?["calculated"]?.boolean == true)
        #expect(summary?["updateable"]?.boolean == false)
        #expect(summary?["calculatedFormula"]?.string == #"Title & " " & Account.Industry"#)
        let refused = org.send(
            .post,
            "/sobjects/Contact",
            #"{"LastName":"Roe","Summary__c":"mine"}"#
        )
        #expect(refused.errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE")
    }

    @Test func `they follow what they depend on, and move no stamp`() throws {
        var org = Self.org()
        let accounts = try ["Acme", "Other"].map { name in
            try org.seed("Account", [("Name", name), ("Industry", "Retail")])
        }
        let contact = try org.seed(
            "Contact",
            [("LastName", "Roe"), ("Title", "Chief"), ("AccountId", accounts[0])]
        )
        let columns = "SELECT Summary__c, SystemModstamp FROM Contact"
        #expect(org.column("Summary__c", columns) == ["Chief Retail"])
        let stamp = org.column("SystemModstamp", columns)
        org.now += 60_000
        try org.mock.edit(
            accounts[0],
            fields: [.init("Industry", .text("Energy"))],
            at: org.now
        )
        #expect(org.column("Summary__c", columns) == ["Chief Energy"])
        #expect(org.column("SystemModstamp", columns) == stamp)
        let counted = "SELECT People__c FROM Account ORDER BY Name"
        #expect(org.column("People__c", counted) == ["1.0", "0.0"])
        try org.mock.edit(contact, fields: [.init("AccountId", .text(accounts[1]))], at: org.now)
        #expect(org.column("People__c", counted) == ["0.0", "1.0"])
        #expect(org.column("Summary__c", columns) == ["Chief Retail"])
        try org.mock.delete(contact, at: org.now)
        #expect(org.column("People__c", counted) == ["0.0", "0.0"])
    }
}
