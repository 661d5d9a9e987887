import GRDB
import Signatures
package import SyncCore
import Synchronization

/// People who were erased: nothing of them stays but keyed hashes, by which they are recognised.
extension SQLiteSyncStore {
    /// Takes out all that is stored of a person, also from the pages of the file that are free.
    ///
    /// Where the file could not be written anew, the erasure is listed as not clean.
    ///
    /// - Throws: where a write to one of the person's records is on its way.
    package func erase(_ request: ErasureRequest) async throws(SyncError) -> ErasureOutcome {
        let outcome = try self.remove(request, isPreview: false)
        self.erasuresKnown.store(0, ordering: .relaxed)
        // What was taken out is gone from the tables; where there is no room for a second copy of the file
        // now, it is written anew when it is opened next, and until then `erasures` says so.
        try? Self.finishErasures(self.database)
        return outcome
    }

    /// What an erasure would take out; nothing is stored.
    package func previewErasure(
        _ request: ErasureRequest
    ) async throws(SyncError) -> ErasureOutcome {
        try self.remove(request, isPreview: true)
    }

    /// All that were done and not lifted, the oldest first.
    package func erasures() async throws(SyncError) -> [Erasure] {
        try self.read { try Self.erasures($0) }
    }

    /// The erasures that these names belong to.
    package func erasures(of names: [PersonName]) async throws(SyncError) -> [Erasure] {
        let numbers = Set(try await self.erased(Set(names)).values)
        return try await self.erasures().filter { numbers.contains($0.number) }
    }

    /// Lifts erasures: the persons may be synced again, as anybody new.
    package func lift(_ numbers: [Int64]) async throws(SyncError) {
        try self.write { database in
            for number in numbers {
                try database.execute(
                    sql: "DELETE FROM erased WHERE erasure = ?",
                    arguments: [number]
                )
                try database.execute(
                    sql: "DELETE FROM erasure WHERE id = ?",
                    arguments: [number]
                )
                try database.execute(
                    sql: """
                        DELETE FROM finding
                        WHERE code = ?1 AND (details = ?2 OR details LIKE ?2 || char(10) || '%')
                        """,
                    arguments: [Finding.Code.erased.rawValue, Finding.detail(ofErasure: number)]
                )
            }
        }
        self.erasuresKnown.store(0, ordering: .relaxed)
    }

    package func hasErasures() throws(SyncError) -> Bool {
        switch self.erasuresKnown.load(ordering: .relaxed) {
        case 1: return false
        case 2: return true
        default:
            let hasAny = try self.read { database in
                try Bool.fetchOne(database, sql: "SELECT EXISTS(SELECT 1 FROM erased)") ?? false
            }
            self.erasuresKnown.store(hasAny ? 2 : 1, ordering: .relaxed)
            return hasAny
        }
    }

    package func erased(
        _ names: Set<PersonName>
    ) async throws(SyncError) -> [PersonName: Int64] {
        guard try self.hasErasures() else { return [:] }
        return try self.readAtOnce { database in
            guard let key = try Self.erasureKey(database) else { return [:] }
            let find = try HotStatement(database, "SELECT erasure FROM erased WHERE hash = ?")
            var found: [PersonName: Int64] = [:]
            for name in names {
                find.bind(1, Self.hash(name, key))
                if let number = try find.first({ $0.integer(0) }) { found[name] = number }
            }
            return found
        }
    }

    package func toldErased(
        mapping: String,
        side: Side
    ) async throws(SyncError) -> [String: Bool] {
        let column = side == .hubspot ? "hubspotID" : "salesforceID"
        return try self.read { database in
            let told = try HotStatement(
                database,
                """
                SELECT \(column), details LIKE '%' || char(10) || '%' FROM finding
                WHERE code = ? AND mapping = ? AND \(column) <> ''
                """
            )
            told.bind(1, Finding.Code.erased.rawValue)
            told.bind(2, mapping)
            var found: [String: Bool] = [:]
            try told.forEach { found[$0.text(0)] = $0.integer(1) == 1 }
            return found
        }
    }

    // MARK: - Pieces

    private func remove(
        _ request: ErasureRequest,
        isPreview: Bool
    ) throws(SyncError) -> ErasureOutcome {
        let now = self.wallMilliseconds()
        return try self.write { database in
            var outcome: ErasureOutcome?
            // What a preview shows is what the command does, but for the end.
            try database.inSavepoint {
                var search = PersonSearch(
                    database,
                    person: request.person,
                    fields: request.fields
                )
                try search.run(isOnlyNamed: request.isOnlyNamed)
                var removal = PersonRemoval(database, request, search, now: now)
                try removal.run()
                outcome = removal.outcome
                guard !isPreview else { return .rollback }
                guard removal.outcome.onTheirWay == 0 else { throw Self.isOnItsWay }
                outcome?.number = try Self.remember(search.person, request, now: now, database)
                return .commit
            }
            guard let outcome else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
            return outcome
        }
    }

    private static let isOnItsWay = SyncError(
        code: .storeBusy,
        cause:
            "A write to a record of this person is on its way, and its outcome is not known yet.",
        nextStep: "Run `duet sync`, which finds out, then erase again; nothing was erased."
    )

    /// Keeps the hashes of all the names of a person; answers the erasure's number.
    private static func remember(
        _ person: Person,
        _ request: ErasureRequest,
        now: Int64,
        _ database: Database
    ) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO erasureKey SELECT randomblob(32)
                WHERE NOT EXISTS(SELECT 1 FROM erasureKey)
                """
        )
        guard let key = try Self.erasureKey(database) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        try database.execute(
            sql: "INSERT INTO erasure(command, at, isClean) VALUES (?, ?, 0)",
            arguments: [request.command, now]
        )
        let number = database.lastInsertedRowID
        for name in person.names {
            try database.execute(
                sql: "INSERT OR REPLACE INTO erased(hash, erasure) VALUES (?, ?)",
                arguments: [Self.hash(name, key).data, number]
            )
        }
        return number
    }

    private static func erasures(_ database: Database) throws -> [Erasure] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, command, at, isClean,
                (SELECT COUNT(*) FROM erased WHERE erased.erasure = erasure.id) AS hashes
                FROM erasure ORDER BY id
                """
        ).map { row in
            Erasure(
                number: row["id"],
                command: row["command"],
                at: row["at"],
                hashes: row["hashes"],
                isClean: row["isClean"]
            )
        }
    }

    private static func erasureKey(_ database: Database) throws -> [UInt8]? {
        try HotStatement(database, "SELECT key FROM erasureKey").first { $0.bytes(0) } ?? nil
    }

    private static func hash(_ name: PersonName, _ key: [UInt8]) -> [UInt8] {
        SHA256.hmac(key: key, message: name.text.utf8)
    }
}
