import CRMInterface
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A new record that an administrator's duplicate rule takes for another one.
struct DuplicateRuleTests {
    private static let step = StepFixture.step([("email", .email)], matchFields: [0])

    private static let refusal = WriteReply.Outcome.rejected(
        .init(kind: .resembles, code: "DUPLICATES_DETECTED", existingID: "003")
    )

    private static func sent(_ attempts: [OutboxEntry.Attempt]) -> OutboxEntry {
        var entry = OutboxEntry(
            id: 7,
            mapping: "contacts",
            link: nil,
            target: .salesforce,
            object: "Contact",
            kind: .create,
            state: .sent,
            targetID: nil,
            sourceID: "1",
            fields: [.init(index: 0, value: Array("a@example.com".utf8), reason: "New")],
            writesKey: true,
            observedHubSpot: Observation(
                values: RecordBlob(values: [FieldValue(normal: "a@example.com")]),
                stamp: ServerTime(milliseconds: 1_000)
            )
        )
        entry.attempts = attempts
        return entry
    }

    /// Found by the simulator (`rules` 5): two people with one telephone number were tied.
    @Test func `what a duplicate rule names is not the counterpart: it is looked for once more`() {
        let entry = Self.sent([.init(sentAt: 9_000)])
        let result = Self.step.settle(entry, outcome: Self.refusal, link: nil)
        #expect(result.commit.entries.map(\.state) == [.unmatched])
        #expect(result.commit.entries.map(\.targetID) == [nil])
        #expect(result.commit.raise.isEmpty)
    }

    @Test func `refused again, a person is told which record it is taken for`() {
        let entry = Self.sent([.init(sentAt: 8_000, fate: .refused), .init(sentAt: 9_000)])
        let result = Self.step.settle(entry, outcome: Self.refusal, link: nil)
        #expect(result.commit.entries.map(\.state) == [.rejected])
        #expect(result.commit.raise.map(\.code) == [.recordRejected])
        #expect(result.commit.raise.map(\.hubspotID) == ["1"])
        #expect(result.commit.raise.first?.details == ["salesforce", "DUPLICATES_DETECTED", "003"])
    }
}
