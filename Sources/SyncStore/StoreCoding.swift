import GRDB
import SyncCore

/// Packs an entry's fields and attempts into one blob, and rows into values.
enum StoreCoding {
    /// The states of links whose records are both there, as SQL writes a list.
    static let wholeStates: String = {
        let states: [Link.State] = [.active, .outsideInHubSpot, .outsideInSalesforce, .outside]
        return "(" + states.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
    }()

    /// Version, fields (index, value, reason), attempts (time, fate); numbers are LEB128.
    static func payload(_ entry: OutboxEntry) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + entry.fields.count * 64)
        bytes.append(1)
        append(entry.fields.count, to: &bytes)
        for field in entry.fields {
            append(field.index, to: &bytes)
            append(field.value, to: &bytes)
            append(field.reason.utf8.count, to: &bytes)
            bytes.append(contentsOf: field.reason.utf8)
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
        guard count <= payload.count else { return nil }
        var fields: [OutboxEntry.Field] = []
        fields.reserveCapacity(count)
        for _ in 0..<count {
            guard let index = reader.number(), let value = reader.data(), let reason = reader.text()
            else { return nil }
            fields.append(.init(index: index, value: value, reason: reason))
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

    /// The columns that `link` reads, in its order.
    static let linkColumns = """
        id, mapping, hubspotID, salesforceID, salesforceObject, state, version, hubspotBase,
        salesforceBase, hubspotStamp, salesforceStamp, writtenAt, schemaRevision
        """

    static func link(_ row: HotStatement) throws -> Link {
        try Link(
            id: row.integer(0),
            mapping: row.text(1),
            hubspotID: row.text(2),
            salesforceID: row.text(3),
            salesforceObject: row.text(4),
            state: Link.State(rawValue: row.text(5)) ?? .frozen,
            version: row.integer(6),
            hubspotBase: Self.blob(row, 7),
            salesforceBase: Self.blob(row, 8),
            hubspotStamp: Self.time(row, 9),
            salesforceStamp: Self.time(row, 10),
            writtenAt: row.integerOrNil(11),
            schemaRevision: row.integer(12)
        )
    }

    /// Whether a link is in step with a row of this side (see `StoredRecord.inStep`).
    static func isInStep(_ link: HotStatement, with row: RecordRow, on side: Side) -> Bool {
        let (base, other): (Int32, Int32) = side == .hubspot ? (7, 8) : (8, 7)
        guard row.fate == .live, row.formerIDs.isEmpty,
            link.isSame(5, as: Link.State.active.rawValue), !link.isNull(other),
            link.isSame(base, as: row.values.bytes)
        else { return false }
        guard row.counterpartID == nil, let stamp = Self.stamp(link, on: side) else { return true }
        return row.stamp <= stamp
    }

    static func stamp(_ link: HotStatement, on side: Side) -> ServerTime? {
        Self.time(link, side == .hubspot ? 9 : 10)
    }

    /// The columns that `entry` reads, in its order.
    static let entryColumns = """
        id, mapping, link, target, object, kind, state, priority, targetID, sourceID, payload,
        writesKey, needsGuard, hubspotValues, hubspotStamp, salesforceValues, salesforceStamp,
        notBefore
        """

    static func entry(_ row: HotStatement) throws -> OutboxEntry {
        guard let payload = row.bytes(10), let parts = Self.parts(payload),
            let target = Side(rawValue: row.text(3)),
            let kind = OutboxEntry.Kind(rawValue: row.text(5)),
            let state = OutboxEntry.State(rawValue: row.text(6)),
            let priority = PriorityClass(rawValue: Int(row.integer(7)))
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return try OutboxEntry(
            id: row.integer(0),
            mapping: row.text(1),
            link: row.integerOrNil(2),
            target: target,
            object: row.text(4),
            kind: kind,
            state: state,
            priority: priority,
            targetID: row.textOrNil(8),
            sourceID: row.text(9),
            fields: parts.fields,
            writesKey: row.integer(11) != 0,
            status: Self.status(row.integer(11)),
            needsGuard: row.integer(12) != 0,
            observedHubSpot: Self.observation(row, 13),
            observedSalesforce: Self.observation(row, 15),
            attempts: parts.attempts,
            notBefore: row.integerOrNil(17)
        )
    }

    /// What `writesKey` says of an entry: 0 for no key, 1 for a key, and from 2 on a key and the status that goes
    /// with it.
    static func key(_ entry: OutboxEntry) -> Int64 {
        guard entry.writesKey else { return 0 }
        return entry.status.map { Int64($0.rawValue) + 2 } ?? 1
    }

    private static func status(_ key: Int64) -> SyncStatus? {
        key < 2 ? nil : SyncStatus(rawValue: UInt8(clamping: key - 2))
    }

    static func bytes(_ row: Row, _ name: String) -> [UInt8]? {
        try? row.withUnsafeData(named: name) { $0.map { Array($0) } }
    }

    /// Foreign bytes are damage: a base that is taken for absent would be merged as a first match.
    private static func blob(_ row: HotStatement, _ column: Int32) throws -> RecordBlob? {
        guard let bytes = row.bytes(column) else { return nil }
        guard let blob = RecordBlob(stored: bytes) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return blob
    }

    private static func time(_ row: HotStatement, _ column: Int32) -> ServerTime? {
        row.integerOrNil(column).map { ServerTime(milliseconds: $0) }
    }

    /// What was observed, in a column of values and the one of its stamp after it.
    private static func observation(
        _ row: HotStatement,
        _ column: Int32
    ) throws -> Observation? {
        guard let blob = try Self.blob(row, column), let time = Self.time(row, column + 1) else {
            return nil
        }
        return Observation(values: blob, stamp: time)
    }
}
