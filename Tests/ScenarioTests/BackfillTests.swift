import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// The first load and match of what exists, and what it costs.
struct BackfillTests {
    /// Fills both CRMs: `matching` people on both sides, some only here, some only there, and
    /// pairs of duplicates in Salesforce.
    private func fill(
        _ rehearsal: Rehearsal,
        matching: Int,
        onlyHubSpot: Int,
        onlySalesforce: Int,
        twins: Int = 0
    ) throws {
        try rehearsal.world.with { state, now in
            let past = now - 86_400_000
            for number in 0..<(matching + onlyHubSpot + twins) {
                try state.hubspot.seed(
                    fields: [
                        ("email", "p\(number)@example.com"), ("firstname", "P"),
                        ("lastname", "N\(number)"),
                        ("phone", number % 3 == 0 ? "+1 \(number)" : ""),
                    ],
                    at: past
                )
            }
            func person(_ email: String, _ number: Int) throws {
                var fields: [MockSalesforceRecord.Field] = [
                    .init("Email", .text(email)), .init("FirstName", .text("P")),
                    .init("LastName", .text("N\(number)")),
                ]
                if number % 2 == 0 { fields.append(.init("Title", .text("T\(number)"))) }
                try state.salesforce.seed(object: "Contact", fields: fields, at: past)
            }
            for number in 0..<matching { try person("P\(number)@example.com", number) }
            for number in 0..<onlySalesforce { try person("s\(number)@example.com", number) }
            for number in 0..<twins {
                let place = matching + onlyHubSpot + number
                try person("p\(place)@example.com", place)
                try person("p\(place)@example.com", place)
            }
        }
    }

    @Test func `S30: what matches is linked, what is missing is created, doubts are findings`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        try self.fill(rehearsal, matching: 60, onlyHubSpot: 25, onlySalesforce: 30, twins: 4)
        rehearsal.wait()
        let summary = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(summary.createdInSalesforce == 25)
        #expect(summary.createdInHubSpot == 30)
        #expect(rehearsal.contacts.count == 119)
        #expect(rehearsal.records("Contact").count == 123)
        let codes = try await rehearsal.findings().map(\.code)
        #expect(codes == [.ambiguousMatch, .ambiguousMatch, .ambiguousMatch, .ambiguousMatch])
        #expect(try await rehearsal.openEntries() == 0)
        self.expectInStep(rehearsal, linked: 115)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    /// Every linked person reads the same on both sides, under two-way.
    private func expectInStep(_ rehearsal: Rehearsal, linked: Int) {
        let people = Dictionary(
            uniqueKeysWithValues: rehearsal.records("Contact").map { ($0.id, $0) }
        )
        var count = 0
        for contact in rehearsal.contacts {
            guard let key = contact["sf_contact_key"], let person = people[key] else { continue }
            count += 1
            #expect(person["HubSpot_Record_ID__c"].text == contact.id)
            #expect(person["Email"].text?.lowercased() == contact["email"])
            #expect(person["LastName"].text == contact["lastname"])
            #expect(person["Title"].text == contact["jobtitle"])
            #expect(person["Phone"].text == contact["phone"])
        }
        #expect(count == linked)
    }

    @Test func `a sync after it writes nothing and comes down to the idle calls`() async throws {
        let rehearsal = try await Rehearsal()
        try self.fill(rehearsal, matching: 250, onlyHubSpot: 50, onlySalesforce: 50)
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        rehearsal.wait()
        try await rehearsal.restart()
        let second = try await rehearsal.runner.sync()
        #expect(second.createdInHubSpot + second.createdInSalesforce == 0)
        #expect(second.updatedInHubSpot + second.updatedInSalesforce == 0)
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        let before = rehearsal.billed
        _ = try await rehearsal.runner.sync()
        let after = rehearsal.billed
        for side in Side.allCases { #expect(after[side] == before[side].map { $0 + 1 }) }
        self.expectInStep(rehearsal, linked: 350)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `a backfill done twice changes nothing`() async throws {
        let rehearsal = try await Rehearsal()
        try self.fill(rehearsal, matching: 20, onlyHubSpot: 5, onlySalesforce: 5, twins: 2)
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        let again = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(again.createdInHubSpot + again.createdInSalesforce == 0)
        #expect(again.updatedInHubSpot + again.updatedInSalesforce == 0)
        #expect(try await rehearsal.findings().count == 2)
    }
}
