import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Records that are reached over the names of relationships.
@Suite struct RelationshipTests {
    private var rehearsal = Rehearsal()
    private let account: String
    private let contact: String

    init() throws {
        self.account = try self.rehearsal.seed("Account", [("Name", "Acme")])
        self.contact = try self.rehearsal.seed(
            "Contact",
            [("LastName", "Roux"), ("AccountId", self.account)]
        )
        _ = try self.rehearsal.seed("Contact", [("LastName", "Else")])
    }

    @Test mutating func `a reference leads to its record, which can be read and changed`() {
        let path = "/sobjects/Contact/\(self.contact)/Account"
        let read = self.rehearsal.send(.get, path + "?fields=Name")
        #expect(read.json["Name"]?.string == "Acme")
        #expect(read.json["attributes"]?["type"]?.string == "Account")
        #expect(self.rehearsal.send(.patch, path, #"{"Name":"New"}"#).status == 204)
        #expect(self.rehearsal.column("Name", "SELECT Name FROM Account") == ["New"])
        let twice = self.rehearsal.send(.get, path + "/CreatedBy?fields=IsActive")
        #expect(twice.json["IsActive"]?.boolean == true)
        #expect(self.rehearsal.send(.delete, path).status == 204)
        #expect(self.rehearsal.send(.get, path).status == 404)
    }

    @Test mutating func `children come as the rows of a query`() {
        let path = "/sobjects/Account/\(self.account)/Contacts"
        let all = self.rehearsal.send(.get, path)
        #expect(all.json["totalSize"]?.integer == 1)
        #expect(all.json["done"]?.boolean == true)
        #expect(all.json["records"]?[0]?["Id"]?.string == self.contact)
        #expect(all.json["records"]?[0]?["Email"] != nil)
        let some = self.rehearsal.send(.get, path + "?fields=LastName")
        #expect(some.json["records"]?[0]?.members.map(\.name) == ["attributes", "LastName"])
        let unknown = self.rehearsal.send(.get, path + "?fields=Nope")
        #expect(unknown.errorCode == "INVALID_FIELD")
        #expect(self.rehearsal.send(.patch, path, "{}").status == 405)
    }

    @Test mutating func `what leads nowhere is not found`() {
        for path in [
            "Contact/\(self.contact)/Nope", "Account/\(self.account)/Contacts/Account",
            "Account/\(self.account)/Parent", "Contact/\(self.account)/Account",
            "Contact/003000000000000AAA/Account",
        ] {
            #expect(self.rehearsal.send(.get, "/sobjects/" + path).status == 404, "\(path)")
        }
    }
}
