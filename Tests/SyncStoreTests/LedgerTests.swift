import SyncCore
import SyncStore
import Testing

struct LedgerTests {
    private func call(_ endpoint: String, at sentAt: Int64, cost: Int = 1) -> LedgerCall {
        LedgerCall(
            side: .hubspot,
            endpoint: endpoint,
            purpose: "detect",
            object: "contacts",
            records: 3,
            cost: cost,
            sentAt: sentAt
        )
    }

    @Test func `a call is there before its reply, and what was never sent is not counted`()
        async throws
    {
        let store = try Samples.store()
        let first = try await store.reserve(self.call("search", at: 10))
        _ = try await store.reserve(self.call("search", at: 20))
        let third = try await store.reserve(self.call("search", at: 30))
        try await store.close(call: first, CallEnd(.succeeded, status: 200, at: 12))
        try await store.close(call: third, CallEnd(.notSent, status: nil, at: 31))
        let summary = try await store.calls(since: 0)
        #expect(summary.map(\.outcome) == [.succeeded, .unknown])
        #expect(summary.map(\.calls) == [1, 1])
        #expect(summary.map(\.records) == [3, 3])
        #expect(try await store.calls(since: 11).map(\.outcome) == [.unknown])
    }

    @Test func `a restart sees the calls that still hold places`() async throws {
        let store = try Samples.store()
        _ = try await store.reserve(self.call("search", at: 10))
        _ = try await store.reserve(self.call("token", at: 20, cost: 0))
        _ = try await store.reserve(self.call("batchRead", at: 20))
        let times = try await store.callTimes(side: .hubspot, since: 10)
        #expect(times.map(\.endpoint) == ["search", "batchRead"])
        #expect(try await store.callTimes(side: .salesforce, since: 0).isEmpty)
    }

    @Test func `accounts and texts are replaced, kept and taken away`() async throws {
        let store = try Samples.store()
        let account = StoredAccount(id: "9", recordBaseURL: "https://x", verifiedCredential: "f")
        try await store.save(account: account, of: .salesforce)
        #expect(try await store.accounts() == [.salesforce: account])
        try await store.setText("one", for: "name")
        try await store.setText("two", for: "name")
        #expect(try await store.text("name") == "two")
        try await store.setText(nil, for: "name")
        #expect(try await store.text("name") == nil)
    }

    @Test func `staged records are found by any of their keys and go with the progress`()
        async throws
    {
        let store = try Samples.store()
        func record(_ id: String, _ keys: [String]) -> StagedRecord {
            StagedRecord(
                mapping: "contacts",
                side: .hubspot,
                row: RecordRow(
                    id: id,
                    object: "contacts",
                    stamp: Samples.time(4),
                    values: Samples.blob("a"),
                    counterpartID: id == "1" ? "003x" : nil
                ),
                matchKeys: keys
            )
        }
        let records = [record("1", ["0:a@x", "id:1"]), record("2", ["0:a@x"]), record("3", [])]
        let progress = BackfillProgress(
            mapping: "contacts",
            phase: .readingHubSpot,
            object: "contacts",
            lastID: "3",
            recordsRead: 3
        )
        try await store.stage(records, progress: progress)
        #expect(try await store.backfill(mapping: "contacts") == progress)
        let twins = try await store.staged(
            mapping: "contacts",
            side: .hubspot,
            matchKeys: ["0:a@x"]
        )
        #expect(twins.sorted { $0.row.id < $1.row.id } == [records[0], records[1]])
        let rest = try await store.staged(
            mapping: "contacts",
            side: .hubspot,
            afterID: "1",
            limit: 9
        )
        #expect(rest == [records[1], records[2]])
        try await store.unstage(mapping: "contacts", side: .hubspot, ids: ["1", "2", "3"])
        #expect(
            try await store.staged(mapping: "contacts", side: .hubspot, matchKeys: ["0:a@x"])
                .isEmpty
        )
    }
}
