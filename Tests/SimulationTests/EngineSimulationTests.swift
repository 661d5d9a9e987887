import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// The engine as a daemon while people edit both sides at any moment and messages get lost.
struct EngineSimulationTests {
    struct Result: Sendable {
        var problems: [String]
        var trace: UInt64
        var jobs: Int
        var openEntries: Int
        var people: Int
        var lostCalls: Int
    }

    /// An hour of edits in bad weather, then calm until everything must be settled.
    private static func run(_ seed: UInt64) throws -> Result {
        let pair = try SimulatedPair(seed: seed)
        try pair.executor.run {
            let runner = try await pair.runner()
            try await runner.start()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await runner.run() }
                try? await Self.people(pair, seed)
                pair.weather.withLock { $0 = .calm }
                try? await pair.time.sleep(milliseconds: 4_000_000)
                group.cancelAll()
            }
        }
        let executor = SimulationExecutor(seed: 0)
        let (open, lost) = try executor.run {
            let open = try await pair.store.outboxCounts().reduce(0) { $0 + $1.count }
            let unknown = try await pair.store.calls(since: 0).filter { $0.outcome == .unknown }
            return (open, unknown.reduce(0) { $0 + $1.calls })
        }
        return Result(
            problems: pair.problems(),
            trace: pair.executor.trace,
            jobs: pair.executor.jobs,
            openEntries: open,
            people: pair.world.with { state, _ in state.salesforce.export(object: "Contact").count
            },
            lostCalls: lost
        )
    }

    private static func people(_ pair: SimulatedPair, _ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed &* 31)
        pair.weather.withLock {
            $0 = .init(latencyMax: 2_000, lostRequestsPercent: 5, lostRepliesPercent: 5)
        }
        for number in 0..<60 {
            try await pair.time.sleep(milliseconds: Int64(random.below(60_000)))
            let isNew = number < 4 || random.happens(percent: 10)
            let isHubSpot = random.happens(percent: 50)
            let (hubspot, salesforce) = random.pick(SimulatedPair.fields)
            let value = "v\(random.below(9))"
            let choice = random.below(1_000)
            try pair.world.with { state, now in
                let linked = state.hubspot.export(object: "contacts").filter {
                    $0["sf_contact_key"] != nil
                }
                if isNew || linked.isEmpty {
                    let email = "p\(number)@example.com"
                    if isHubSpot {
                        _ = try state.hubspot.create(
                            fields: [("email", email), ("lastname", "New")],
                            at: now
                        )
                    } else {
                        _ = try state.salesforce.create(
                            object: "Contact",
                            fields: [
                                .init("Email", .text(email)), .init("LastName", .text("New")),
                            ],
                            at: now
                        )
                    }
                    return
                }
                let contact = linked[choice % linked.count]
                if isHubSpot {
                    try state.hubspot.edit(contact.id, fields: [(hubspot, value)], at: now)
                } else if let key = contact["sf_contact_key"] {
                    let field = MockSalesforceRecord.Field(salesforce, .text(value))
                    try state.salesforce.edit(key, fields: [field], at: now)
                }
            }
        }
    }

    @Test func `one seed is one run, to the last job`() throws {
        let first = try Self.run(3)
        let again = try Self.run(3)
        #expect(first.trace == again.trace)
        #expect(first.jobs == again.jobs)
        #expect(first.jobs > 1_000)
    }

    @Test(arguments: UInt64(1)...8)
    func `both sides agree when the weather has cleared`(seed: UInt64) throws {
        let result = try Self.run(seed)
        #expect(result.problems.isEmpty, "seed \(seed): \(result.problems)")
        #expect(result.openEntries == 0, "seed \(seed)")
        #expect(result.people >= 4, "seed \(seed): nobody was there")
        #expect(result.lostCalls > 0, "seed \(seed): the weather was fine")
    }
}
