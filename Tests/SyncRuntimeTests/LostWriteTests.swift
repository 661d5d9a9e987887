import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Updates whose reply was lost, as a read by id shows them afterwards (architecture 5.8).
struct LostWriteTests {
    private static let step = StepFixture.step(
        [("firstname", .text), ("jobtitle", .text)],
        isKeyed: false,
        now: 1_000
    )

    private static let before = StepFixture.blob("Ada", "Analyst")
    private static let link = StepFixture.link(Self.before)

    /// Both fields of the contact get what Salesforce shows.
    private static let entry = OutboxEntry(
        id: 7,
        mapping: "contacts",
        link: 1,
        target: .hubspot,
        object: "contacts",
        kind: .update,
        targetID: "1",
        sourceID: "003",
        fields: [
            .init(index: 0, value: Array("Augusta".utf8), reason: "Two-way"),
            .init(index: 1, value: Array("Countess".utf8), reason: "Two-way"),
        ],
        observedHubSpot: Observation(
            values: Self.before,
            stamp: ServerTime(milliseconds: 100)
        ),
        observedSalesforce: Observation(
            values: StepFixture.blob("Augusta", "Countess"),
            stamp: ServerTime(milliseconds: 200)
        )
    )

    private static func row(_ values: RecordBlob, at stamp: Int64) -> RecordRow {
        RecordRow(
            id: "1",
            object: "contacts",
            stamp: ServerTime(milliseconds: stamp),
            fate: .live,
            values: values
        )
    }

    /// Found by the simulator (`swarm` 105): our own value looked like a person's edit.
    @Test func `what landed is in step although a person changed another field since`() {
        let commit = Self.step.reopened(
            Self.entry,
            row: Self.row(StepFixture.blob("Augusta", "Enchantress"), at: 300),
            before: Self.before,
            link: Self.link
        )
        #expect(commit.link?.hubspotBase == StepFixture.blob("Augusta", "Analyst"))
        #expect(commit.link?.salesforceBase == StepFixture.blob("Augusta", "Analyst"))
        // Nobody can tell whether the other field was stored before the person wrote to it.
        #expect(commit.journal.map(\.kind) == [.confirmed, .unknown])
        #expect(commit.journal.map(\.field) == ["firstname", "jobtitle"])
    }

    /// Found by the simulator (`swarm` 9736): another entry still showed the field as blank, and
    /// Salesforce was cleared.
    @Test func `what landed is no clear to the record's other entries`() throws {
        var other = Self.entry
        other.id = 8
        other.target = .salesforce
        other.observedHubSpot = Observation(
            values: StepFixture.blob("", "Analyst"),
            stamp: ServerTime(milliseconds: 90)
        )
        let commit = Self.step.reopened(
            Self.entry,
            row: Self.row(StepFixture.blob("Augusta", "Enchantress"), at: 300),
            before: Self.before,
            link: Self.link,
            others: [Self.entry, other]
        )
        let seen = try #require(commit.observed.first { $0.entry == 8 })
        #expect(seen.side == .hubspot)
        #expect(seen.observation.values == StepFixture.blob("Augusta", "Analyst"))
        #expect(seen.observation.stamp == ServerTime(milliseconds: 90), "any row is newer")
        #expect(commit.observed.count { $0.entry == 7 } <= 1)
    }

    /// Found by the simulator (`swarm` 70 and 423): a clear that came after the lost write looked
    /// like a write that never arrived.
    @Test func `what may be a person's undo of a lost write stands in the history`() {
        let touched = Self.row(Self.before, at: 300)
        let again = Self.step.sentAgain(
            Self.entry,
            row: touched,
            before: Self.before,
            link: Self.link
        )
        #expect(again.journal.map(\.kind) == [.conflict, .conflict])
        #expect(again.journal.first?.hubspotValue == Array("Ada".utf8))
        #expect(again.journal.first?.salesforceValue == Array("Augusta".utf8))
        let reopened = Self.step.reopened(
            Self.entry,
            row: touched,
            before: Self.before,
            link: Self.link
        )
        #expect(reopened.journal == again.journal)
        #expect(reopened.link == nil)
    }

    @Test func `a record that nobody touched leaves no doubt`() {
        let untouched = Self.row(Self.before, at: 100)
        let commit = Self.step.sentAgain(
            Self.entry,
            row: untouched,
            before: Self.before,
            link: Self.link
        )
        #expect(commit.isEmpty)
    }
}
