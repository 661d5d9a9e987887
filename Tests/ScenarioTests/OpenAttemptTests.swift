import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A clear whose request may still arrive, while what it was decided from is no more (architecture 5.8).
struct OpenAttemptTests {
    /// A contact whose company people take away in HubSpot; the write of it to Salesforce is lost on its way.
    private struct Lost {
        var stage: Rehearsal
        var contact: String
        var person: String
        var acme: String
        var bolt: String
        /// Salesforce's.
        var accounts: [String: String]
        var request: HTTPRequest
    }

    private static func lost() async throws -> Lost {
        let stage = try await Rehearsal.everything()
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let bolt = try stage.hubspotCreates("companies", ["name": "Bolt"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: acme)
        for _ in 0..<2 { try await stage.plays() }
        let person = try #require(stage.records("Contact").first).id
        let accounts = Dictionary(stage.records("Account").map { ($0["Name"].text ?? "", $0.id) }) {
            one,
            _ in one
        }
        #expect(stage.salesforce(person, "AccountId") == accounts["Acme"])
        try stage.unties(contact, of: "contacts", from: acme, of: "companies")
        try stage.hubspotEdits(contact, ["phone": "1"])
        let first = Locked<HTTPRequest?>(nil)
        stage.answers { request in
            let body = String(decoding: request.body, as: UTF8.self)
            let isWrite = request.method == .patch || body.contains("PATCH")
            if isWrite, body.contains("AccountId") {
                first.withLock { $0 = $0 ?? request }
            }
            return nil
        }
        stage.world.with { state, _ in state.salesforce.faults.dropBeforeCommitEveryNthWrite = 1 }
        try await stage.plays()
        stage.world.with { state, _ in state.salesforce.faults.dropBeforeCommitEveryNthWrite = nil }
        stage.answers(nil)
        #expect(try await stage.openEntries() == 1)
        return Lost(
            stage: stage,
            contact: contact,
            person: person,
            acme: acme,
            bolt: bolt,
            accounts: accounts,
            request: try #require(first.withLock { $0 })
        )
    }

    @Test func `a company that is gone ends no clear that may still arrive`() async throws {
        let lost = try await Self.lost()
        let stage = lost.stage
        try stage.world.with { state, now in
            try state.hubspot.archive(lost.acme, object: "companies", at: now)
        }
        try stage.ties(lost.contact, to: lost.bolt)
        try stage.hubspotEdits(lost.contact, ["phone": "2"])
        stage.wait(seconds: 60)
        _ = try await stage.runner.sync()
        // Another write of the record waits for the one that may arrive.
        #expect(stage.salesforce(lost.person, "AccountId") == lost.accounts["Acme"])
        #expect(try await stage.openEntries() == 1)
        try stage.arrives(lost.request)
        #expect(stage.salesforce(lost.person, "AccountId") == "")
        for _ in 0..<3 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.salesforce(lost.person, "AccountId") == lost.accounts["Bolt"])
        #expect(stage.company(of: lost.contact) == lost.bolt)
        #expect(stage.salesforce(lost.person, "Phone") == "2")
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a company that is named again ends no clear that may still arrive`()
        async throws
    {
        let lost = try await Self.lost()
        let stage = lost.stage
        try stage.ties(lost.contact, to: lost.acme)
        stage.wait(seconds: 60)
        _ = try await stage.runner.sync()
        #expect(try await stage.openEntries() == 1)
        try stage.arrives(lost.request)
        for _ in 0..<3 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.company(of: lost.contact) == lost.acme)
        #expect(stage.salesforce(lost.person, "AccountId") == lost.accounts["Acme"])
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a clear that never arrived is taken back once it cannot any more`()
        async throws
    {
        let lost = try await Self.lost()
        let stage = lost.stage
        try stage.ties(lost.contact, to: lost.acme)
        stage.wait(seconds: 60)
        for _ in 0..<4 {
            _ = try await stage.runner.sync()
            stage.wait(seconds: 700)
        }
        #expect(stage.company(of: lost.contact) == lost.acme)
        #expect(stage.salesforce(lost.person, "AccountId") == lost.accounts["Acme"])
        #expect(stage.salesforce(lost.person, "Phone") == "1")
        #expect(try await stage.openEntries() == 0)
    }
}
