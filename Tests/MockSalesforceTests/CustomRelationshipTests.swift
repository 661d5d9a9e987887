import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// What a lookup and a master-detail do when records come, move and go.
@Suite struct CustomRelationshipTests {
    private static func bin(_ rehearsal: Rehearsal, _ id: String) -> Bool? {
        rehearsal.mock.record(id)?.isDeleted
    }

    @Test func `a detail needs its master, stays with it and is owned with it`() {
        var rehearsal = Rehearsal(Factory.settings())
        let orphan = rehearsal.send(.post, "/sobjects/Order__c", #"{"Amount__c":1}"#)
        #expect(orphan.errorCode == "REQUIRED_FIELD_MISSING")
        let plants = ["Lyon", "Nice"].map { rehearsal.make("Plant__c", #"{"Name":"\#($0)"}"#) }
        let order = rehearsal.make("Order__c", #"{"Plant__c":"\#(plants[0])"}"#)
        let path = "/sobjects/Order__c/\(order)"
        let move = #"{"Plant__c":"\#(plants[1])"}"#
        #expect(
            rehearsal.send(.patch, path, move).errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE"
        )
        #expect(
            rehearsal.query("SELECT OwnerId FROM Order__c").errorCode == "INVALID_FIELD"
        )
        var field = Factory.lookup(
            "Order__c",
            "Plant__c",
            "Plant__c",
            "Orders",
            isMasterDetail: true
        )
        field.isReparentable = true
        rehearsal.mock.addField(field, at: rehearsal.now)
        #expect(rehearsal.send(.patch, path, move).status == 204)
        rehearsal.mock.faults.lockedRecordIDs = [plants[1]]
        let locked = rehearsal.send(.patch, path, #"{"Amount__c":2}"#)
        #expect(locked.errorCode == "UNABLE_TO_LOCK_ROW")
    }

    @Test func `details go to the bin with their master, come back with it and end with it`() throws
    {
        var rehearsal = Rehearsal(Factory.settings())
        let plant = rehearsal.make("Plant__c", #"{"Name":"Lyon"}"#)
        let orders = (0..<2).map { _ in
            rehearsal.make("Order__c", #"{"Plant__c":"\#(plant)"}"#)
        }
        #expect(rehearsal.send(.delete, "/sobjects/Order__c/\(orders[1])").status == 204)
        #expect(rehearsal.send(.delete, "/sobjects/Plant__c/\(plant)").status == 204)
        #expect(Self.bin(rehearsal, orders[0]) == true)
        let all = rehearsal.column("Name", "SELECT Name FROM Order__c", all: true)
        #expect(all == ["O-0001", "O-0002"])
        let alone = #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.undelete(orders[0], at: rehearsal.now)
        }
        #expect(alone?.code == "UNDELETE_FAILED")
        try rehearsal.mock.undelete(plant, at: rehearsal.now)
        #expect(Self.bin(rehearsal, orders[0]) == false)
        #expect(Self.bin(rehearsal, orders[1]) == true, "it went before its master")
        try rehearsal.mock.hardDelete(plant, at: rehearsal.now)
        #expect(Self.bin(rehearsal, orders[0]) == nil)
        #expect(rehearsal.column("Name", "SELECT Name FROM Order__c", all: true).isEmpty)
    }

    @Test func `a lookup is emptied with its target and filled again where nobody did`() throws {
        var rehearsal = Rehearsal(Factory.settings())
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let other = try rehearsal.seed("Account", [("Name", "Bolt")])
        let plants = (0..<2).map { _ in
            rehearsal.make("Plant__c", #"{"Account__c":"\#(account)"}"#)
        }
        rehearsal.now += 5_000
        try rehearsal.mock.delete(account, at: rehearsal.now)
        for plant in plants {
            #expect(rehearsal.mock.record(plant)?["Account__c"] == .null)
            #expect(rehearsal.mock.record(plant)?["SystemModstamp"] == .datetime(rehearsal.now))
        }
        _ = rehearsal.send(
            .patch,
            "/sobjects/Plant__c/\(plants[1])",
            #"{"Account__c":"\#(other)"}"#
        )
        try rehearsal.mock.undelete(account, at: rehearsal.now)
        #expect(rehearsal.mock.record(plants[0])?["Account__c"] == .text(account))
        #expect(rehearsal.mock.record(plants[1])?["Account__c"] == .text(other))
    }

    @Test func `a lookup may forbid that its target goes, or go with it`() throws {
        var settings = Factory.settings()
        settings.customFields += [
            Factory.lookup("Plant__c", "Owner_Contact__c", "Contact", "Held_Plants", .restrict),
            Factory.lookup("Plant__c", "Lead__c", "Lead", "Led_Plants", .cascade),
        ]
        var rehearsal = Rehearsal(settings)
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let contact = try rehearsal.seed("Contact", [("LastName", "A"), ("AccountId", account)])
        let lead = try rehearsal.seed("Lead", [("LastName", "B"), ("Company", "B")])
        let plant = rehearsal.make(
            "Plant__c",
            #"{"Owner_Contact__c":"\#(contact)","Lead__c":"\#(lead)"}"#
        )
        let refused = rehearsal.send(.delete, "/sobjects/Contact/\(contact)")
        #expect(refused.errorCode == "DELETE_FAILED")
        #expect(refused.message.contains(plant.prefix(15)))
        // The account would take the contact along, which must stay.
        let rows = rehearsal.send(.delete, "/composite/sobjects?ids=\(account)")
        #expect(rows.rows == ["DELETE_FAILED"])
        #expect(Self.bin(rehearsal, account) == false)
        #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.delete(contact, at: rehearsal.now)
        }
        #expect(rehearsal.send(.delete, "/sobjects/Lead/\(lead)").status == 204)
        #expect(Self.bin(rehearsal, plant) == true)
        #expect(rehearsal.send(.delete, "/sobjects/Contact/\(contact)").status == 204)
    }

    @Test func `a merge moves lookups to the winner`() throws {
        var rehearsal = Rehearsal(Factory.settings())
        let winner = try rehearsal.seed("Account", [("Name", "Acme")])
        let loser = try rehearsal.seed("Account", [("Name", "Acme Inc")])
        let plant = rehearsal.make("Plant__c", #"{"Account__c":"\#(loser)"}"#)
        try rehearsal.mock.merge(winner: winner, losers: [loser], at: rehearsal.now)
        #expect(rehearsal.mock.record(plant)?["Account__c"] == .text(winner))
    }
}
