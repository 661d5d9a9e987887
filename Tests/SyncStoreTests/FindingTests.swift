import SyncCore
import SyncStore
import Testing

struct FindingTests {
    private func commit(
        _ store: SQLiteSyncStore,
        raise: [Finding] = [],
        resolve: [Finding] = []
    ) async throws {
        let record = RecordCommit(raise: raise, resolve: resolve)
        _ = try await store.commit(PageCommit(records: [record]))
    }

    @Test(arguments: Finding.Code.allCases)
    func `a finding of every kind comes back`(code: Finding.Code) async throws {
        let store = try StoreSamples.store(now: 77)
        let findings = [
            Finding(code: code, mapping: "contacts"),
            Finding(
                code: code,
                mapping: "contacts",
                salesforceID: "003A",
                details: ["email", "INVALID_EMAIL_ADDRESS"]
            ),
            Finding(code: code, mapping: "contacts", hubspotID: "1", salesforceID: "003A"),
        ]
        try await self.commit(store, raise: findings)
        let stored = try await store.findings(mapping: nil, limit: 10)
        #expect(
            stored == findings.map { StoredFinding(finding: $0, firstSeen: 77, lastSeen: 77) }
        )
        #expect(try await store.findingCounts() == [code: 3])
        #expect(try await store.findings(of: code, limit: 2) == Array(stored.prefix(2)))
        let other = Finding.Code.allCases.first { $0 != code } ?? code
        #expect(try await store.findings(of: other, limit: 2).isEmpty)
    }

    @Test func `raised again it keeps its first time and shows the newest details`() async throws {
        let folder = try StoreFolder()
        let finding = Finding(
            code: .conflict,
            mapping: "contacts",
            hubspotID: "1",
            details: ["email"]
        )
        let store = try folder.open(now: 10)
        try await self.commit(store, raise: [finding])
        store.close()
        let later = try folder.open(now: 30)
        var again = finding
        again.details = ["phone"]
        try await self.commit(later, raise: [again])
        #expect(
            try await later.findings(mapping: nil, limit: 10) == [
                StoredFinding(finding: again, firstSeen: 10, lastSeen: 30)
            ]
        )
        later.close()
    }

    @Test func `resolving takes out that code of that record only`() async throws {
        let store = try StoreSamples.store()
        let finding = Finding(code: .conflict, mapping: "contacts", hubspotID: "1")
        var otherCode = finding
        otherCode.code = .recordRejected
        var otherRecord = finding
        otherRecord.hubspotID = "2"
        var otherSide = finding
        otherSide.hubspotID = nil
        otherSide.salesforceID = "1"
        var otherSubject = finding
        otherSubject.subject = "deals with contacts"
        let all = [finding, otherCode, otherRecord, otherSide, otherSubject]
        try await self.commit(store, raise: all)
        var same = finding
        same.details = ["details are ignored"]
        try await self.commit(store, resolve: [same])
        let left = try await store.findings(mapping: nil, limit: 10).map(\.finding)
        #expect(Set(left) == [otherCode, otherRecord, otherSide, otherSubject])
        #expect(try await store.findingCounts() == [.conflict: 3, .recordRejected: 1])
        try await self.commit(store, resolve: [finding])
        #expect(try await store.findings(mapping: nil, limit: 10).count == 4)
    }

    @Test func `findings of one mapping are listed up to the limit`() async throws {
        let store = try StoreSamples.store()
        let findings = (0..<5).map {
            Finding(
                code: .conflict,
                mapping: $0 % 2 == 0 ? "contacts" : "people",
                hubspotID: "\($0)"
            )
        }
        try await self.commit(store, raise: findings)
        let contacts = try await store.findings(mapping: "contacts", limit: 10)
        #expect(contacts.map(\.finding.hubspotID) == ["0", "2", "4"])
        #expect(try await store.findings(mapping: "contacts", limit: 2).count == 2)
        #expect(try await store.findings(mapping: "none", limit: 2).isEmpty)
    }

    @Test func `history finds a record by either id, each line once, newest first`() async throws {
        let store = try StoreSamples.store()
        let ids: [(String?, String?)] = [
            ("1", "003A"), ("1", nil), (nil, "003A"), ("2", "003B"), (nil, nil),
        ]
        let lines = ids.enumerated().map { number, ids in
            JournalEntry(
                kind: .linked,
                mapping: "contacts",
                hubspotID: ids.0,
                salesforceID: ids.1,
                reason: "r",
                at: Int64(number)
            )
        }
        _ = try await store.commit(PageCommit(records: [RecordCommit(journal: lines)]))
        let cases: [(String?, String?, Int, [Int64])] = [
            ("1", "003A", 10, [2, 1, 0]), ("1", nil, 10, [1, 0]), (nil, "003A", 10, [2, 0]),
            ("1", "003A", 2, [2, 1]), ("1", "003B", 10, [3, 1, 0]), (nil, nil, 10, []),
            ("9", nil, 10, []),
        ]
        for (hubspotID, salesforceID, limit, expected) in cases {
            let found = try await store.history(
                hubspotID: hubspotID,
                salesforceID: salesforceID,
                limit: limit
            )
            #expect(found.map(\.at) == expected)
        }
    }
}
