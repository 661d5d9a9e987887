import GRDB

/// The store's tables: numbered steps that are never edited once they have shipped.
enum StoreSchema {
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-tables") { try $0.execute(sql: Self.tables) }
        migrator.registerMigration("0002-urgency-rounds") { try $0.execute(sql: Self.urgency) }
        migrator.registerMigration("0003-call-usage") { try $0.execute(sql: Self.usage) }
        migrator.registerMigration("0004-narrow-indexes") { try $0.execute(sql: Self.narrow) }
        migrator.registerMigration("0005-waiting") { try $0.execute(sql: Self.waiting) }
        migrator.registerMigration("0006-deletes") { try $0.execute(sql: Self.deletes) }
        migrator.registerMigration("0008-erasures") { try $0.execute(sql: Self.erasures) }
        migrator.registerMigration("0009-relations") { try $0.execute(sql: Self.relations) }
        migrator.registerMigration("0010-finding-subjects") { try $0.execute(sql: Self.subjects) }
        migrator.registerMigration("0011-relation-rests") { try $0.execute(sql: Self.rests) }
        migrator.registerMigration("0012-relation-sent") { try $0.execute(sql: Self.sent) }
        migrator.registerMigration("0013-relation-told") { try $0.execute(sql: Self.told) }
        migrator.registerMigration("0014-statuses") { try $0.execute(sql: StatusSchema.sql) }
        return migrator
    }

    /// Entries are handed out by urgency; rounds of one field are counted.
    private static let urgency = """
        CREATE INDEX outboxByUrgency ON outbox(target, state, priority, id);
        DROP INDEX outboxByState;
        ALTER TABLE link ADD COLUMN writtenAt INTEGER;
        """

    /// An update is found by its link, a create by its record: each stands in one index only.
    private static let narrow = """
        DROP INDEX outboxByLink;
        CREATE INDEX outboxByLink ON outbox(link) WHERE link IS NOT NULL;
        DROP INDEX outboxBySource;
        CREATE INDEX outboxBySource ON outbox(mapping, sourceID) WHERE link IS NULL;
        """

    /// Records that wait for the counterpart of one that they refer to.
    private static let waiting = """
        CREATE TABLE waiting(
            mapping TEXT NOT NULL, side TEXT NOT NULL, remoteID TEXT NOT NULL, object TEXT NOT NULL,
            parentMapping TEXT NOT NULL, parentID TEXT NOT NULL, isHeld INTEGER NOT NULL,
            PRIMARY KEY(mapping, side, remoteID, parentMapping, parentID)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX waitingByParent ON waiting(parentMapping, side, parentID);
        """

    /// The deletes of the last day are counted before others are sent; few pairs are not kept in step.
    private static let deletes = """
        CREATE INDEX linkHeld ON link(mapping, state) WHERE state <> 'active';
        CREATE INDEX journalDeletes ON journal(mapping, target, at) WHERE kind = 'deleted';
        """

    /// Of somebody who was erased nothing stays but keyed hashes; the key is made with the first of them.
    ///
    /// `isClean`: whether the file was written anew since, so that no free page has the values.
    private static let erasures = """
        CREATE TABLE erasure(
            id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, at INTEGER NOT NULL,
            isClean INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE erased(hash BLOB PRIMARY KEY, erasure INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX erasedByErasure ON erased(erasure);
        CREATE TABLE erasureKey(key BLOB NOT NULL) STRICT;
        """

    /// What both CRMs agreed on about ties between records that are records of their own in Salesforce.
    private static let relations = """
        CREATE TABLE relation(
            relation TEXT NOT NULL, parent INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
            child INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE, roles TEXT NOT NULL,
            PRIMARY KEY(relation, parent, child)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relationByParent ON relation(parent);
        CREATE INDEX relationByChild ON relation(child);
        CREATE TABLE relationDue(
            relation TEXT NOT NULL, link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
            isWhole INTEGER NOT NULL, version INTEGER NOT NULL, notBefore INTEGER NOT NULL,
            PRIMARY KEY(relation, link)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relationDueByLink ON relationDue(link);
        CREATE TABLE relationWait(
            mapping TEXT NOT NULL, side TEXT NOT NULL, remoteID TEXT NOT NULL, relation TEXT NOT NULL,
            link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
            PRIMARY KEY(mapping, side, remoteID, relation, link)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relationWaitByLink ON relationWait(link);
        """

    /// Two relations of one record may have the same problem: their names stood in the details alone.
    private static let subjects = """
        CREATE TABLE findingWithSubject(
            code TEXT NOT NULL, mapping TEXT NOT NULL, hubspotID TEXT NOT NULL,
            salesforceID TEXT NOT NULL, subject TEXT NOT NULL, details TEXT NOT NULL,
            firstSeen INTEGER NOT NULL, lastSeen INTEGER NOT NULL,
            PRIMARY KEY(code, mapping, hubspotID, salesforceID, subject)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO findingWithSubject
            SELECT code, mapping, hubspotID, salesforceID,
            CASE WHEN code IN ('relationRefused', 'tooManyTies')
            THEN substr(details, 1, instr(details || char(10), char(10)) - 1) ELSE '' END,
            details, firstSeen, lastSeen FROM finding;
        DROP TABLE finding;
        ALTER TABLE findingWithSubject RENAME TO finding;
        """

    /// Marks of links that are left out or frozen rest until the link is active again: no pass walks over them.
    ///
    /// 9223372036854775807 is `restingMark`.
    private static let rests = """
        UPDATE relationDue SET notBefore = 9223372036854775807
            WHERE link IN (SELECT id FROM link WHERE state <> 'active');
        CREATE INDEX relationDueByTime ON relationDue(relation, notBefore);
        CREATE TRIGGER linkRests AFTER UPDATE OF state ON link
            WHEN OLD.state <> NEW.state AND (OLD.state = 'active' OR NEW.state = 'active')
        BEGIN
            UPDATE relationDue
                SET notBefore = CASE NEW.state WHEN 'active' THEN 0 ELSE 9223372036854775807 END
                WHERE link = NEW.id;
        END;
        """

    /// Ties that were written without a reply: what shows them later is no edit.
    private static let sent = """
        CREATE TABLE relationSent(
            relation TEXT NOT NULL, parent INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
            child INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE, side TEXT NOT NULL,
            roles TEXT, PRIMARY KEY(relation, parent, child, side)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relationSentByParent ON relationSent(parent);
        CREATE INDEX relationSentByChild ON relationSent(child);
        """

    /// Of which ties of a marked record Salesforce's feed told, by its ids of the other ends: the rest may be hidden.
    private static let told = """
        CREATE TABLE relationTold(
            relation TEXT NOT NULL, link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
            child TEXT NOT NULL, PRIMARY KEY(relation, link, child)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relationToldByLink ON relationTold(link);
        """

    /// What each call's reply told of the day's calls: the budget goes on after a restart.
    private static let usage = """
        ALTER TABLE call ADD COLUMN answeredAt INTEGER;
        ALTER TABLE call ADD COLUMN priority INTEGER;
        ALTER TABLE call ADD COLUMN used INTEGER;
        ALTER TABLE call ADD COLUMN allowed INTEGER;
        """

    private static let tables = """
        CREATE TABLE account(
            side TEXT PRIMARY KEY, id TEXT NOT NULL, recordBaseURL TEXT NOT NULL,
            verifiedCredential TEXT
        ) STRICT;
        CREATE TABLE text(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE feed(
            side TEXT NOT NULL, object TEXT NOT NULL, read INTEGER NOT NULL,
            confirmed INTEGER NOT NULL, scanLowerBound INTEGER, scanLastID TEXT,
            PRIMARY KEY(side, object)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE link(
            id INTEGER PRIMARY KEY, mapping TEXT NOT NULL, hubspotID TEXT NOT NULL,
            salesforceID TEXT NOT NULL, salesforceObject TEXT NOT NULL, state TEXT NOT NULL,
            version INTEGER NOT NULL, hubspotBase BLOB, salesforceBase BLOB, hubspotStamp INTEGER,
            salesforceStamp INTEGER, schemaRevision INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX linkByHubSpot ON link(mapping, hubspotID);
        CREATE UNIQUE INDEX linkBySalesforce ON link(mapping, salesforceID);
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY AUTOINCREMENT, mapping TEXT NOT NULL, link INTEGER,
            target TEXT NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
            priority INTEGER NOT NULL, targetID TEXT, sourceID TEXT NOT NULL, payload BLOB NOT NULL,
            writesKey INTEGER NOT NULL, needsGuard INTEGER NOT NULL, hubspotValues BLOB,
            hubspotStamp INTEGER, salesforceValues BLOB, salesforceStamp INTEGER, notBefore INTEGER
        ) STRICT;
        CREATE INDEX outboxByLink ON outbox(link);
        CREATE INDEX outboxBySource ON outbox(mapping, sourceID);
        CREATE INDEX outboxByState ON outbox(target, state, id);
        CREATE TABLE parked(
            mapping TEXT NOT NULL, side TEXT NOT NULL, remoteID TEXT NOT NULL, object TEXT NOT NULL,
            cause TEXT NOT NULL, since INTEGER NOT NULL, notBefore INTEGER NOT NULL,
            PRIMARY KEY(mapping, side, remoteID)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE finding(
            code TEXT NOT NULL, mapping TEXT NOT NULL, hubspotID TEXT NOT NULL,
            salesforceID TEXT NOT NULL, details TEXT NOT NULL, firstSeen INTEGER NOT NULL,
            lastSeen INTEGER NOT NULL, PRIMARY KEY(code, mapping, hubspotID, salesforceID)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE journal(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, mapping TEXT NOT NULL, hubspotID TEXT,
            salesforceID TEXT, target TEXT, field TEXT, hubspotValue BLOB, salesforceValue BLOB,
            hubspotBase BLOB, salesforceBase BLOB, reason TEXT NOT NULL, at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX journalByHubSpot ON journal(hubspotID);
        CREATE INDEX journalBySalesforce ON journal(salesforceID);
        CREATE TABLE call(
            id INTEGER PRIMARY KEY AUTOINCREMENT, side TEXT NOT NULL, endpoint TEXT NOT NULL,
            purpose TEXT NOT NULL, object TEXT, records INTEGER NOT NULL, cost INTEGER NOT NULL,
            outcome TEXT NOT NULL, status INTEGER, sentAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX callByTime ON call(sentAt);
        CREATE TABLE backfill(
            mapping TEXT PRIMARY KEY, phase TEXT NOT NULL, object TEXT, lastID TEXT,
            recordsRead INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE stage(
            mapping TEXT NOT NULL, side TEXT NOT NULL, id TEXT NOT NULL, object TEXT NOT NULL,
            stamp INTEGER NOT NULL, data BLOB NOT NULL, counterpartID TEXT, keys TEXT NOT NULL,
            PRIMARY KEY(mapping, side, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stageKey(
            mapping TEXT NOT NULL, side TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY(mapping, side, key, id)
        ) STRICT, WITHOUT ROWID;
        """
}
