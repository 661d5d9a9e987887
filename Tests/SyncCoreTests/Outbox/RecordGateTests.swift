import SyncCore
import Testing

struct RecordGateTests {
    private static func seen(_ value: String, _ stamp: Int64) -> Observation {
        Observation(
            values: RecordBlob(values: [FieldValue(normal: value)]),
            stamp: ServerTime(milliseconds: stamp)
        )
    }

    private static func entry(
        _ state: OutboxEntry.State,
        id: Int64 = 7,
        hubspot: Observation? = nil,
        salesforce: Observation? = nil
    ) -> OutboxEntry {
        OutboxEntry(
            id: id,
            mapping: "contacts",
            link: 1,
            target: .salesforce,
            object: "Contact",
            kind: .update,
            state: state,
            targetID: "A",
            sourceID: "101",
            fields: [],
            observedHubSpot: hubspot,
            observedSalesforce: salesforce
        )
    }

    @Test(arguments: [OutboxEntry.State.sent, .unknown])
    func `a record with a write on its way is not merged`(state: OutboxEntry.State) {
        let verdict = RecordGate.admit(
            entries: [Self.entry(.planned), Self.entry(state, id: 8)],
            fresh: Self.seen("new", 9),
            on: .hubspot
        )
        #expect(verdict == .park)
    }

    @Test(arguments: [OutboxEntry.State.planned, .unmatched])
    func `a planned entry is superseded and merged with the observation it kept`(
        state: OutboxEntry.State
    ) {
        let kept = Self.seen("kept", 5)
        let fresh = Self.seen("new", 9)
        let open = Self.entry(state, hubspot: Self.seen("old", 4), salesforce: kept)
        #expect(
            RecordGate.admit(entries: [open], fresh: fresh, on: .hubspot)
                == .merge(superseding: [7], hubspot: fresh, salesforce: kept)
        )
    }

    @Test func `after a restart a lagging row does not replace what a planned entry observed`() {
        let newer = Self.seen("newer", 9)
        let open = Self.entry(.planned, hubspot: newer, salesforce: Self.seen("kept", 5))
        #expect(
            RecordGate.admit(entries: [open], fresh: Self.seen("older", 8), on: .hubspot)
                == .merge(superseding: [7], hubspot: newer, salesforce: Self.seen("kept", 5))
        )
    }

    @Test func `entries that ended stand in nobody's way`() {
        let fresh = Self.seen("new", 9)
        let ended = [Self.entry(.confirmed), Self.entry(.rejected), Self.entry(.superseded)]
        #expect(
            RecordGate.admit(entries: ended, fresh: fresh, on: .salesforce)
                == .merge(superseding: [], hubspot: nil, salesforce: fresh)
        )
    }
}
