import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Whatever people do to the ties of both CRMs, and whenever the process dies: both agree in the end.
struct RelationConvergenceTests {
    private static let roles = ["Decision Maker", "Influencer", ""]
    private static let labels = ["Decision Maker": "Decider", "Influencer": "Influencer"]

    private static func rehearsal() async throws -> Rehearsal {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        return try await Rehearsal.casting(settings: settings)
    }

    private static func act(
        on stage: Rehearsal,
        _ number: Int,
        _ random: inout SeededRandom
    ) throws {
        func one(_ ids: [String]) -> String? { ids.isEmpty ? nil : ids[random.below(ids.count)] }
        let contact = one(stage.contacts.map(\.id))
        let deal = one(stage.hubspotRecords("deals").map(\.id))
        let person = one(stage.records("Contact").map(\.id))
        let opportunity = one(stage.records("Opportunity").map(\.id))
        let cast = stage.records("OpportunityContactRole")
        let role = Self.roles[random.below(3)]
        switch random.below(12) {
        case 0 where stage.contacts.count < 5:
            try stage.hubspotCreates(["email": "h\(number)@x.test", "lastname": "H\(number)"])
        case 1:
            try stage.salesforceCreates(
                "Contact",
                ["LastName": "S\(number)", "Email": "s\(number)@x.test"]
            )
        case 2:
            try stage.hubspotCreates(
                "deals",
                [
                    "dealname": "D\(number)", "pipeline": "default",
                    "dealstage": "qualifiedtobuy", "closedate": "1793491200000",
                ]
            )
        case 3:
            try stage.salesforceCreates(
                "Opportunity",
                [
                    "Name": "O\(number)", "StageName": "Qualification",
                    "CloseDate": "2026-12-01",
                ]
            )
        case 4, 5:
            guard let contact, let deal else { return }
            if let label = Self.labels[role] { return try stage.labels(deal, contact, label) }
            try stage.ties(deal, of: "deals", to: contact, of: "contacts")
        case 6, 7:
            guard let person, let opportunity,
                !cast.contains(where: {
                    $0["OpportunityId"].text == opportunity && $0["ContactId"].text == person
                })
            else { return }
            try stage.casts(person, in: opportunity, as: role)
        case 8:
            guard let contact, let deal else { return }
            try stage.unties(deal, of: "deals", from: contact, of: "contacts")
        case 9:
            if let id = one(cast.map(\.id)) { try stage.uncasts(id) }
        case 10:
            // Nobody makes two records of one tie say the same.
            let alone = cast.filter { row in
                cast.count {
                    $0["OpportunityId"] == row["OpportunityId"]
                        && $0["ContactId"] == row["ContactId"]
                } == 1
            }
            if let id = one(alone.map(\.id)) { try stage.salesforceEdits(id, ["Role": role]) }
        default:
            guard let deal else { return }
            try stage.hubspotEdits(deal, of: "deals", ["dealname": "R\(number)"])
        }
    }

    @Test(arguments: 1...60)
    func `D07: both sides agree after any storm, and one tie is one record`(
        seed: Int
    ) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stage = try await Self.rehearsal()
        for number in 0..<24 {
            for step in 0..<random.below(3) + 1 {
                try Self.act(on: stage, number * 10 + step, &random)
            }
            stage.wait(seconds: Int64(random.below(2_000)) + 5)
            if random.below(3) == 0 {
                stage.kill(after: random.below(20) + 1, losesReply: random.below(2) == 0)
                _ = try? await stage.runner.sync()
                stage.revive()
                try await stage.restart()
                continue
            }
            _ = try await stage.runner.sync()
        }
        for _ in 0..<4 {
            stage.wait(seconds: 90_000)
            _ = try await stage.runner.sync()
        }
        try await Self.agree(stage)
    }

    private static func agree(_ stage: Rehearsal) async throws {
        let deals = try await stage.store.links(mapping: "deals", after: 0, limit: 1_000)
        let contacts = try await stage.store.links(mapping: "contacts", after: 0, limit: 1_000)
        let people = Dictionary(contacts.map { ($0.salesforceID, $0.hubspotID) }) { one, _ in one }
        #expect(!deals.isEmpty)
        for deal in deals {
            var cast: [String: [String]] = [:]
            for row in stage.records("OpportunityContactRole")
            where row["OpportunityId"].text == deal.salesforceID {
                let person = try #require(people[row["ContactId"].text ?? ""])
                cast[person, default: []].append(row["Role"].text ?? "")
            }
            let there = cast.map { person, roles in
                let labels = roles.compactMap { Self.labels[$0] }.sorted()
                return "\(person): \(labels.joined(separator: ", "))"
            }
            #expect(try stage.tiedContacts(deal.hubspotID) == there.sorted())
            // One record for each role; one without a role only where that is all.
            for roles in cast.values {
                #expect(Set(roles).count == roles.count)
                #expect(roles.count == 1 || !roles.contains(""))
            }
        }
        #expect(try await stage.findings().isEmpty)
        let before = try await stage.ledger()
        try await stage.plays()
        let after = try await stage.ledger()
        #expect((after[.salesforce] ?? 0) - (before[.salesforce] ?? 0) == 1)
    }
}
