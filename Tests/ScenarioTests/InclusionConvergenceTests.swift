import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// People come and go among those who are synced, on both sides, while the process dies again and again.
struct InclusionConvergenceTests {
    private static func rehearsal() async throws -> Rehearsal {
        let stage = try await Rehearsal(
            mapping: Rehearsal.including(
                hubspot: .noneOf(["lead"]),
                salesforce: .noneOf(["Other"])
            )
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// What people read of a record.
    private static func texts(of contact: MockHubSpotRecord) -> [String] {
        ["lastname", "jobtitle", "phone"].map { contact[$0] ?? "" }
    }

    private static func texts(of contact: MockSalesforceRecord) -> [String] {
        ["LastName", "Title", "Phone"].map { contact[$0].text ?? "" }
    }

    /// The pairs of which one record is left out, with what both say.
    private static func resting(_ stage: Rehearsal) async throws -> [String: [[String]]] {
        let contacts = Dictionary(stage.contacts.map { ($0.id, $0) }) { one, _ in one }
        let others = Dictionary(stage.records("Contact").map { ($0.id, $0) }) { one, _ in one }
        var resting: [String: [[String]]] = [:]
        for link in try await stage.store.links(mapping: "contacts", after: 0, limit: 1_000) {
            guard let mine = contacts[link.hubspotID], let theirs = others[link.salesforceID],
                mine["lifecyclestage"] == "lead" || theirs["LeadSource"].text == "Other"
            else { continue }
            resting[link.hubspotID] = [Self.texts(of: mine), Self.texts(of: theirs)]
        }
        return resting
    }

    @Test(arguments: 1...40)
    func `I08, G11: who is left out is not written, and nothing is lost on the way back`(
        seed: Int
    ) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stage = try await Self.rehearsal()
        for number in 0..<16 {
            for _ in 0..<random.below(3) + 1 { try Self.act(on: stage, number, &random) }
            stage.wait(seconds: Int64(random.below(40)) + 5)
            if random.below(3) == 0 {
                stage.kill(after: random.below(20) + 1, losesReply: random.below(2) == 0)
                _ = try? await stage.runner.sync()
                stage.revive()
                try await stage.restart()
                continue
            }
            _ = try await stage.runner.sync()
            guard random.below(3) == 0 else { continue }
            // All that was on its way has come to rest, and what leaves is known: from here on nobody writes.
            for _ in 0..<2 {
                stage.wait(seconds: 1_500)
                _ = try await stage.runner.sync()
            }
            let before = try await Self.resting(stage)
            for (id, texts) in before.sorted(by: { $0.key < $1.key }) where random.below(2) == 0 {
                try stage.hubspotEdits(id, ["jobtitle": "r\(number)\(texts[0][1])"])
            }
            let edited = try await Self.resting(stage)
            for _ in 0..<2 {
                stage.wait()
                _ = try await stage.runner.sync()
            }
            #expect(try await Self.resting(stage) == edited)
        }
        try await Self.end(stage)
    }

    private static func act(
        on stage: Rehearsal,
        _ number: Int,
        _ random: inout SeededRandom
    ) throws {
        let contacts = stage.contacts.map(\.id)
        let others = stage.records("Contact").map(\.id)
        let mine = contacts.isEmpty ? "" : contacts[random.below(contacts.count)]
        let theirs = others.isEmpty ? "" : others[random.below(others.count)]
        switch random.below(9) {
        case 0 where !stage.contacts.contains { $0["email"] == "h\(number)@x.test" }:
            try stage.hubspotCreates([
                "email": "h\(number)@x.test", "lastname": "H\(number)",
                "lifecyclestage": random.below(2) == 0 ? "lead" : "customer",
            ])
        case 1:
            try stage.salesforceCreates(
                "Contact",
                [
                    "LastName": "S\(number)", "Email": "s\(number)@x.test",
                    "LeadSource": random.below(2) == 0 ? "Other" : "Web",
                ]
            )
        case 2 where number > 0:
            // Somebody who is in HubSpot already, perhaps among those who are left out.
            try stage.salesforceCreates(
                "Contact",
                [
                    "LastName": "B\(number)", "Email": "h\(random.below(number))@x.test",
                    "LeadSource": random.below(2) == 0 ? "Other" : "Web",
                ]
            )
        case 3 where !mine.isEmpty:
            try stage.hubspotEdits(mine, ["lifecyclestage": "lead", "phone": "\(number)"])
        case 4 where !mine.isEmpty:
            try stage.hubspotEdits(mine, ["lifecyclestage": "customer", "phone": "\(number)"])
        case 5 where !theirs.isEmpty:
            try stage.salesforceEdits(theirs, ["LeadSource": "Other", "Phone": "s\(number)"])
        case 6 where !theirs.isEmpty:
            try stage.salesforceEdits(theirs, ["LeadSource": "Web"])
        case 7 where !mine.isEmpty:
            try stage.hubspotEdits(mine, ["jobtitle": "h \(number)"])
        case 8 where !theirs.isEmpty:
            try stage.salesforceEdits(theirs, ["Title": "s \(number)"])
        default: return
        }
    }

    /// Everybody is let in, and both sides are alike.
    private static func end(_ stage: Rehearsal) async throws {
        for contact in stage.contacts {
            try stage.hubspotEdits(contact.id, ["lifecyclestage": "evangelist"])
        }
        for contact in stage.records("Contact") {
            try stage.salesforceEdits(contact.id, ["LeadSource": "Partner"])
        }
        for _ in 0..<4 {
            stage.wait(seconds: 1_500)
            _ = try await stage.runner.sync()
        }
        let findings = try await stage.findings()
        let doubtful = Set(
            findings.filter { [.ambiguousMatch, .alreadyLinked].contains($0.code) }
                .flatMap { [$0.hubspotID, $0.salesforceID] + $0.details }.compactMap(\.self)
        )
        let apart = Set(
            findings.filter { [.firstSyncDiverged, .conflict].contains($0.code) }
                .compactMap(\.hubspotID)
        )
        let links = try await stage.store.links(mapping: "contacts", after: 0, limit: 1_000)
        #expect(links.allSatisfy { $0.state == .active })
        let others = Dictionary(stage.records("Contact").map { ($0.id, $0) }) { one, _ in one }
        let pairs = Dictionary(links.map { ($0.hubspotID, $0.salesforceID) }) { one, _ in one }
        for contact in stage.contacts where !doubtful.contains(contact.id) {
            let other = try #require(pairs[contact.id].flatMap { others[$0] })
            guard !apart.contains(contact.id) else { continue }
            #expect(Self.texts(of: contact) == Self.texts(of: other))
        }
        let linked = Set(links.map(\.salesforceID))
        #expect(others.keys.allSatisfy { linked.contains($0) || doubtful.contains($0) })
        #expect(try await stage.openEntries() == 0)
    }
}
