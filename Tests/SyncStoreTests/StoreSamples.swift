import SyncCore
import SyncStore

/// Values that the store's tests share.
enum StoreSamples {
    static func store(now: Int64 = 1_000) throws(SyncError) -> SQLiteSyncStore {
        try SQLiteSyncStore.inMemory { now }
    }

    static func blob(_ values: String...) -> RecordBlob {
        RecordBlob(values: values.map { FieldValue(normal: $0) })
    }

    static func link(
        _ hubspotID: String,
        _ salesforceID: String,
        mapping: String = "contacts"
    ) -> Link {
        Link(
            mapping: mapping,
            hubspotID: hubspotID,
            salesforceID: salesforceID,
            salesforceObject: "Contact"
        )
    }

    /// A planned update of HubSpot that sets one field.
    static func update(
        sourceID: String = "003A",
        targetID: String = "1",
        link: Int64? = nil
    ) -> OutboxEntry {
        OutboxEntry(
            mapping: "contacts",
            link: link,
            target: .hubspot,
            object: "contacts",
            kind: .update,
            targetID: targetID,
            sourceID: sourceID,
            fields: [.init(index: 1, value: Array("x".utf8), reason: "changed")]
        )
    }

    /// A create at HubSpot from a Salesforce record.
    static func create(from sourceID: String, state: OutboxEntry.State = .planned) -> OutboxEntry {
        OutboxEntry(
            mapping: "contacts",
            link: nil,
            target: .hubspot,
            object: "contacts",
            kind: .create,
            state: state,
            targetID: nil,
            sourceID: sourceID,
            fields: []
        )
    }

    static func parked(
        _ remoteID: String,
        cause: ParkedRecord.Cause = .staleRow,
        since: Int64 = 0,
        notBefore: Int64 = 0
    ) -> ParkedRecord {
        ParkedRecord(
            mapping: "contacts",
            side: .hubspot,
            object: "contacts",
            remoteID: remoteID,
            cause: cause,
            since: since,
            notBefore: notBefore
        )
    }

    static func staged(
        _ id: String,
        keys: [String],
        mapping: String = "contacts",
        side: Side = .salesforce
    ) -> StagedRecord {
        StagedRecord(
            mapping: mapping,
            side: side,
            row: RecordRow(
                id: id,
                object: "Contact",
                stamp: ServerTime(milliseconds: 7),
                values: Self.blob(id)
            ),
            matchKeys: keys
        )
    }

    static let progress = BackfillProgress(mapping: "contacts", phase: .readingSalesforce)
}
