/// The tables of what records tell of themselves, and the triggers that note whose word may be out of date.
///
/// A pair's state, its issues and its waits are stored in many places; here none can be forgotten. New pairs are stored
/// in one place, which notes those that rest. Nothing is noted of mappings whose records tell nothing.
enum StatusSchema {
    /// The tables and triggers.
    ///
    /// `status`: what records tell that is not "in sync". `statusMapping`: the mappings whose records tell, and how
    /// far those that were linked before have been told, by the numbers of their links.
    static let sql = """
        CREATE TABLE status(
            mapping TEXT NOT NULL, side TEXT NOT NULL, remoteID TEXT NOT NULL, told INTEGER NOT NULL,
            PRIMARY KEY(mapping, side, remoteID)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE statusDue(
            mapping TEXT NOT NULL, side TEXT NOT NULL, remoteID TEXT NOT NULL,
            PRIMARY KEY(mapping, side, remoteID)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE statusMapping(
            mapping TEXT PRIMARY KEY, makeUp TEXT NOT NULL, walked INTEGER NOT NULL,
            walksTo INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(Self.links)
        \(Self.trigger("Raised", "AFTER INSERT ON finding", "NEW", Self.finding))
        \(Self.trigger("Resolved", "AFTER DELETE ON finding", "OLD", Self.finding))
        \(Self.trigger("Waits", "AFTER INSERT ON waiting", "NEW", Self.waiting))
        \(Self.trigger("Waited", "AFTER DELETE ON waiting", "OLD", Self.waiting))
        """

    private static let links = Self.trigger(
        "Moved",
        "AFTER UPDATE OF state, hubspotID, salesforceID ON link",
        "NEW",
        Self.link,
        """
        (NEW.state <> OLD.state OR NEW.hubspotID <> OLD.hubspotID
        OR NEW.salesforceID <> OLD.salesforceID) AND
        """
    )

    /// Notes a pair that is stored at once as one at rest: a trigger would be run for each new pair.
    static let noteNewLink = """
        INSERT OR IGNORE INTO statusDue(mapping, side, remoteID)
        SELECT mapping, 'hubspot', ?2 FROM statusMapping WHERE mapping = ?1
        """

    private static let link = "SELECT ROW.mapping, 'hubspot', ROW.hubspotID"
    private static let finding = """
        SELECT ROW.mapping, 'hubspot', ROW.hubspotID WHERE ROW.hubspotID <> ''
        UNION ALL SELECT ROW.mapping, 'salesforce', ROW.salesforceID WHERE ROW.salesforceID <> ''
        """
    private static let waiting = "SELECT ROW.mapping, ROW.side, ROW.remoteID"

    private static func trigger(
        _ name: String,
        _ event: String,
        _ row: String,
        _ records: String,
        _ condition: String = ""
    ) -> String {
        """
        CREATE TRIGGER status\(name) \(event) WHEN \(condition)
            EXISTS(SELECT 1 FROM statusMapping WHERE mapping = \(row).mapping)
        BEGIN
            INSERT OR IGNORE INTO statusDue(mapping, side, remoteID)
            \(records.replacing("ROW", with: row));
        END;
        """
    }
}
