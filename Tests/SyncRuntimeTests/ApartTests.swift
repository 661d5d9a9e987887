import CRMInterface
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// An issue about a refused write ends when both sides are in step, whatever stands in fields that are no concern of it.
struct ApartTests {
    /// A name both ways, a field that Contacts do not have, and one that is not synced.
    private static let step: RecordStep = {
        let plain = StepFixture.step([("firstname", .text), ("company", .text), ("note", .text)])
        var mapping = plain.mapping
        var lead = mapping.salesforce[0]
        lead.name = "Lead"
        mapping.salesforce.append(lead)
        mapping.salesforce[0].fields[1] = nil
        mapping.fields[2].rule = .dontSync
        return RecordStep(
            mapping: mapping,
            settings: plain.settings,
            required: plain.required,
            now: plain.now
        )
    }()

    @Test(arguments: [("Acme", ""), ("", "private"), ("Acme", "private")])
    func `a refusal is over although the other object lacks a field and another is not synced`(
        company: String,
        note: String
    ) {
        var link = StepFixture.link(StepFixture.blob("Ada", company, note))
        link.setBase(StepFixture.blob("Ada", "", "else"), stamp: nil, on: .salesforce)
        let entry = OutboxEntry(
            id: 7,
            mapping: "contacts",
            link: 1,
            target: .salesforce,
            object: "Contact",
            kind: .update,
            state: .sent,
            targetID: "003",
            sourceID: "1",
            fields: [.init(index: 0, value: Array("Augusta".utf8), reason: "Two-way")],
            observedHubSpot: Observation(
                values: StepFixture.blob("Augusta", company, note),
                stamp: ServerTime(milliseconds: 5_000)
            ),
            attempts: [.init(sentAt: 9_000)]
        )
        let result = Self.step.settle(
            entry,
            outcome: .confirmed(id: "003", created: false, stamp: nil),
            link: link
        )
        #expect(result.commit.resolve.contains { $0.code == .recordRejected })
    }
}
