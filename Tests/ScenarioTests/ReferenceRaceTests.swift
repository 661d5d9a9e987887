import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Companies and their people made, tied and moved on both sides in any order, with crashes in between.
struct ReferenceRaceTests {
    /// Everything that people have made, and how often what.
    private struct Crowd {
        let stage: Rehearsal
        var random: SeededRandom
        var companies: [String] = []
        var accounts: [String] = []
        var contacts: [String] = []
        var persons: [String] = []
        var made = 0

        init(_ stage: Rehearsal, seed: UInt64) {
            self.stage = stage
            self.random = SeededRandom(seed: seed)
        }

        mutating func pick(_ ids: [String]) -> String? {
            ids.isEmpty ? nil : ids[self.random.below(ids.count)]
        }

        mutating func act() throws {
            self.made += 1
            switch self.random.below(8) {
            case 0:
                let name = "Firm \(self.made)"
                self.companies.append(try self.stage.hubspotCreates("companies", ["name": name]))
            case 1:
                let name = "Firm \(self.made)"
                self.accounts.append(try self.stage.salesforceCreates("Account", ["Name": name]))
            case 2, 3: try self.makeContact()
            case 4, 5: try self.makePerson()
            case 6: try self.moveContact()
            default: try self.movePerson()
            }
        }

        private mutating func makeContact() throws {
            let email = "p\(self.made)@example.com"
            let id = try self.stage.hubspotCreates(["email": email, "lastname": "P\(self.made)"])
            self.contacts.append(id)
            let all = self.stage.hubspotRecords("companies").map(\.id)
            if let company = self.pick(all) { try self.stage.ties(id, to: company) }
        }

        private mutating func makePerson() throws {
            let email = "p\(self.made)@example.com"
            let account = self.pick(self.stage.records("Account").map(\.id))
            let id = try self.stage.world.with { state, now in
                try state.salesforce.create(
                    object: "Contact",
                    fields: [
                        .init("LastName", .text("P\(self.made)")), .init("Email", .text(email)),
                        .init("AccountId", account.map { .text($0) } ?? .null),
                    ],
                    at: now
                )
            }
            self.persons.append(id)
        }

        private mutating func moveContact() throws {
            let all = self.stage.contacts.map(\.id)
            guard let id = self.pick(all),
                let company = self.pick(self.stage.hubspotRecords("companies").map(\.id))
            else { return }
            try self.stage.ties(id, to: company)
            // HubSpot moves no stamp for a tie; the edit beside it does.
            try self.stage.hubspotEdits(id, ["jobtitle": "T\(self.made)"])
        }

        private mutating func movePerson() throws {
            guard let id = self.pick(self.stage.records("Contact").map(\.id)),
                let account = self.pick(self.stage.records("Account").map(\.id))
            else { return }
            try self.stage.salesforceEdits(id, ["AccountId": account])
        }
    }

    @Test(arguments: UInt64(1)...24)
    func `whatever comes first and whatever dies, people end up with their company`(
        seed: UInt64
    ) async throws {
        let stage = try await Rehearsal.everything()
        var crowd = Crowd(stage, seed: seed)
        for _ in 0..<12 {
            for _ in 0...crowd.random.below(5) { try crowd.act() }
            stage.wait(seconds: Int64(crowd.random.below(20)))
            if crowd.random.below(3) == 0 {
                stage.kill(after: crowd.random.below(12), losesReply: crowd.random.below(2) == 0)
                _ = try? await stage.runner.sync()
                stage.revive()
                try await stage.restart()
            } else {
                _ = try await stage.runner.sync()
            }
        }
        for _ in 0..<4 {
            stage.wait(seconds: 1_200)
            _ = try await stage.runner.sync()
        }
        try await Self.check(stage, crowd)
    }

    private static func check(_ stage: Rehearsal, _ crowd: Crowd) async throws {
        let companies = stage.hubspotRecords("companies")
        let people = stage.contacts
        #expect(companies.count == crowd.companies.count + crowd.accounts.count)
        #expect(stage.records("Account").count == companies.count)
        #expect(people.count == crowd.contacts.count + crowd.persons.count)
        #expect(stage.records("Contact").count == people.count)
        let accounts = Dictionary(companies.map { ($0.id, $0["sf_account_key"]) }) { one, _ in one }
        for contact in people {
            let person = try #require(contact["sf_contact_key"])
            let company = stage.company(of: contact.id)
            let account = stage.salesforce(person, "AccountId")
            #expect(
                company.flatMap { accounts[$0] ?? nil } ?? "" == account,
                "contact \(contact.id) has company \(company ?? "none"), \(person) account \(account)"
            )
        }
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
        #expect(try await stage.ledger() == stage.billed)
    }
}
