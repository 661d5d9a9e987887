import SyncCore
import Testing

struct EchoFilterTests {
    private static func blob(_ value: String) -> RecordBlob {
        RecordBlob(values: [FieldValue(normal: value)])
    }

    private static func entry(_ value: String, _ fate: OutboxEntry.Attempt.Fate) -> OutboxEntry {
        OutboxEntry(
            id: 1,
            mapping: "contacts",
            link: 1,
            target: .salesforce,
            object: "Contact",
            kind: .update,
            state: .unknown,
            targetID: "A",
            sourceID: "101",
            fields: [.init(index: 0, value: Array(value.utf8), reason: "")],
            attempts: [.init(sentAt: 1_000, fate: fate)]
        )
    }

    /// A write to Salesforce that was decided from these values at stamp 5.
    private static func entry(from hubspot: String, and salesforce: String) -> OutboxEntry {
        var entry = Self.entry("ours", .open)
        let stamp = ServerTime(milliseconds: 5)
        entry.observedHubSpot = Observation(values: Self.blob(hubspot), stamp: stamp)
        entry.observedSalesforce = Observation(values: Self.blob(salesforce), stamp: stamp)
        return entry
    }

    private static func isEcho(
        _ shown: String,
        stamp: Int64 = 6,
        entries: [OutboxEntry] = [],
        on side: Side = .salesforce,
        now: Int64 = 2_000
    ) -> Bool {
        EchoFilter.isEcho(
            Observation(values: Self.blob(shown), stamp: ServerTime(milliseconds: stamp)),
            base: Self.blob("base"),
            entries: entries,
            on: side,
            requestTimeMax: 10_000,
            now: now
        )
    }

    @Test func `what was last seen is no news`() {
        #expect(Self.isEcho("base"))
        #expect(!Self.isEcho("edit"))
    }

    @Test func `what a write without a reply may have stored is no news`() {
        #expect(Self.isEcho("ours", entries: [Self.entry("ours", .open)]))
    }

    @Test func `a value of an answered write seen again is an edit: an undo counts`() {
        #expect(!Self.isEcho("ours", entries: [Self.entry("ours", .stored)]))
        #expect(!Self.isEcho("ours", entries: [Self.entry("ours", .refused)]))
    }

    @Test func `after the longest request time the same value is somebody's edit`() {
        #expect(!Self.isEcho("ours", entries: [Self.entry("ours", .open)], now: 11_000))
    }

    @Test func `an edit that is taken back while it is on its way is an edit`() {
        let onItsWay = [Self.entry(from: "edit", and: "base")]
        #expect(!Self.isEcho("base", entries: onItsWay, on: .hubspot))
        #expect(Self.isEcho("edit", entries: onItsWay, on: .hubspot))
    }

    @Test func `a later version like the one before our write is somebody's answer to it`() {
        let onItsWay = [Self.entry(from: "edit", and: "base")]
        #expect(Self.isEcho("base", stamp: 5, entries: onItsWay))
        #expect(!Self.isEcho("base", stamp: 6, entries: onItsWay))
        #expect(Self.isEcho("ours", entries: onItsWay))
    }

    @Test func `a write to the other side explains nothing here`() {
        #expect(!Self.isEcho("ours", entries: [Self.entry("ours", .open)], on: .hubspot))
    }
}
