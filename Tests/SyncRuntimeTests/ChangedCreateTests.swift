import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A create that was sent and did not end, whose record has changed since.
struct ChangedCreateTests {
    private static let step = StepFixture.step([("email", .email), ("jobtitle", .text)])

    private static func row(_ jobtitle: String, at stamp: Int64) -> RecordRow {
        RecordRow(
            id: "003",
            object: "Contact",
            stamp: ServerTime(milliseconds: stamp),
            fate: .live,
            values: StepFixture.blob("a@example.com", jobtitle)
        )
    }

    private static func create(
        _ state: OutboxEntry.State,
        attempts: [OutboxEntry.Attempt],
        targetID: String? = nil
    ) -> OutboxEntry {
        let row = Self.row("", at: 1_000)
        return OutboxEntry(
            id: 7,
            mapping: "contacts",
            link: nil,
            target: .hubspot,
            object: "contacts",
            kind: .create,
            state: state,
            targetID: targetID,
            sourceID: row.id,
            fields: [.init(index: 0, value: Array("a@example.com".utf8), reason: "New")],
            writesKey: true,
            observedSalesforce: Observation(values: row.values, stamp: row.stamp),
            attempts: attempts
        )
    }

    /// Found by the simulator (`swarm` 7419): a person's value was taken away.
    ///
    /// The create had been stored, and the second copy of its message was refused. With the new values it was sent once more, that reply was lost, and the
    /// record that was found by its key was taken for one that had held the new values from the start:
    /// their absence looked like a person's clear.
    @Test(arguments: [OutboxEntry.State.unmatched, .planned])
    func `a create that was sent is looked for before it goes with other values`(
        state: OutboxEntry.State
    ) {
        let sent = Self.create(
            state,
            attempts: [.init(sentAt: 2_000, fate: .refused)],
            targetID: state == .unmatched ? "1" : nil
        )
        let result = Self.step.unlinked(
            Self.row("Countess", at: 5_000),
            on: .salesforce,
            entries: [sent]
        )
        #expect(result.commit.entries.map(\.state) == [.superseded, .unmatched])
        // Whom the CRM took the first one for need not be whom the new values match.
        #expect(result.commit.entries.last?.targetID == nil)
        #expect(result.commit.entries.last?.fields.count == 2)
    }

    @Test func `a create that waits to be looked for still does when its record changes once more`()
    {
        let result = Self.step.unlinked(
            Self.row("Countess", at: 5_000),
            on: .salesforce,
            entries: [Self.create(.unmatched, attempts: [])]
        )
        #expect(result.commit.entries.map(\.state) == [.superseded, .unmatched])
    }

    @Test func `a create that was never sent goes with the newest values`() {
        let result = Self.step.unlinked(
            Self.row("Countess", at: 5_000),
            on: .salesforce,
            entries: [Self.create(.planned, attempts: [])]
        )
        #expect(result.commit.entries.map(\.state) == [.superseded, .planned])
    }
}
