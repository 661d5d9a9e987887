import SyncCore
import SyncStore

/// Values with every field set to something of its own.
enum Samples {
    static func blob(_ values: String...) -> RecordBlob {
        RecordBlob(values: values.map { FieldValue(normal: $0) })
    }

    static func time(_ milliseconds: Int64) -> ServerTime {
        ServerTime(milliseconds: milliseconds)
    }

    static func link(_ number: Int = 1, mapping: String = "contacts") -> Link {
        Link(
            mapping: mapping,
            hubspotID: "10\(number)",
            salesforceID: "003x\(number)",
            salesforceObject: "Contact",
            hubspotBase: self.blob("ada@example.com", "", "Zoë"),
            salesforceBase: self.blob("ada@example.com", "Lovelace", ""),
            hubspotStamp: self.time(1_111),
            salesforceStamp: self.time(2_222),
            writtenAt: 3_333,
            schemaRevision: 7
        )
    }

    static func entry(
        link: Int64?,
        target: Side = .salesforce,
        state: OutboxEntry.State = .planned,
        priority: PriorityClass = .field,
        sourceID: String = "101",
        notBefore: Int64? = nil
    ) -> OutboxEntry {
        OutboxEntry(
            mapping: "contacts",
            link: link,
            target: target,
            object: "Contact",
            kind: link == nil ? .create : .update,
            state: state,
            priority: priority,
            targetID: link == nil ? nil : "003x1",
            sourceID: sourceID,
            fields: [
                .init(index: 2, value: Array("Zoë".utf8), reason: "Two-way: HubSpot is newer"),
                .init(index: 300, value: [], reason: ""),
            ],
            writesKey: true,
            needsGuard: true,
            observedHubSpot: Observation(values: self.blob("a", "b"), stamp: self.time(5)),
            observedSalesforce: Observation(values: self.blob("c", ""), stamp: self.time(6)),
            attempts: [
                .init(sentAt: 1_790_000_000_000), .init(sentAt: 9, fate: .refused),
                .init(sentAt: 10, fate: .stored),
            ],
            notBefore: notBefore
        )
    }

    static func store(now: Int64 = 1_000) throws -> SQLiteSyncStore {
        try SQLiteSyncStore.inMemory(now: { now })
    }
}
