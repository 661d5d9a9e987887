import GRDB
import SyncCore

/// Takes all that the store holds of a person out of its tables.
struct PersonRemoval {
    private let database: Database
    private let request: ErasureRequest
    private let person: Person
    private(set) var outcome: ErasureOutcome
    /// Wall milliseconds.
    private let now: Int64

    init(_ database: Database, _ request: ErasureRequest, _ search: PersonSearch, now: Int64) {
        self.database = database
        self.request = request
        self.person = search.person
        self.outcome = ErasureOutcome(person: search.person, sharing: search.sharing)
        self.now = now
    }

    mutating func run() throws {
        for fields in self.request.fields {
            // Entries first: they are found by their links.
            try self.removeEntries(fields)
            try self.removeLinks(fields)
            try self.removeHistory(fields)
            try self.removeFindings(fields)
            try self.removeWaiting(fields)
            try self.removeStaged(fields)
            // Last: that an issue or a wait is over has the records noted.
            try self.removeStatuses(fields)
        }
        try self.removeTold()
    }

    private mutating func removeEntries(_ fields: PeopleFields) throws {
        let links = Set(try self.links(fields))
        let all = try HotStatement(
            self.database,
            "SELECT id, link, target, sourceID, targetID, state FROM outbox WHERE +mapping = ?"
        )
        all.bind(1, fields.mapping)
        var mine: [Int64] = []
        try all.forEach { row in
            guard let target = Side(rawValue: row.text(2)) else { return }
            // A create may name the record that it is looked for by.
            let isMine =
                row.integerOrNil(1).map(links.contains) ?? false
                || self.person.has(row.text(3), on: target.other)
                || self.person.has(row.textOrNil(4), on: target)
            guard isMine else { return }
            mine.append(row.integer(0))
            if OutboxEntry.State(rawValue: row.text(5))?.isOnItsWay ?? false {
                self.outcome.onTheirWay += 1
            }
        }
        try self.delete(mine, from: "outbox")
        self.outcome.entries += mine.count
    }

    private func links(_ fields: PeopleFields) throws -> [Int64] {
        var links: [Int64] = []
        for (column, side) in Self.columns {
            for id in self.person.ids(on: side).sorted() {
                links += try Int64.fetchAll(
                    self.database,
                    sql: "SELECT id FROM link WHERE mapping = ? AND \(column) = ?",
                    arguments: [fields.mapping, id]
                )
            }
        }
        return links
    }

    private mutating func removeLinks(_ fields: PeopleFields) throws {
        let links = Set(try self.links(fields)).sorted()
        try self.delete(links, from: "link")
        self.outcome.links += links.count
    }

    private mutating func removeHistory(_ fields: PeopleFields) throws {
        var lines = Set<Int64>()
        for (column, side) in Self.columns {
            for id in self.person.ids(on: side).sorted() {
                lines.formUnion(
                    try Int64.fetchAll(
                        self.database,
                        sql: "SELECT id FROM journal WHERE \(column) = ? AND mapping = ?",
                        arguments: [id, fields.mapping]
                    )
                )
            }
        }
        lines.formUnion(try self.linesOfTies(fields))
        // An address that another record had for a while is the person's all the same.
        lines.formUnion(try self.linesWithAddress(fields))
        try self.delete(lines.sorted(), from: "journal")
        self.outcome.historyLines += lines.count
    }

    /// Lines about others that tell of ties with the person.
    private func linesOfTies(_ fields: PeopleFields) throws -> [Int64] {
        var lines: [Int64] = []
        for side in Side.allCases {
            let column = side == .hubspot ? "hubspotValue" : "salesforceValue"
            for id in self.person.ids(on: side).sorted() {
                lines += try Int64.fetchAll(
                    self.database,
                    sql: """
                        SELECT id FROM journal
                        WHERE field LIKE '% with ' || ? AND \(column) = CAST(? AS BLOB)
                        """,
                    arguments: [fields.mapping, id]
                )
            }
        }
        return lines
    }

    private func linesWithAddress(_ fields: PeopleFields) throws -> [Int64] {
        guard !self.person.addresses.isEmpty else { return [] }
        let names = fields.names.sorted().map { _ in "?" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            self.database,
            sql: "SELECT * FROM journal WHERE mapping = ? AND field IN (\(names))",
            arguments: [fields.mapping] + StatementArguments(fields.names.sorted())
        )
        var lines: [Int64] = []
        while let row = try rows.next() {
            guard let line = SQLiteSyncStore.journalEntry(row),
                !self.person.addresses.isDisjoint(with: PersonSearch.addresses(of: line, fields))
            else { continue }
            lines.append(row["id"])
        }
        return lines
    }

    /// Removes issues about the person, and the person's ids from issues about others.
    private mutating func removeFindings(_ fields: PeopleFields) throws {
        let rows = try Row.fetchAll(
            self.database,
            sql: "SELECT * FROM finding WHERE mapping = ? OR code = ?",
            arguments: [fields.mapping, Finding.Code.relationRefused.rawValue]
        )
        let ids = self.person.hubspotIDs.union(self.person.salesforceIDs)
        for finding in rows.compactMap(SQLiteSyncStore.finding) {
            let told = finding.finding
            let isMine =
                self.person.has(told.hubspotID, on: .hubspot)
                || self.person.has(told.salesforceID, on: .salesforce)
            if told.mapping == fields.mapping, isMine {
                try SQLiteSyncStore.resolve(told, self.database)
                self.outcome.findings += 1
            } else if told.details.contains(where: ids.contains) {
                var rest = told
                rest.details.removeAll(where: ids.contains)
                try SQLiteSyncStore.raise(rest, now: finding.lastSeen, self.database)
            }
        }
    }

    private mutating func removeWaiting(_ fields: PeopleFields) throws {
        for (_, side) in Self.columns {
            for id in self.person.ids(on: side).sorted() {
                // Whoever waits for the person's counterpart goes on without it.
                try self.release(id, on: side, fields)
                for table in ["waiting", "parked", "relationWait"] {
                    try self.database.execute(
                        sql: "DELETE FROM \(table) WHERE mapping = ? AND side = ? AND remoteID = ?",
                        arguments: [fields.mapping, side.rawValue, id]
                    )
                    self.outcome.waiting += self.database.changesCount
                }
            }
        }
    }

    private mutating func release(_ id: String, on side: Side, _ fields: PeopleFields) throws {
        let condition = "parentMapping = ? AND side = ? AND parentID = ?"
        let arguments: StatementArguments = [fields.mapping, side.rawValue, id]
        let held = try Row.fetchAll(
            self.database,
            sql: "SELECT mapping, remoteID, object FROM waiting WHERE isHeld = 1 AND \(condition)",
            arguments: arguments
        )
        for row in held {
            let parked = ParkedRecord(
                mapping: row["mapping"],
                side: side,
                object: row["object"],
                remoteID: row["remoteID"],
                cause: .parentless,
                since: self.now
            )
            try SQLiteSyncStore.park(parked, self.database)
        }
        try self.database.execute(
            sql: "DELETE FROM waiting WHERE \(condition)",
            arguments: arguments
        )
        self.outcome.waiting += self.database.changesCount
    }

    private mutating func removeStaged(_ fields: PeopleFields) throws {
        for (_, side) in Self.columns {
            for id in self.person.ids(on: side).sorted() {
                let isStaged = try Bool.fetchOne(
                    self.database,
                    sql: """
                        SELECT EXISTS(SELECT 1 FROM stage
                        WHERE mapping = ? AND side = ? AND id = ?)
                        """,
                    arguments: [fields.mapping, side.rawValue, id]
                )
                if isStaged == true { self.outcome.staged += 1 }
                try SQLiteSyncStore.unstage(fields.mapping, side, id, self.database)
                try self.database.execute(
                    sql: "DELETE FROM stageKey WHERE mapping = ? AND side = ? AND id = ?",
                    arguments: [fields.mapping, side.rawValue, id]
                )
            }
        }
    }

    /// Removes that Salesforce told of the person's ties: their records are looked at all the same.
    ///
    /// A nameless line stays: none at all would say that it told of everybody's.
    private func removeTold() throws {
        for id in self.person.ids(on: .salesforce).sorted() {
            try self.database.execute(
                sql: "UPDATE OR REPLACE relationTold SET child = '' WHERE child = ?",
                arguments: [id]
            )
        }
    }

    private func removeStatuses(_ fields: PeopleFields) throws {
        for (_, side) in Self.columns {
            for id in self.person.ids(on: side).sorted() {
                for table in ["status", "statusDue"] {
                    try self.database.execute(
                        sql: "DELETE FROM \(table) WHERE mapping = ? AND side = ? AND remoteID = ?",
                        arguments: [fields.mapping, side.rawValue, id]
                    )
                }
            }
        }
    }

    private func delete(_ ids: [Int64], from table: String) throws {
        let statement = try self.database.cachedStatement(
            sql: "DELETE FROM \(table) WHERE id = ?"
        )
        for id in ids { try statement.execute(arguments: [id]) }
    }

    private static let columns: [(column: String, side: Side)] = [
        ("hubspotID", .hubspot), ("salesforceID", .salesforce),
    ]
}
