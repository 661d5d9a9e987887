import GRDB
import SyncCore

/// Packs an entry's fields and attempts into one blob, and rows into values.
enum StoreCoding {
    /// Version, fields (index, value, reason), attempts (time, fate); numbers are LEB128.
    static func payload(_ entry: OutboxEntry) -> [UInt8] {
        var bytes: [UInt8] = [1]
        append(entry.fields.count, to: &bytes)
        for field in entry.fields {
            append(field.index, to: &bytes)
            append(field.value, to: &bytes)
            append(Array(field.reason.utf8), to: &bytes)
        }
        append(entry.attempts.count, to: &bytes)
        for attempt in entry.attempts {
            append(Int(attempt.sentAt), to: &bytes)
            bytes.append(attempt.fate.rawValue)
        }
        return bytes
    }

    static func parts(
        _ payload: [UInt8]
    ) -> (fields: [OutboxEntry.Field], attempts: [OutboxEntry.Attempt])? {
        var reader = ByteReader(bytes: payload)
        guard reader.byte() == 1, let count = reader.number() else { return nil }
        var fields: [OutboxEntry.Field] = []
        for _ in 0..<count {
            guard let index = reader.number(), let value = reader.data(), let reason = reader.data()
            else { return nil }
            fields.append(
                .init(index: index, value: value, reason: String(decoding: reason, as: UTF8.self))
            )
        }
        guard let tries = reader.number() else { return nil }
        var attempts: [OutboxEntry.Attempt] = []
        for _ in 0..<tries {
            guard let time = reader.number(), let byte = reader.byte(),
                let fate = OutboxEntry.Attempt.Fate(rawValue: byte)
            else { return nil }
            attempts.append(.init(sentAt: Int64(time), fate: fate))
        }
        return (fields, attempts)
    }

    static func append(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt64(max(0, number))
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(_ data: [UInt8], to bytes: inout [UInt8]) {
        Self.append(data.count, to: &bytes)
        bytes += data
    }

    static func link(_ row: Row) throws -> Link {
        try Link(
            id: row["id"],
            mapping: row["mapping"],
            hubspotID: row["hubspotID"],
            salesforceID: row["salesforceID"],
            salesforceObject: row["salesforceObject"],
            state: Link.State(rawValue: row["state"]) ?? .frozen,
            version: row["version"],
            hubspotBase: Self.blob(row, "hubspotBase"),
            salesforceBase: Self.blob(row, "salesforceBase"),
            hubspotStamp: Self.time(row["hubspotStamp"]),
            salesforceStamp: Self.time(row["salesforceStamp"]),
            writtenAt: row["writtenAt"],
            schemaRevision: row["schemaRevision"]
        )
    }

    static func entry(_ row: Row) throws -> OutboxEntry {
        guard let payload = Self.bytes(row, "payload"), let parts = Self.parts(payload),
            let target = Side(rawValue: row["target"]),
            let kind = OutboxEntry.Kind(rawValue: row["kind"]),
            let state = OutboxEntry.State(rawValue: row["state"]),
            let priority = PriorityClass(rawValue: row["priority"])
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return try OutboxEntry(
            id: row["id"],
            mapping: row["mapping"],
            link: row["link"],
            target: target,
            object: row["object"],
            kind: kind,
            state: state,
            priority: priority,
            targetID: row["targetID"],
            sourceID: row["sourceID"],
            fields: parts.fields,
            writesKey: row["writesKey"],
            needsGuard: row["needsGuard"],
            observedHubSpot: Self.observation(row, "hubspotValues", "hubspotStamp"),
            observedSalesforce: Self.observation(row, "salesforceValues", "salesforceStamp"),
            attempts: parts.attempts,
            notBefore: row["notBefore"]
        )
    }

    static func bytes(_ row: Row, _ name: String) -> [UInt8]? {
        try? row.withUnsafeData(named: name) { $0.map { Array($0) } }
    }

    /// Foreign bytes are damage: a base that is taken for absent would be merged as a first match.
    private static func blob(_ row: Row, _ name: String) throws -> RecordBlob? {
        guard let bytes = Self.bytes(row, name) else { return nil }
        guard let blob = RecordBlob(stored: bytes) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return blob
    }

    private static func time(_ milliseconds: Int64?) -> ServerTime? {
        milliseconds.map { ServerTime(milliseconds: $0) }
    }

    private static func observation(
        _ row: Row,
        _ values: String,
        _ stamp: String
    ) throws -> Observation? {
        guard let blob = try Self.blob(row, values), let time = Self.time(row[stamp]) else {
            return nil
        }
        return Observation(values: blob, stamp: time)
    }
}
