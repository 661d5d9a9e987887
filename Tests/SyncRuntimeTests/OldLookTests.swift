import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Values that agree with what a waiting entry saw of the other side some time ago (decision 0014).
struct OldLookTests {
    private static let step = StepFixture.step([("jobtitle", .text)])
    private static let link = StepFixture.link(Self.blob("Analyst"))

    /// A blank that Salesforce showed waits to be written to HubSpot.
    private static func entry(writesKey: Bool = false) -> OutboxEntry {
        OutboxEntry(
            id: 7,
            mapping: "contacts",
            link: 1,
            target: .hubspot,
            object: "contacts",
            kind: .update,
            targetID: "1",
            sourceID: "003",
            fields: [.init(index: 0, value: [], reason: "Two-way")],
            writesKey: writesKey,
            observedSalesforce: Observation(
                values: Self.blob(""),
                stamp: ServerTime(milliseconds: 1_000)
            )
        )
    }

    private static func blob(_ text: String) -> RecordBlob {
        StepFixture.blob(text)
    }

    private static func row(_ text: String, at stamp: Int64, on side: Side) -> RecordRow {
        RecordRow(
            id: side == .hubspot ? "1" : "003",
            object: side == .hubspot ? "contacts" : "Contact",
            stamp: ServerTime(milliseconds: stamp),
            fate: .live,
            values: Self.blob(text),
            counterpartID: side == .hubspot ? "003" : "1"
        )
    }

    /// HubSpot's clear of 9,000, decided with a look at Salesforce that was made for it.
    private static func clear(_ salesforce: String, at stamp: Int64, readAt: Int64) -> StepResult {
        Self.step.linked(
            Self.row("", at: 9_000, on: .hubspot),
            on: .hubspot,
            link: Self.link,
            entries: [],
            exactTimes: [0: ServerTime(milliseconds: 9_000)],
            counterpart: HeldRow(
                row: Self.row(salesforce, at: stamp, on: .salesforce),
                readAt: ServerTime(milliseconds: readAt)
            )
        )
    }

    /// Found by the simulator (`clock` 158927335): Salesforce had moved on unseen, and its value went
    /// over a younger clear in HubSpot.
    @Test func `agreement with an old look is none until both sides are read`() {
        let result = Self.step.linked(
            Self.row("", at: 9_000, on: .hubspot),
            on: .hubspot,
            link: Self.link,
            entries: [Self.entry()]
        )
        #expect(result.commit.link?.hubspotBase == Self.blob("Analyst"))
        #expect(result.commit.link?.salesforceBase == Self.blob("Analyst"))
        #expect(result.commit.entries.map(\.state) == [.superseded])
        #expect(result.commit.park.map(\.cause) == [.history])
        #expect(result.commit.park.map(\.side) == [.hubspot])
    }

    @Test func `the look at both sides lets the younger clear win`() {
        let result = Self.clear("Countess", at: 5_000, readAt: 9_000)
        #expect(result.commit.entries.map(\.target) == [.salesforce])
        #expect(result.commit.entries.first?.fields.map(\.value) == [[]])
    }

    @Test func `what both sides show when they are read is agreed on`() {
        let result = Self.clear("", at: 1_000, readAt: 9_000)
        #expect(result.commit.link?.hubspotBase == Self.blob(""))
        #expect(result.commit.link?.salesforceBase == Self.blob(""))
        #expect(result.commit.entries.isEmpty)
        #expect(result.commit.park.isEmpty)
    }

    /// Found by the simulator (`strict` 58): a clear in HubSpot came between the look at Salesforce, which
    /// showed a blank, and the look at HubSpot.
    @Test func `an edit that is younger than the look it agrees with has both sides read again`() {
        let result = Self.clear("", at: 1_000, readAt: 8_000)
        #expect(result.commit.link?.hubspotBase == Self.blob("Analyst"))
        #expect(result.commit.link?.salesforceBase == Self.blob("Analyst"))
        #expect(result.commit.park.map(\.cause) == [.history])
    }

    @Test func `a key that the ended write would have set is still written`() {
        let result = Self.step.linked(
            Self.row("", at: 9_000, on: .hubspot),
            on: .hubspot,
            link: Self.link,
            entries: [Self.entry(writesKey: true)]
        )
        #expect(result.commit.entries.map(\.state) == [.planned])
        #expect(result.commit.entries.map(\.writesKey) == [true])
        #expect(result.commit.entries.first?.fields.isEmpty == true)
        #expect(result.commit.park.map(\.cause) == [.history])
    }

    /// The guard read at the target finds what HubSpot's index showed of the source.
    @Test func `a guard read that agrees with the source's old look has the source read`() {
        var entry = Self.entry()
        entry.target = .salesforce
        entry.object = "Contact"
        (entry.targetID, entry.sourceID) = ("003", "1")
        entry.observedHubSpot = entry.observedSalesforce
        entry.observedSalesforce = nil
        let result = Self.step.linked(
            Self.row("", at: 9_000, on: .salesforce),
            on: .salesforce,
            link: Self.link,
            entries: [entry]
        )
        #expect(result.commit.link?.salesforceBase == Self.blob("Analyst"))
        #expect(result.commit.park.map(\.side) == [.hubspot])
        #expect(result.commit.park.map(\.remoteID) == ["1"])
    }
}
