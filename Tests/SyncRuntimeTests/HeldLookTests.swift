import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A look at Salesforce for a decision by history that is not made: HubSpot did not answer in between.
struct HeldLookTests {
    private static let base = StepFixture.blob("Ada", "Lovelace")

    private static func page(
        _ side: Side,
        _ sequence: UInt64,
        _ stamp: Int64,
        _ values: RecordBlob
    ) -> RecordPage {
        RecordPage(
            side: side,
            sent: RequestSequence(sequence),
            ended: RequestSequence(sequence + 1),
            serverTime: ServerTime(milliseconds: stamp),
            rows: [
                RecordRow(
                    id: side == .hubspot ? "1" : "003",
                    object: side == .hubspot ? "contacts" : "Contact",
                    stamp: ServerTime(milliseconds: stamp),
                    values: values,
                    counterpartID: side == .hubspot ? "003" : "1"
                )
            ]
        )
    }

    @Test(arguments: [false, true])
    func `an edit that was seen since is not forgotten for it`(isHeld: Bool) async throws {
        let store = try SQLiteSyncStore.inMemory { 10_000 }
        let fields: [(name: String, type: FieldType)] = [("firstname", .text), ("lastname", .text)]
        let syncer = ObjectSyncer(
            mapping: StepFixture.step(fields).mapping,
            required: [:],
            settings: RuntimeSettings(),
            store: store,
            time: SteppedTime()
        )
        var link = StepFixture.link(Self.base)
        link.id = 0
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        if isHeld { await syncer.holdForHistory(Self.page(.salesforce, 1, 100, Self.base)) }
        // Later the feeds show an edit in Salesforce, and then another one, of another field, in HubSpot.
        let married = Self.page(.salesforce, 3, 50_000, StepFixture.blob("Ada", "King"))
        _ = try await syncer.receive(married)
        let planned = try await store.entries(EntryQuery(states: [.planned], limit: 10))
        #expect(planned.map(\.target) == [.hubspot])
        let renamed = Self.page(.hubspot, 5, 60_000, StepFixture.blob("Augusta", "Lovelace"))
        _ = try await syncer.receive(renamed)
        let entries = try await store.entries(EntryQuery(states: [.planned], limit: 10))
        let writes = Set(entries.map { "\($0.target) \($0.fields.map(\.index))" })
        #expect(writes == ["hubspot [1]", "salesforce [0]"])
    }
}
