import HTTPTransport
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What is paused is not written, and goes over afterwards as it is then.
@Suite struct PauseScenarioTests {
    @Test func `S56: what changes in a pause goes over once, as it is at its end`() async throws {
        let pauses = Locked(Pauses())
        var settings = RuntimeSettings()
        settings.pauses = { pauses.withLock { $0 } }
        let rehearsal = try await Rehearsal(settings: settings)
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Byron"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 1)

        let now = rehearsal.time.wallMilliseconds
        pauses.withLock {
            $0.begin(Pause(mapping: "contacts", since: now, until: nil, reason: nil))
        }
        for title in ["Countess", "Analyst", "Programmer"] {
            try rehearsal.hubspotEdits(id, ["jobtitle": title])
            rehearsal.wait()
            _ = try await rehearsal.runner.sync()
        }
        #expect(rehearsal.records("Contact").first?["Title"].text == nil)

        _ = pauses.withLock { $0.end("contacts", at: now + 1) }
        let before = try await Self.writes(rehearsal)
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").first?["Title"].text == "Programmer")
        #expect(try await Self.writes(rehearsal) == before + 1)
    }

    @Test func `S56: while everything is paused neither CRM is called, and it goes on by itself`()
        throws
    {
        try SimulationExecutor(seed: 1).run { try await self.whole() }
    }

    private func whole() async throws {
        let pauses = Locked(Pauses())
        var settings = RuntimeSettings()
        settings.pauses = { pauses.withLock { $0 } }
        let rehearsal = try await Rehearsal(settings: settings)
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Byron"])
        rehearsal.wait()
        let start = rehearsal.time.wallMilliseconds
        pauses.withLock {
            $0.begin(
                Pause(mapping: nil, since: start, until: start + 3_600_000, reason: "night")
            )
        }
        let before = try await rehearsal.ledger()
        let daemon = SyncService(runners: [rehearsal.runner])
        let called = await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await daemon.run() }
            while rehearsal.time.wallMilliseconds < start + 3_500_000, !Task.isCancelled {
                await Task.yield()
            }
            let called = try? await rehearsal.ledger()
            while rehearsal.records("Contact").isEmpty, !Task.isCancelled { await Task.yield() }
            group.cancelAll()
            return called
        }
        #expect(called == before)
        #expect(rehearsal.time.wallMilliseconds >= start + 3_600_000)
    }

    private static func writes(_ rehearsal: Rehearsal) async throws -> Int {
        try await rehearsal.store.callTimes(side: .salesforce, since: 0)
            .count { $0.purpose == "write" }
    }
}
