import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Several portals on one org: nobody comes back as a second record, whatever may be made in HubSpot.
struct TwoPortalsTests {
    private static let fields = [
        ("firstname", "FirstName"), ("lastname", "LastName"), ("jobtitle", "Title"),
        ("phone", "Phone"),
    ]

    /// Where somebody was first.
    private enum Origin: Int, CaseIterable {
        case firstPortal, secondPortal, bothPortals, contact, lead
    }

    private struct Run {
        var stage: TwoPortals
        var random: SeededRandom
        var made: [(email: String, origin: Origin)] = []

        mutating func make(_ round: Int) throws {
            let origin = Origin.allCases[self.random.below(Origin.allCases.count)]
            let email = "p\(round).\(self.made.count)@example.com"
            self.made.append((email, origin))
            if origin == .firstPortal || origin == .bothPortals {
                try self.stage.portals[0].hubspotCreates(["email": email, "lastname": "Hub"])
            }
            if origin == .secondPortal || origin == .bothPortals {
                try self.stage.portals[1].hubspotCreates(["email": email, "lastname": "Hub"])
            }
            if origin == .contact || origin == .lead {
                let isLead = origin == .lead
                try self.stage.portals[0].salesforceCreates(
                    isLead ? "Lead" : "Contact",
                    isLead
                        ? ["LastName": "Force", "Email": email, "Company": "Acme"]
                        : ["LastName": "Force", "Email": email]
                )
            }
        }

        mutating func edit(_ round: Int) throws {
            let (hubspot, salesforce) = TwoPortalsTests.fields[self.random.below(4)]
            let value = "v\(round).\(self.random.below(1_000))"
            let place = self.random.below(3)
            if place < 2 {
                let contacts = self.stage.portals[place].contacts
                guard !contacts.isEmpty else { return }
                let id = contacts[self.random.below(contacts.count)].id
                try self.stage.portals[place].hubspotEdits(id, [hubspot: value])
            } else {
                let people = self.stage.people.values.flatMap(\.self).sorted { $0.id < $1.id }
                guard !people.isEmpty else { return }
                let id = people[self.random.below(people.count)].id
                try self.stage.portals[0].salesforceEdits(id, [salesforce: value])
            }
        }

        mutating func pass(_ place: Int) async throws {
            let portal = self.stage.portals[place]
            guard self.random.below(4) == 0 else {
                _ = try await portal.runner.sync()
                return
            }
            self.stage.kill(
                place,
                after: self.random.below(9),
                losesReply: self.random.below(2) == 0
            )
            _ = try? await portal.runner.sync()
            self.stage.revive(place)
            try await portal.restart()
        }
    }

    private static func run(_ creating: TwoPortals.Creating, seed: UInt64) async throws -> Run {
        var run = Run(stage: try await TwoPortals(creating), random: SeededRandom(seed: seed))
        try await run.stage.sync()
        for round in 0..<14 {
            for _ in 0..<(1 + run.random.below(3)) { try run.make(round) }
            for _ in 0..<run.random.below(4) { try run.edit(round) }
            run.stage.portals[0].wait(seconds: [1, 5, 30, 130, 700][run.random.below(5)])
            let first = run.random.below(2)
            try await run.pass(first)
            try await run.pass(1 - first)
        }
        for _ in 0..<6 {
            run.stage.portals[0].wait(seconds: 1_000)
            try await run.stage.sync()
        }
        return run
    }

    /// How often somebody is in a portal when all is quiet.
    private static func expected(
        _ origin: Origin,
        in portal: Int,
        _ creating: TwoPortals.Creating
    ) -> Int {
        let isOwn =
            origin == .bothPortals || origin == (portal == 0 ? .firstPortal : .secondPortal)
        switch creating {
        case .all: return 1
        case .contactsOnly: return isOwn || origin != .lead ? 1 : 0
        case .none: return isOwn ? 1 : 0
        }
    }

    @Test(arguments: TwoPortals.Creating.allCases, UInt64(1)...8)
    func `S25, S28: whatever is made where, everybody is there once, and all copies agree`(
        creating: TwoPortals.Creating,
        seed: UInt64
    ) async throws {
        let run = try await Self.run(creating, seed: seed)
        let people = run.stage.people
        #expect(run.made.count > 14)
        for (email, origin) in run.made {
            let them = people[email] ?? []
            #expect(
                them.count == 1,
                "seed \(seed): \(email), \(origin), in Salesforce: \(them.map(\.id))"
            )
            for portal in 0...1 {
                let contacts = run.stage.contacts(portal)[email] ?? []
                #expect(
                    contacts.count == Self.expected(origin, in: portal, creating),
                    "seed \(seed): \(email), \(origin), in portal \(portal)"
                )
                guard let contact = contacts.first, let person = them.first else { continue }
                // Each portal's id is in its own field, whoever made the record.
                #expect(person[TwoPortals.keys[portal]].text == contact.id)
                for (hubspot, salesforce) in Self.fields {
                    #expect(
                        (contact[hubspot] ?? "") == (person[salesforce].text ?? ""),
                        "seed \(seed): \(email), portal \(portal), \(hubspot)"
                    )
                }
            }
        }
        for portal in run.stage.portals {
            #expect(try await portal.openEntries() == 0)
            // Two people may edit one field; nothing else may be wrong.
            let told = try await portal.findings().filter { $0.code != .conflict }.map {
                "\($0.code) \($0.hubspotID ?? "") \($0.salesforceID ?? ""): \($0.details)"
            }
            #expect(told == [], "seed \(seed)")
        }
    }

    @Test(arguments: TwoPortals.Creating.allCases)
    func `S28: when all is quiet neither portal's engine writes any more`(
        creating: TwoPortals.Creating
    ) async throws {
        let run = try await Self.run(creating, seed: 77)
        let before = try await Self.writes(run.stage)
        for _ in 0..<3 {
            run.stage.portals[0].wait(seconds: 600)
            try await run.stage.sync()
        }
        #expect(try await Self.writes(run.stage) == before)
    }

    private static func writes(_ stage: TwoPortals) async throws -> Int {
        var count = 0
        for portal in stage.portals {
            count += try await portal.store.calls(since: 0).filter { $0.purpose == "write" }
                .reduce(0) { $0 + $1.calls }
        }
        return count
    }

    @Test func `S25: an edit in one portal reaches the org and the other portal`() async throws {
        let stage = try await TwoPortals(.all)
        try await stage.sync()
        let id = try stage.portals[0].hubspotCreates(["email": "a@x.test", "lastname": "A"])
        for _ in 0..<2 {
            stage.portals[0].wait()
            try await stage.sync()
        }
        try stage.portals[0].hubspotEdits(id, ["jobtitle": "CEO"])
        stage.portals[0].wait()
        try await stage.sync()
        #expect(stage.people["a@x.test"]?.first?["Title"].text == "CEO")
        #expect(stage.contacts(1)["a@x.test"]?.first?["jobtitle"] == "CEO")
    }

    // MARK: - Creates that were left

    /// Dies after so many requests, with the last reply or without it.
    @Test(arguments: 0..<9, [false, true])
    func `S28: a create that a death left is looked for anew before it goes`(
        requests: Int,
        losesReply: Bool
    ) async throws {
        let stage = try await TwoPortals(.all)
        try await stage.sync()
        for portal in stage.portals {
            try portal.hubspotCreates(["email": "a@x.test", "lastname": "A"])
        }
        stage.portals[0].wait()
        stage.kill(0, after: requests, losesReply: losesReply)
        _ = try? await stage.portals[0].runner.sync()
        stage.revive(0)
        try await stage.portals[0].restart()
        _ = try await stage.portals[1].runner.sync()
        for _ in 0..<2 {
            stage.portals[0].wait()
            try await stage.sync()
        }
        #expect(stage.people["a@x.test"]?.count == 1)
        for portal in 0...1 { #expect(stage.contacts(portal)["a@x.test"]?.count == 1) }
    }

    @Test func `a create that Salesforce could not take is looked for anew before it goes`()
        async throws
    {
        let stage = try await Rehearsal()
        _ = try await stage.runner.sync()
        let id = try stage.hubspotCreates(["email": "a@x.test", "lastname": "A"])
        stage.wait()
        // Writes are refused for a while, reads are not.
        stage.answers { request in
            let isWrite = String(decoding: request.body, as: UTF8.self).contains("allOrNone")
            return isWrite ? HTTPResponse(status: 503) : nil
        }
        _ = try? await stage.runner.sync()
        #expect(try await stage.openEntries() == 1)
        let made = try stage.salesforceCreates(
            "Contact",
            ["LastName": "A", "Email": "a@x.test"]
        )
        stage.answers(nil)
        for _ in 0..<3 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.records("Contact").map(\.id) == [made])
        #expect(stage.hubspot(id, "sf_contact_key") == made)
    }

    @Test func `a create that a pause holds costs no call, and is looked for anew at its end`()
        async throws
    {
        let pauses = Locked(Pauses())
        var settings = RuntimeSettings()
        settings.pauses = { pauses.withLock { $0 } }
        let stage = try await Rehearsal(settings: settings)
        _ = try await stage.runner.sync()
        let id = try stage.hubspotCreates(["email": "a@x.test", "lastname": "A"])
        stage.wait()
        let now = stage.time.wallMilliseconds
        pauses.withLock {
            $0.begin(Pause(mapping: "contacts", since: now, until: nil, reason: nil))
        }
        for _ in 0..<2 {
            _ = try await stage.runner.sync()
            stage.wait()
        }
        #expect(try await stage.openEntries() == 1)
        let billed = stage.billed
        for _ in 0..<3 {
            _ = try await stage.runner.sync()
            stage.wait()
        }
        for side in Side.allCases {
            #expect((stage.billed[side] ?? 0) - (billed[side] ?? 0) == 3, "\(side)")
        }
        // Just before it may go somebody makes the same person, whom no feed shows yet.
        let made = try stage.salesforceCreates("Contact", ["LastName": "A", "Email": "a@x.test"])
        _ = pauses.withLock { $0.end("contacts", at: stage.time.wallMilliseconds) }
        for _ in 0..<3 {
            _ = try await stage.runner.sync()
            stage.wait()
        }
        #expect(stage.records("Contact").map(\.id) == [made])
        #expect(stage.hubspot(id, "sf_contact_key") == made)
    }
}
