import Foundation
import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Lifecycle stages that the account moves by its own settings.
struct LifecycleStageTests {
    private var portal = Portal()

    private mutating func stage(_ object: String, _ id: String) -> String? {
        let path = "/crm/v3/objects/\(object)/\(id)?properties=lifecyclestage"
        return self.portal.send(.get, path).json?["properties"]?["lifecyclestage"]?.string
    }

    private mutating func tie(_ one: (String, String), _ other: (String, String), _ kind: Int) {
        let path = "/crm/v4/objects/\(one.0)/\(one.1)/associations/\(other.0)/\(other.1)"
        let body = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":\#(kind)}]"#
        #expect(self.portal.send(.put, path, body).status == 201)
    }

    private mutating func set(_ object: String, _ id: String, _ name: String, _ value: String) {
        let body = #"{"properties":{"\#(name)":"\#(value)"}}"#
        #expect(
            self.portal.send(.patch, "/crm/v3/objects/\(object)/\(id)", body).status == 200
        )
    }

    /// A company, a contact whose primary company it is, and a deal that is tied to neither.
    private mutating func records() -> (company: String, contact: String, deal: String) {
        let company = self.portal.make("companies", #""name":"Acme""#)
        let contact = self.portal.make(
            "contacts",
            #""email":"ann@acme.test","lifecyclestage":"lead""#
        )
        self.tie(("contacts", contact), ("companies", company), 1)
        let deal = self.portal.make("deals", #""dealname":"Boat","dealstage":"qualifiedtobuy""#)
        return (company, contact, deal)
    }

    @Test mutating func `without the settings no deal moves a stage`() {
        let (company, contact, deal) = self.records()
        self.tie(("deals", deal), ("companies", company), 5)
        self.tie(("deals", deal), ("contacts", contact), 3)
        self.set("deals", deal, "dealstage", "closedwon")
        #expect(self.stage("companies", company) == nil)
        #expect(self.stage("contacts", contact) == "lead")
    }

    @Test mutating func `deals that are made and won move whom they are tied to, forward only`() {
        self.portal.mock.settings.lifecycle.dealMade = "opportunity"
        self.portal.mock.settings.lifecycle.dealWon = "customer"
        // What was there before the settings were made is no news.
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let (company, contact, deal) = self.records()
        #expect(self.stage("companies", company) == nil)
        self.tie(("deals", deal), ("companies", company), 341)
        #expect(self.stage("companies", company) == "opportunity")
        #expect(self.stage("contacts", contact) == "lead")
        self.tie(("deals", deal), ("contacts", contact), 3)
        #expect(self.stage("contacts", contact) == "opportunity")
        self.set("deals", deal, "dealstage", "closedwon")
        #expect(self.stage("companies", company) == "customer")
        #expect(self.stage("contacts", contact) == "customer")
        // Neither another deal nor one that is opened again takes anybody back.
        let next = self.portal.make("deals", #""dealname":"Oars","dealstage":"qualifiedtobuy""#)
        self.tie(("deals", next), ("companies", company), 341)
        self.set("deals", deal, "dealstage", "closedlost")
        #expect(self.stage("companies", company) == "customer")
        let path = "/crm/v3/objects/contacts/\(contact)?propertiesWithHistory=lifecyclestage"
        let history = self.portal.send(.get, path).json?["propertiesWithHistory"]
        let sources = history?["lifecyclestage"]?.elements.map { $0["sourceType"]?.string }
        #expect(sources == ["DEALS", "DEALS", "INTEGRATION"])
    }

    @Test mutating func `a deal moves its primary company alone where that is set`() {
        self.portal.mock.settings.lifecycle.dealWon = "customer"
        self.portal.mock.settings.lifecycle.onlyPrimaryCompanies = true
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let (company, _, deal) = self.records()
        let partner = self.portal.make("companies", #""name":"Bolt""#)
        self.tie(("deals", deal), ("companies", company), 5)
        self.tie(("deals", deal), ("companies", partner), 341)
        self.set("deals", deal, "dealstage", "closedwon")
        #expect(self.stage("companies", company) == "customer")
        #expect(self.stage("companies", partner) == nil)
    }

    @Test mutating func `a company moves its own contacts, and no contact moves its company`() {
        self.portal.mock.settings.lifecycle.companiesMoveContacts = true
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let (company, contact, _) = self.records()
        let guest = self.portal.make("contacts", #""email":"bo@x.test""#)
        self.tie(("contacts", guest), ("companies", company), 279)
        self.set("companies", company, "lifecyclestage", "customer")
        #expect(self.stage("contacts", contact) == "customer")
        #expect(self.stage("contacts", guest) == nil)
        self.set("companies", company, "lifecyclestage", "lead")
        #expect(self.stage("contacts", contact) == "customer")
        self.set("contacts", contact, "lifecyclestage", "evangelist")
        #expect(self.stage("companies", company) == "lead")
    }

    @Test mutating func `what a person does moves stages too, with the next request`() throws {
        self.portal.mock.settings.lifecycle.dealWon = "customer"
        self.portal.mock.settings.lifecycle.companiesMoveContacts = true
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let (company, contact, deal) = self.records()
        let at = self.portal.now
        try self.portal.mock.tie(
            deal,
            of: "deals",
            to: company,
            of: "companies",
            isPrimary: true
        )
        try self.portal.mock.edit(
            deal,
            object: "deals",
            fields: [("dealstage", "closedwon")],
            at: at
        )
        // Also where the account was saved and loaded in between.
        let saved = try JSONEncoder().encode(self.portal.mock)
        self.portal.mock = try JSONDecoder().decode(MockHubSpot.self, from: saved)
        // The deal moves its company, and that one its contact.
        #expect(self.stage("companies", company) == "customer")
        #expect(self.stage("contacts", contact) == "customer")
    }
}
