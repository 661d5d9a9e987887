import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A child whose parent has no counterpart yet.
struct WaitingStepTests {
    private static let step: RecordStep = {
        let plain = StepFixture.step([("email", .email), ("company", .reference)])
        var mapping = plain.mapping
        mapping.fields[1].kind = .reference("companies")
        return RecordStep(
            mapping: mapping,
            settings: plain.settings,
            required: [:],
            now: plain.now
        )
    }()

    private static let linked: RecordStep = {
        var step = Self.step
        step.references.add(Self.parent, counterpart: "7")
        return step
    }()

    private static let parent = References.Record(
        mapping: "companies",
        side: .salesforce,
        id: "001"
    )

    private static let row = RecordRow(
        id: "003",
        object: "Contact",
        stamp: ServerTime(milliseconds: 1_000),
        fate: .live,
        values: StepFixture.blob("a@example.com", "001")
    )

    /// The record as it is linked: its counterpart's company is blank.
    private static func link(company: String) -> (row: RecordRow, link: Link) {
        var row = Self.row
        row.counterpartID = "1"
        var link = StepFixture.link(StepFixture.blob("a@example.com", company))
        link.setBase(StepFixture.blob("a@example.com", ""), stamp: nil, on: .hubspot)
        return (row, link)
    }

    private static func planned() throws -> OutboxEntry {
        let released = Self.step.unlinked(
            Self.row,
            on: .salesforce,
            entries: [],
            cause: .parentless
        )
        var entry = try #require(released.commit.entries.first)
        entry.id = 5
        return entry
    }

    @Test func `a new record is held, not made and not looked up`() {
        let result = Self.step.unlinked(Self.row, on: .salesforce, entries: [])
        #expect(result.commit.entries.isEmpty)
        #expect(result.commit.wait.map(\.parent) == [Self.parent])
        #expect(result.commit.wait.map(\.isHeld) == [true])
        // It would be news with every look otherwise.
        #expect(!result.isNews)
    }

    @Test func `released it is made without, and its parent's news plans it anew`() throws {
        let entry = try Self.planned()
        #expect(entry.fields.map(\.index) == [0])
        let again = Self.linked.unlinked(Self.row, on: .salesforce, entries: [entry])
        #expect(again.commit.isEmpty)
        let woken = Self.linked.unlinked(
            Self.row,
            on: .salesforce,
            entries: [entry],
            cause: .parent
        )
        #expect(woken.commit.entries.map(\.state) == [.superseded, .planned])
        #expect(woken.commit.entries.last?.fields.last?.value == Array("7".utf8))
    }

    /// A create that is planned already goes without a parent that came later, and must be told of it.
    @Test func `a create that is planned anew without its parent waits for it`() throws {
        var before = Self.row
        before.values = StepFixture.blob("a@example.com", "")
        var entry = try #require(
            Self.step.unlinked(before, on: .salesforce, entries: []).commit.entries.first
        )
        entry.id = 5
        let result = Self.step.unlinked(Self.row, on: .salesforce, entries: [entry])
        #expect(result.commit.entries.map(\.state) == [.superseded, .planned])
        #expect(result.commit.wait.map(\.parent) == [Self.parent])
        #expect(result.commit.wait.map(\.isHeld) == [false])
    }

    @Test
    func `a linked record is filled when its parent is linked, although neither side changed`()
        throws
    {
        let (row, link) = Self.link(company: "001")
        let still = Self.linked.linked(row, on: .salesforce, link: link, entries: [])
        #expect(still.commit.entries.isEmpty)
        let woken = Self.linked.linked(
            row,
            on: .salesforce,
            link: link,
            entries: [],
            isWoken: true
        )
        let entry = try #require(woken.commit.entries.first)
        #expect(entry.target == .hubspot)
        #expect(entry.fields.map(\.value) == [Array("7".utf8)])
    }

    @Test func `a linked record waits with the field alone, and is no news with every look`() throws
    {
        let (row, link) = Self.link(company: "")
        let result = Self.step.linked(row, on: .salesforce, link: link, entries: [])
        #expect(result.commit.wait.map(\.parent) == [Self.parent])
        #expect(result.commit.wait.map(\.isHeld) == [false])
        #expect(result.commit.wait.map(\.remoteID) == ["003"])
        let base = try #require(result.commit.link?.salesforceBase)
        #expect(base.values[1].isBlank)
        #expect(result.commit.entries.isEmpty)
        #expect(!result.isNews)
    }

    /// Found by the simulator (`family` 54): an edit of the other side ended the wait, and the tie was never made.
    @Test func `an edit of one side does not end what the other side waits for`() throws {
        let (_, link) = Self.link(company: "")
        let other = RecordRow(
            id: "1",
            object: "contacts",
            stamp: ServerTime(milliseconds: 2_000),
            values: StepFixture.blob("b@example.com", ""),
            counterpartID: "003"
        )
        let result = Self.step.linked(other, on: .hubspot, link: link, entries: [])
        #expect(result.commit.entries.map(\.target) == [.salesforce])
        #expect(result.commit.endsWait.map(\.side) == [.hubspot])
    }
}
