/// What is stored and looked up for each record.
enum HotSQL: Int, CaseIterable {
    case insertLink
    /// Most links keep their records and their state: what indexes hold and triggers watch is then left alone.
    case updateLink
    case moveLink
    case insertEntry
    /// Nearly all entries stay with their record: indexes of what does not change are left alone.
    case updateEntry
    case moveEntry
    case endEntry
    case unpark
    case findWaiting
    case endWait
    case appendHistory

    var text: String {
        switch self {
        case .insertLink:
            """
            INSERT INTO link(mapping, hubspotID, salesforceID, salesforceObject, state, version,
            hubspotBase, salesforceBase, hubspotStamp, salesforceStamp, writtenAt, schemaRevision)
            VALUES (?9, ?10, ?11, ?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
            """
        case .updateLink:
            """
            UPDATE link SET salesforceObject = ?1, version = version + 1,
            hubspotBase = ?3, salesforceBase = ?4, hubspotStamp = ?5, salesforceStamp = ?6,
            writtenAt = ?7, schemaRevision = ?8 WHERE id = ?12 AND version = ?13 AND mapping = ?9
            AND hubspotID = ?10 AND salesforceID = ?11 AND state = ?2
            """
        case .moveLink:
            """
            UPDATE OR IGNORE link SET salesforceObject = ?1, state = ?2, version = version + 1,
            hubspotBase = ?3, salesforceBase = ?4, hubspotStamp = ?5, salesforceStamp = ?6,
            writtenAt = ?7, schemaRevision = ?8, mapping = ?9, hubspotID = ?10, salesforceID = ?11
            WHERE id = ?12 AND version = ?13
            """
        case .insertEntry:
            """
            INSERT INTO outbox(state, payload, notBefore, priority, mapping, link, target, object,
            kind, targetID, sourceID, writesKey, needsGuard, hubspotValues, hubspotStamp,
            salesforceValues, salesforceStamp)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """
        case .updateEntry:
            """
            UPDATE outbox SET state = ?1, payload = ?2, notBefore = ?3, object = ?8, kind = ?9,
            targetID = ?10, writesKey = ?12, needsGuard = ?13 WHERE id = ?14 AND priority = ?4
            AND mapping = ?5 AND link IS ?6 AND target = ?7 AND sourceID = ?11
            """
        case .moveEntry:
            """
            UPDATE outbox SET state = ?1, payload = ?2, notBefore = ?3, priority = ?4, mapping = ?5,
            link = ?6, target = ?7, object = ?8, kind = ?9, targetID = ?10, sourceID = ?11,
            writesKey = ?12, needsGuard = ?13 WHERE id = ?14
            """
        case .endEntry: "DELETE FROM outbox WHERE id = ?"
        case .unpark:
            "DELETE FROM parked WHERE mapping = ? AND side = ? AND remoteID = ? AND cause = ?"
        case .findWaiting:
            """
            SELECT mapping, object, remoteID FROM waiting
            WHERE parentMapping = ? AND side = ? AND parentID = ?
            """
        case .endWait:
            "DELETE FROM waiting WHERE mapping = ? AND side = ? AND remoteID = ?"
        case .appendHistory:
            """
            INSERT INTO journal(kind, mapping, hubspotID, salesforceID, target, field, hubspotValue,
            salesforceValue, hubspotBase, salesforceBase, reason, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        }
    }
}
