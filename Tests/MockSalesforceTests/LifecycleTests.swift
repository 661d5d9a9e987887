import HTTPTransport
import MockSalesforce
import Testing

@Suite struct LifecycleTests {
    private static let everything = "SELECT LastName FROM Contact ORDER BY Id"

    @Test func `a new lead has the first status and its author as owner`() {
        var rehearsal = Rehearsal()
        _ = rehearsal.send(.post, "/sobjects/Lead", #"{"LastName":"A","Company":"Acme"}"#)
        let lead = rehearsal.mock.export(object: "Lead").first
        #expect(lead?["Status"] == .text("Open - Not Contacted"))
        #expect(lead?["OwnerId"] == .text(MockSalesforceCredential.standard.userID))
        #expect(lead?["IsConverted"] == .boolean(false))
    }

    @Test func `a record seeded with an older stamp is found by a poll since then`() throws {
        var rehearsal = Rehearsal()
        _ = try rehearsal.seed("Contact", [("LastName", "A")])
        _ = try rehearsal.seed(
            "Contact",
            [("LastName", "B"), ("SystemModstamp", "2026-01-05T00:00:00Z")]
        )
        let since = "SELECT LastName FROM Contact WHERE SystemModstamp >= 2026-01-05T00:00:00Z"
        #expect(rehearsal.column("LastName", since + " ORDER BY SystemModstamp") == ["B", "A"])
        let later = "SELECT LastName FROM Contact WHERE SystemModstamp > 2026-01-05T00:00:00Z"
        #expect(rehearsal.column("LastName", later) == ["A"])
    }

    @Test func `a soft delete shows in queryAll with its stamp until the bin is emptied`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "A")])
        rehearsal.now += 2000
        try rehearsal.mock.delete(id, at: rehearsal.now)
        #expect(rehearsal.column("LastName", Self.everything).isEmpty)
        let all = "SELECT IsDeleted, SystemModstamp FROM Contact"
        #expect(rehearsal.column("IsDeleted", all, all: true) == ["true"])
        #expect(
            rehearsal.column("SystemModstamp", all, all: true) == ["2026-09-21T14:13:22.000+0000"]
        )
        rehearsal.now += 15 * 86_400_000
        #expect(rehearsal.column("IsDeleted", all, all: true).isEmpty)
    }

    @Test func `an account takes its contacts to the bin and back`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        _ = try rehearsal.seed("Contact", [("LastName", "A"), ("AccountId", account)])
        try rehearsal.mock.delete(account, at: rehearsal.now)
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
        try rehearsal.mock.undelete(account, at: rehearsal.now)
        #expect(rehearsal.mock.export(object: "Contact").count == 1)
    }

    @Test func `a record stays in the bin while another has its unique value`() throws {
        var settings = MockSalesforceSettings()
        settings.customFields.append(
            MockSalesforceCustomField(
                object: "Contact",
                name: "Key__c",
                label: "Key",
                isExternalID: true,
                isUnique: true
            )
        )
        var rehearsal = Rehearsal(settings)
        let first = try rehearsal.seed("Contact", [("LastName", "A"), ("Key__c", "77")])
        try rehearsal.mock.delete(first, at: rehearsal.now)
        let second = try rehearsal.seed("Contact", [("LastName", "B"), ("Key__c", "77")])
        let refusal = #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.undelete(first, at: rehearsal.now)
        }
        #expect(refusal?.code == "DUPLICATE_VALUE")
        #expect(rehearsal.mock.record(first)?.isDeleted == true)
        try rehearsal.mock.delete(second, at: rehearsal.now)
        try rehearsal.mock.undelete(first, at: rehearsal.now)
        #expect(rehearsal.mock.record(first)?.isDeleted == false)
    }

    @Test func `a merge deletes the loser with its master and moves its children`() throws {
        var rehearsal = Rehearsal()
        let winner = try rehearsal.seed("Account", [("Name", "Acme")])
        let loser = try rehearsal.seed("Account", [("Name", "Acme Inc")])
        let contact = try rehearsal.seed("Contact", [("LastName", "A"), ("AccountId", loser)])
        rehearsal.now += 1000
        try rehearsal.mock.merge(
            winner: winner,
            losers: [loser],
            fields: [.init("Phone", .text("1"))],
            at: rehearsal.now
        )
        #expect(rehearsal.mock.record(loser)?.isDeleted == true)
        #expect(rehearsal.mock.record(loser)?["MasterRecordId"] == .text(winner))
        #expect(rehearsal.mock.record(winner)?["Phone"] == .text("1"))
        #expect(rehearsal.mock.record(contact)?["AccountId"] == .text(winner))
        #expect(rehearsal.mock.record(contact)?["SystemModstamp"] == .datetime(rehearsal.now))
        #expect(rehearsal.mock.calls.isEmpty)
    }

    @Test func `a converted lead stays and names what it became`() throws {
        var rehearsal = Rehearsal()
        let lead = try rehearsal.seed(
            "Lead",
            [("LastName", "A"), ("Company", "Acme"), ("Email", "a@x.invalid")]
        )
        let made = try rehearsal.mock.convert(lead: lead, at: rehearsal.now)
        let record = rehearsal.mock.record(lead)
        #expect(record?.isDeleted == false)
        #expect(record?["IsConverted"] == .boolean(true))
        #expect(record?["ConvertedDate"] == .text("2026-09-21"))
        #expect(record?["ConvertedContactId"] == .text(made.contactID))
        #expect(rehearsal.mock.record(made.contactID)?["Email"] == .text("a@x.invalid"))
        #expect(rehearsal.mock.record(made.accountID)?["Name"] == .text("Acme"))
    }

    /// Apex guide, `Database.LeadConvert.setOwnerId`; the text stands in clients' sources.
    @Test func `a lead of a queue is converted to a person's records only`() throws {
        var settings = Factory.settings()
        settings.queues = [MockSalesforceQueue(name: "Web leads")]
        var rehearsal = Rehearsal(settings)
        let lead = try rehearsal.seed(
            "Lead",
            [("LastName", "A"), ("Company", "Acme"), ("OwnerId", MockSalesforceQueue.id(0))]
        )
        let before = rehearsal.mock.changes.count
        #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.convert(lead: lead, at: rehearsal.now)
        }
        #expect(rehearsal.mock.changes.count == before, "nothing is left behind")
        let seller = MockSalesforceUser.standard[1].id
        let made = try rehearsal.mock.convert(
            lead: lead,
            opportunityName: "Deal",
            ownerID: seller,
            at: rehearsal.now
        )
        for id in [made.accountID, made.contactID, made.opportunityID ?? ""] {
            #expect(rehearsal.mock.record(id)?["OwnerId"] == .text(seller))
        }
    }

    @Test func `a late commit keeps the stamp of its write`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "A")])
        rehearsal.now += 10_000
        try rehearsal.mock.edit(
            id,
            fields: [.init("LastName", .text("B"))],
            at: rehearsal.now,
            commitDelay: 60_000
        )
        try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("N"))],
            at: rehearsal.now,
            commitDelay: 60_000
        )
        rehearsal.now += 59_999
        #expect(rehearsal.column("LastName", Self.everything) == ["A"])
        rehearsal.now += 1
        #expect(rehearsal.column("LastName", Self.everything) == ["B", "N"])
        let since = "SELECT LastName FROM Contact WHERE SystemModstamp = 2026-09-21T14:13:30Z"
        #expect(rehearsal.column("LastName", since) == ["B", "N"])
    }

    @Test func `hidden and hard-deleted records are in no query`() throws {
        var rehearsal = Rehearsal()
        let hidden = try rehearsal.seed("Contact", [("LastName", "A")])
        let gone = try rehearsal.seed("Contact", [("LastName", "B")])
        try rehearsal.mock.setVisible(hidden, false)
        try rehearsal.mock.hardDelete(gone, at: rehearsal.now)
        #expect(rehearsal.column("LastName", Self.everything, all: true).isEmpty)
        try rehearsal.mock.setVisible(hidden, true)
        #expect(rehearsal.column("LastName", Self.everything) == ["A"])
    }

    @Test func `the history has every version with its author and its changed fields`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "A")])
        let seller = MockSalesforceUser.standard[1].id
        rehearsal.now += 1000
        try rehearsal.mock.edit(
            id,
            fields: [.init("Title", .text("CEO"))],
            at: rehearsal.now,
            author: seller
        )
        _ = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Title":"CFO"}"#)
        let history = rehearsal.mock.history(of: id)
        #expect(history.map(\.kind) == [.seed, .update, .update])
        #expect(history.map(\.isRest) == [false, false, true])
        #expect(history[1].author == seller)
        #expect(history[2].author == MockSalesforceCredential.standard.userID)
        #expect(history[2].fields.map(\.name) == ["Title"])
        #expect(history[2].fields.map(\.before) == [.text("CEO")])
        #expect(history[2].fields.map(\.after) == [.text("CFO")])
    }
}
