import GRDB
import SyncCore

/// Finds the addresses and ids by which the store knows a person.
///
/// No index has addresses: whole tables are read once, which an erasure may take.
struct PersonSearch {
    private let database: Database
    private let fields: [PeopleFields]
    private(set) var person: Person
    /// Records that nobody named, with one of the person's addresses.
    private(set) var sharing = Person()
    private var followed: Set<PersonName> = []

    init(_ database: Database, person: Person, fields: [PeopleFields]) {
        self.database = database
        self.person = person
        self.fields = fields
    }

    /// - Throws: where so many records have one of the addresses that they can hardly be one person.
    mutating func run(isOnlyNamed: Bool) throws {
        let named = self.person.addresses
        for holder in try self.holders(of: named) {
            for (side, id) in holder.ids { self.person.add(id, on: side) }
        }
        try self.follow()
        // Once: whoever shares an address with one who shares one is not the same person for that.
        for holder in try self.holders(of: self.person.addresses.subtracting(named)) {
            if isOnlyNamed {
                self.person.addresses.subtract(holder.addresses)
                continue
            }
            for (side, id) in holder.ids where self.person.add(id, on: side) {
                self.sharing.add(id, on: side)
            }
        }
        guard self.person.recordCount <= Self.recordsMax else {
            throw SyncError(
                code: .usage,
                cause:
                    "More than \(Self.recordsMax) records have an e-mail address of this person.",
                nextStep: "Name the records by their ids, with --only-named."
            )
        }
        try self.follow()
    }

    // MARK: - By id

    /// Adds what is known of the person's records, until that names no further one.
    private mutating func follow() throws {
        for _ in 0..<Self.roundsMax {
            let open = Side.allCases.flatMap { side in
                self.person.ids(on: side).sorted().map { (id: $0, side: side) }
            }.filter { !self.followed.contains(.record($0.id, $0.side)) }
            guard !open.isEmpty else { return }
            for (id, side) in open {
                self.followed.insert(.record(id, side))
                for fields in self.fields {
                    try self.followLink(id, side, fields)
                    try self.followEntries(id, side, fields)
                    try self.followStage(id, side, fields)
                    try self.followHistory(id, side, fields)
                }
            }
        }
    }

    private static func column(of side: Side) -> String {
        side == .hubspot ? "hubspotID" : "salesforceID"
    }

    private mutating func followLink(_ id: String, _ side: Side, _ fields: PeopleFields) throws {
        let find = try HotStatement(
            self.database,
            """
            SELECT \(StoreCoding.linkColumns) FROM link
            WHERE mapping = ? AND \(Self.column(of: side)) = ?
            """
        )
        find.bind(1, fields.mapping)
        find.bind(2, id)
        guard let link = try find.first(StoreCoding.link) else { return }
        for side in Side.allCases {
            self.person.add(link.recordID(on: side), on: side)
            guard let base = link.base(on: side) else { continue }
            self.person.addresses.formUnion(fields.addresses(in: base))
        }
        let entries = try HotStatement(
            self.database,
            "SELECT \(StoreCoding.entryColumns) FROM outbox WHERE link = ?"
        )
        entries.bind(1, link.id)
        try entries.forEach { try self.add(StoreCoding.entry($0), fields) }
    }

    private mutating func followEntries(_ id: String, _ side: Side, _ fields: PeopleFields) throws {
        let find = try HotStatement(
            self.database,
            """
            SELECT \(StoreCoding.entryColumns) FROM outbox
            WHERE mapping = ? AND sourceID = ? AND link IS NULL AND target = ?
            """
        )
        find.bind(1, fields.mapping)
        find.bind(2, id)
        find.bind(3, side.other.rawValue)
        try find.forEach { try self.add(StoreCoding.entry($0), fields) }
    }

    private mutating func add(_ entry: OutboxEntry, _ fields: PeopleFields) {
        self.person.addresses.formUnion(Self.addresses(of: entry, fields))
    }

    private static func addresses(of entry: OutboxEntry, _ fields: PeopleFields) -> [String] {
        fields.addresses(in: entry.fields)
            + Side.allCases.compactMap { entry.observed(on: $0)?.values }
            .flatMap { fields.addresses(in: $0) }
    }

    private mutating func followStage(_ id: String, _ side: Side, _ fields: PeopleFields) throws {
        let find = try HotStatement(
            self.database,
            "SELECT data FROM stage WHERE mapping = ? AND side = ? AND id = ?"
        )
        find.bind(1, fields.mapping)
        find.bind(2, side.rawValue)
        find.bind(3, id)
        guard let record = try find.first({ $0.bytes(0).flatMap(RecordBlob.init(stored:)) }) ?? nil
        else { return }
        self.person.addresses.formUnion(fields.addresses(in: record))
    }

    /// Addresses that were overwritten since, and records that were the person's before a merge.
    private mutating func followHistory(_ id: String, _ side: Side, _ fields: PeopleFields) throws {
        let rows = try Row.fetchAll(
            self.database,
            sql: "SELECT * FROM journal WHERE \(Self.column(of: side)) = ? AND mapping = ?",
            arguments: [id, fields.mapping]
        )
        for line in rows.compactMap(SQLiteSyncStore.journalEntry) {
            self.person.addresses.formUnion(Self.addresses(of: line, fields))
            guard let other = side == .hubspot ? line.salesforceID : line.hubspotID,
                !self.person.has(other, on: side.other),
                // One that is synced with somebody is somebody else by now.
                try !self.isLinked(other, on: side.other, fields)
            else { continue }
            self.person.add(other, on: side.other)
        }
    }

    private func isLinked(_ id: String, on side: Side, _ fields: PeopleFields) throws -> Bool {
        try Bool.fetchOne(
            self.database,
            sql: """
                SELECT EXISTS(SELECT 1 FROM link WHERE mapping = ? AND \(Self.column(of: side)) = ?)
                """,
            arguments: [fields.mapping, id]
        ) ?? false
    }

    /// The addresses that a line of the history tells.
    static func addresses(of line: JournalEntry, _ fields: PeopleFields) -> [String] {
        guard let field = line.field, fields.names.contains(field) else { return [] }
        return [line.hubspotValue, line.salesforceValue, line.hubspotBase, line.salesforceBase]
            .compactMap { $0 }
            .flatMap { PeopleFields.addresses(in: FieldValue(bytes: $0)) }
    }

    // MARK: - By address

    private struct Holder {
        var ids: [(side: Side, id: String)]
        /// Those that it has of the wanted ones.
        var addresses: Set<String>
    }

    /// Records that are not among the person's and have one of these addresses.
    private func holders(of wanted: Set<String>) throws -> [Holder] {
        guard !wanted.isEmpty else { return [] }
        var holders: [Holder] = []
        for fields in self.fields {
            holders += try self.linkedHolders(of: wanted, fields)
            holders += try self.unlinkedHolders(of: wanted, fields)
            holders += try self.stagedHolders(of: wanted, fields)
        }
        return holders
    }

    private func holder(
        of wanted: Set<String>,
        _ ids: [(side: Side, id: String)],
        _ addresses: [String]
    ) -> Holder? {
        let shared = wanted.intersection(addresses)
        guard !shared.isEmpty, ids.contains(where: { !self.person.has($0.id, on: $0.side) })
        else { return nil }
        return Holder(ids: ids, addresses: shared)
    }

    private func linkedHolders(
        of wanted: Set<String>,
        _ fields: PeopleFields
    ) throws -> [Holder] {
        let all = try HotStatement(
            self.database,
            "SELECT \(StoreCoding.linkColumns) FROM link WHERE +mapping = ? ORDER BY id"
        )
        all.bind(1, fields.mapping)
        var holders: [Holder] = []
        try all.forEach { row in
            let link = try StoreCoding.link(row)
            let addresses = Side.allCases.compactMap { link.base(on: $0) }
                .flatMap { fields.addresses(in: $0) }
            let ids = Side.allCases.map { (side: $0, id: link.recordID(on: $0)) }
            if let holder = self.holder(of: wanted, ids, addresses) { holders.append(holder) }
        }
        return holders
    }

    /// Those that are to be created in the other CRM.
    private func unlinkedHolders(
        of wanted: Set<String>,
        _ fields: PeopleFields
    ) throws -> [Holder] {
        let all = try HotStatement(
            self.database,
            "SELECT \(StoreCoding.entryColumns) FROM outbox WHERE link IS NULL AND +mapping = ?"
        )
        all.bind(1, fields.mapping)
        var holders: [Holder] = []
        try all.forEach { row in
            let entry = try StoreCoding.entry(row)
            let ids = [(side: entry.target.other, id: entry.sourceID)]
            let addresses = Self.addresses(of: entry, fields)
            if let holder = self.holder(of: wanted, ids, addresses) { holders.append(holder) }
        }
        return holders
    }

    private func stagedHolders(
        of wanted: Set<String>,
        _ fields: PeopleFields
    ) throws -> [Holder] {
        let all = try HotStatement(
            self.database,
            "SELECT side, id, data FROM stage WHERE mapping = ?"
        )
        all.bind(1, fields.mapping)
        var holders: [Holder] = []
        try all.forEach { row in
            guard let side = Side(rawValue: row.text(0)),
                let record = row.bytes(2).flatMap(RecordBlob.init(stored:))
            else { return }
            let ids = [(side: side, id: row.text(1))]
            if let holder = self.holder(of: wanted, ids, fields.addresses(in: record)) {
                holders.append(holder)
            }
        }
        return holders
    }

    /// How many records one person may be.
    private static let recordsMax = 100
    private static let roundsMax = 16
}
