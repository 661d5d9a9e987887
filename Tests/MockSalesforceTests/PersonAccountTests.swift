import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct PersonAccountTests {
    private static func rehearsal() -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.hasPersonAccounts = true
        return Rehearsal(settings)
    }

    private static let ana =
        #"{"FirstName":"Ana","LastName":"Roux","PersonEmail":"ana@example.com","Phone":"1"}"#

    private static func make(_ body: String, _ rehearsal: inout Rehearsal) -> String {
        let made = rehearsal.send(.post, "/sobjects/Account", body)
        #expect(made.status == 201)
        return made.json["id"]?.string ?? ""
    }

    @Test func `an org without person accounts has no such fields`() {
        var rehearsal = Rehearsal()
        #expect(
            rehearsal.query("SELECT IsPersonAccount FROM Account").errorCode == "INVALID_FIELD"
        )
    }

    @Test func `a person has a contact in its shadow`() {
        var rehearsal = Self.rehearsal()
        let id = Self.make(Self.ana, &rehearsal)
        let person = rehearsal.send(.get, "/sobjects/Account/\(id)").json
        #expect(person["IsPersonAccount"]?.boolean == true)
        #expect(person["Name"]?.string == "Ana Roux")
        let contact = person["PersonContactId"]?.string ?? ""
        #expect(contact.hasPrefix("003"))
        let shadow = rehearsal.send(.get, "/sobjects/Contact/\(contact)").json
        #expect(shadow["AccountId"]?.string == id)
        #expect(shadow["IsPersonAccount"]?.boolean == true)
        #expect(shadow["Name"]?.string == "Ana Roux")
        #expect(shadow["Email"]?.string == "ana@example.com")
        #expect(shadow["Phone"]?.string == "1")
        #expect(
            rehearsal.column(
                "Id",
                "SELECT Id FROM Account WHERE PersonContactId = '\(contact)'"
            ) == [id]
        )
        #expect(
            rehearsal.column(
                "RecordType.DeveloperName",
                "SELECT RecordType.DeveloperName FROM Account"
            ) == ["PersonAccount"]
        )
    }

    @Test func `a business account with one contact becomes a person`() throws {
        var rehearsal = Self.rehearsal()
        let account = Self.make(#"{"Name":"Household"}"#, &rehearsal)
        let body = #"{"LastName":"Roux","Email":"ana@example.com","AccountId":"\#(account)"}"#
        let contact =
            rehearsal.send(.post, "/sobjects/Contact", body).json["id"]?.string ?? ""
        try rehearsal.mock.convertToPerson(account, at: rehearsal.now)
        let person = rehearsal.send(.get, "/sobjects/Account/\(account)").json
        #expect(person["IsPersonAccount"]?.boolean == true)
        #expect(person["PersonContactId"]?.string == contact)
        #expect(person["PersonEmail"]?.string == "ana@example.com")
        #expect(person["Name"]?.string == "Roux")
        let refused = rehearsal.send(.patch, "/sobjects/Contact/\(contact)", #"{"Title":"A"}"#)
        #expect(refused.errorCode == "INVALID_PERSON_ACCOUNT_OPERATION")
        #expect(
            rehearsal.send(.patch, "/sobjects/Account/\(account)", #"{"PersonTitle":"A"}"#).status
                == 204
        )
        let shadow = rehearsal.send(.get, "/sobjects/Contact/\(contact)").json
        #expect(shadow["Title"]?.string == "A")
        let empty = Self.make(#"{"Name":"Nobody"}"#, &rehearsal)
        #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.convertToPerson(empty, at: rehearsal.now)
        }
    }

    @Test func `the contact follows in fields that the user does not see`() {
        var settings = MockSalesforceSettings()
        settings.hasPersonAccounts = true
        settings.permissions = MockSalesforcePermissions(
            profiles: [MockSalesforceProfile(name: "Sync", hiddenFields: ["Contact.Email"])]
        )
        var rehearsal = Rehearsal(settings)
        _ = Self.make(Self.ana, &rehearsal)
        let contact = rehearsal.column("Id", "SELECT Id FROM Contact").first ?? ""
        #expect(rehearsal.mock.record(contact)?["Email"] == .text("ana@example.com"))
        #expect(rehearsal.query("SELECT Email FROM Contact").errorCode == "INVALID_FIELD")
    }

    @Test func `what is written to the account shows on the contact`() {
        var rehearsal = Self.rehearsal()
        let id = Self.make(Self.ana, &rehearsal)
        let body = #"{"LastName":"Sol","PersonMobilePhone":"2","PersonMailingCity":"Rome"}"#
        #expect(rehearsal.send(.patch, "/sobjects/Account/\(id)", body).status == 204)
        #expect(rehearsal.column("Name", "SELECT Name FROM Account") == ["Ana Sol"])
        let rows = rehearsal.query("SELECT Name, MobilePhone, MailingCity FROM Contact")
        let shadow = rows.json["records"]?[0]
        #expect(shadow?["Name"]?.string == "Ana Sol")
        #expect(shadow?["MobilePhone"]?.string == "2")
        #expect(shadow?["MailingCity"]?.string == "Rome")
    }

    @Test func `the contact is not written or deleted by itself`() {
        var rehearsal = Self.rehearsal()
        let id = Self.make(Self.ana, &rehearsal)
        let contact = rehearsal.column("Id", "SELECT Id FROM Contact").first ?? ""
        let path = "/sobjects/Contact/\(contact)"
        for (method, body) in [(HTTPMethod.patch, #"{"Title":"CTO"}"#), (.delete, nil)] {
            let refused = rehearsal.send(method, path, body)
            #expect(refused.errorCode == "INVALID_PERSON_ACCOUNT_OPERATION")
        }
        let list = rehearsal.send(.delete, "/composite/sobjects?ids=\(contact)")
        #expect(list.rows == ["INVALID_PERSON_ACCOUNT_OPERATION"])
        #expect(rehearsal.send(.delete, "/sobjects/Account/\(id)").status == 204)
        #expect(rehearsal.column("Id", "SELECT Id FROM Contact").isEmpty)
    }

    @Test func `persons and businesses refuse each other's fields`() {
        var rehearsal = Self.rehearsal()
        let business = Self.make(#"{"Name":"Acme"}"#, &rehearsal)
        #expect(
            rehearsal.column("IsPersonAccount", "SELECT IsPersonAccount FROM Account") == ["false"]
        )
        #expect(rehearsal.column("Id", "SELECT Id FROM Contact").isEmpty)
        let path = "/sobjects/Account"
        let type =
            rehearsal.column(
                "Id",
                "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true"
            ).first ?? ""
        let both = rehearsal.send(.post, path, #"{"Name":"A","LastName":"B"}"#)
        #expect(both.errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE")
        #expect(both.message == "Account: bad field names on insert/update call: Name")
        let nameless = rehearsal.send(.post, path, #"{"RecordTypeId":"\#(type)"}"#)
        #expect(nameless.message == "Required fields are missing: [LastName]")
        #expect(rehearsal.send(.post, path, "{}").message == "Required fields are missing: [Name]")
        let mixed = rehearsal.send(.patch, path + "/\(business)", #"{"PersonEmail":"a@b.example"}"#)
        #expect(mixed.message.hasSuffix("call: PersonEmail"))
        let contact = rehearsal.send(.post, path, #"{"LastName":"A","PersonContactId":null}"#)
        #expect(contact.errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE")
    }
}
