import CRMInterface
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// An update that takes back a person's edit and is refused with it.
struct RefusedUpdateTests {
    private static let step: RecordStep = {
        let plain = StepFixture.step([("email", .email), ("firstname", .text)])
        var mapping = plain.mapping
        mapping.fields[0].kind = .identity
        return RecordStep(
            mapping: mapping,
            settings: plain.settings,
            required: plain.required,
            now: plain.now
        )
    }()

    /// Both sides said `Ada`; a person wrote `Augusta` in HubSpot, and Salesforce got another address.
    private static let entry = OutboxEntry(
        id: 7,
        mapping: "contacts",
        link: 1,
        target: .hubspot,
        object: "contacts",
        kind: .update,
        state: .sent,
        targetID: "1",
        sourceID: "003",
        fields: [
            .init(index: 0, value: Array("b@x.com".utf8), reason: "Two-way"),
            .init(index: 1, value: Array("Ada".utf8), reason: "Prefer Salesforce"),
        ],
        observedHubSpot: Observation(
            values: StepFixture.blob("a@x.com", "Augusta"),
            stamp: ServerTime(milliseconds: 5_000)
        ),
        observedSalesforce: Observation(
            values: StepFixture.blob("b@x.com", "Ada"),
            stamp: ServerTime(milliseconds: 4_000)
        ),
        attempts: [.init(sentAt: 9_000)]
    )

    private static func settled(_ kind: WriteReply.Rejection.Kind) -> StepResult {
        Self.step.settle(
            Self.entry,
            outcome: .rejected(.init(kind: kind, code: "CODE")),
            link: StepFixture.link(StepFixture.blob("a@x.com", "Ada")),
            others: [Self.entry]
        )
    }

    /// The reply says what is taken: the pair's key, which another record holds.
    ///
    /// The address may be as good as the name beside it.
    @Test func `an address is not blamed where the reply names another property`() {
        var entry = Self.entry
        entry.writesKey = true
        let result = Self.step.settle(
            entry,
            outcome: .rejected(.init(kind: .taken, code: "CODE", fields: ["duet_contact"])),
            link: StepFixture.link(StepFixture.blob("a@x.com", "Ada")),
            others: [entry]
        )
        #expect(result.commit.entries.map(\.state) == [.rejected])
    }

    /// Salesforce's `DUPLICATE_VALUE` comes with an empty list of fields, and addresses are not unique there.
    @Test func `an address is not blamed on a side where it may stand twice`() {
        var entry = Self.entry
        entry.target = .salesforce
        entry.object = "Contact"
        (entry.targetID, entry.sourceID) = ("003", "1")
        let result = Self.step.settle(
            entry,
            outcome: .rejected(.init(kind: .taken, code: "DUPLICATE_VALUE")),
            link: StepFixture.link(StepFixture.blob("a@x.com", "Ada")),
            others: [entry]
        )
        #expect(result.commit.entries.map(\.state) == [.rejected])
    }

    @Test func `an address that is taken stays behind alone`() {
        let result = Self.settled(.taken)
        #expect(result.commit.entries.map(\.state) == [.rejected, .planned])
        #expect(result.commit.entries.last?.fields.map(\.index) == [1])
        #expect(result.commit.raise.first?.details == ["hubspot", "CODE", "email"])
    }

    /// Found by the simulator (`swarm` 448): the edit stood in HubSpot, and nobody was told.
    @Test func `where no field is named, all that stays apart is told`() {
        let result = Self.settled(.other)
        #expect(result.commit.entries.map(\.state) == [.rejected])
        #expect(result.commit.raise.first?.details == ["hubspot", "CODE", "email", "firstname"])
        // Each base is what its side shows: nothing looks like an edit, and both differ.
        #expect(result.commit.link?.hubspotBase == StepFixture.blob("a@x.com", "Augusta"))
        #expect(result.commit.link?.salesforceBase == StepFixture.blob("b@x.com", "Ada"))
    }
}
