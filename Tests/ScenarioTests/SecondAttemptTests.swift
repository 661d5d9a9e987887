import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Writes that go again, or late: no look may be older than it seems (architecture 5.7 and 5.8).
struct SecondAttemptTests {
    /// What the world does between the requests of a run.
    private enum Act { case beforeTheLook, hidden, over }

    /// Found by the simulator (swarm 9967): a create that was stored without a reply and hidden while
    /// it was looked for went again as an upsert, over what a person wrote since.
    @Test(arguments: Side.allCases)
    func `a create that goes again never writes over a record that is there`(
        target: Side
    )
        async throws
    {
        let turn = Locked<(@Sendable (HTTPRequest) -> Void)?>(nil)
        let rehearsal = try await Rehearsal(
            rule: .twoWay,
            before: { request in turn.withLock { $0 }?(request) }
        )
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        let source = try self.create(on: target.other, rehearsal)
        rehearsal.wait()
        self.loseReplies(true, target, rehearsal.world)
        let (world, act) = (rehearsal.world, Locked(Act.beforeTheLook))
        turn.withLock {
            $0 = { request in
                let isWrite = Self.isWrite(request)
                switch act.withLock({ $0 }) {
                case .beforeTheLook where !isWrite:
                    guard let id = Self.made(target, world) else { return }
                    Self.setVisible(false, id, target, world)
                    act.withLock { $0 = .hidden }
                case .hidden where isWrite:
                    guard let id = Self.made(target, world) else { return }
                    Self.setVisible(true, id, target, world)
                    Self.edit(id, target, world)
                    act.withLock { $0 = .over }
                default: return
                }
            }
        }
        _ = try await rehearsal.runner.sync()
        self.loseReplies(false, target, rehearsal.world)
        for _ in 0..<4 {
            rehearsal.wait(seconds: 700)
            _ = try await rehearsal.runner.sync()
        }
        #expect(act.withLock { $0 } == .over, "it was not hidden or did not go again")
        let made = try #require(Self.made(target, world))
        let (hubspot, salesforce) = target == .hubspot ? (made, source) : (source, made)
        #expect(rehearsal.hubspot(hubspot, "jobtitle") == "Edited by a person")
        #expect(rehearsal.salesforce(salesforce, "Title") == "Edited by a person")
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    /// The guard read of contacts had a slow successor, for leads: its own age was forgotten.
    @Test func `a guard read of several calls is as old as its first`() async throws {
        let turn = Locked<(@Sendable (HTTPRequest) -> Void)?>(nil)
        let rehearsal = try await Rehearsal(
            rule: .twoWay,
            before: { request in turn.withLock { $0 }?(request) }
        )
        _ = try await rehearsal.runner.sync()
        let contact = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Lovelace", "Email": "ada@example.com", "Title": "Analyst"]
        )
        let lead = try rehearsal.salesforceCreates(
            "Lead",
            ["LastName": "Hopper", "Company": "Navy", "Email": "grace@example.com"]
        )
        for _ in 0..<3 {
            rehearsal.wait(seconds: 700)
            _ = try await rehearsal.runner.sync()
        }
        for made in rehearsal.contacts {
            try rehearsal.hubspotEdits(made.id, ["jobtitle": "Countess"])
        }
        rehearsal.wait()
        let (world, time, reads) = (rehearsal.world, rehearsal.time, Locked(0))
        turn.withLock {
            $0 = { request in
                guard request.url.hasSuffix("/composite/sobjects/Lead"),
                    reads.withLock({
                        $0 += 1; return $0
                    }) == 1
                else { return }
                time.advance(milliseconds: 10_000)
                Self.edit(contact, .salesforce, world)
            }
        }
        for _ in 0..<4 {
            _ = try await rehearsal.runner.sync()
            rehearsal.wait(seconds: 700)
        }
        #expect(reads.withLock { $0 } > 1, "the guard was not repeated")
        #expect(rehearsal.salesforce(contact, "Title") == "Edited by a person")
        #expect(rehearsal.salesforce(lead, "Title") == "Countess")
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    // MARK: - The world

    private func create(on side: Side, _ rehearsal: Rehearsal) throws -> String {
        switch side {
        case .hubspot:
            try rehearsal.hubspotCreates([
                "email": "ada@example.com", "lastname": "Lovelace", "jobtitle": "Analyst",
            ])
        case .salesforce:
            try rehearsal.salesforceCreates(
                "Contact",
                ["Email": "ada@example.com", "LastName": "Lovelace", "Title": "Analyst"]
            )
        }
    }

    private func loseReplies(_ loses: Bool, _ side: Side, _ world: MockWorld) {
        world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.faults.rules =
                    loses ? [.init(.dropAfterCommit, every: 1, of: .writes)] : []
            case .salesforce:
                state.salesforce.faults.dropAfterCommitEveryNthWrite = loses ? 1 : nil
            }
        }
    }

    private static func isWrite(_ request: HTTPRequest) -> Bool {
        guard request.url.hasSuffix("/composite") else {
            return request.url.hasSuffix("/batch/create")
        }
        return String(decoding: request.body, as: UTF8.self).contains("\"records\":[")
    }

    private static func made(_ side: Side, _ world: MockWorld) -> String? {
        world.with { state, _ in
            side == .hubspot
                ? state.hubspot.export(object: "contacts").first?.id
                : state.salesforce.export(object: "Contact").first?.id
        }
    }

    private static func setVisible(
        _ isVisible: Bool,
        _ id: String,
        _ side: Side,
        _ world: MockWorld
    ) {
        world.with { state, _ in
            switch side {
            case .hubspot: try? state.hubspot.setVisible(id, isVisible)
            case .salesforce: try? state.salesforce.setVisible(id, isVisible)
            }
        }
    }

    private static func edit(_ id: String, _ side: Side, _ world: MockWorld) {
        let text = "Edited by a person"
        world.with { state, now in
            switch side {
            case .hubspot: try? state.hubspot.edit(id, fields: [("jobtitle", text)], at: now)
            case .salesforce:
                try? state.salesforce.edit(id, fields: [.init("Title", .text(text))], at: now)
            }
        }
    }
}
