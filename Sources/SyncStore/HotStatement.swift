import Foundation
import GRDB
import GRDBSQLite
import SyncCore

/// A prepared statement of GRDB's cache, bound and read through SQLite's own calls.
///
/// GRDB's rows make a value of each column that is asked for by name: several times what SQLite itself
/// takes for the read. Only what a sync does for each record goes this way; what people ask for, and
/// migrations, stay with GRDB.
struct HotStatement {
    private let statement: SQLiteStatement
    private let database: Database

    init(_ database: Database, _ sql: String) throws {
        self.statement = try database.cachedStatement(sql: sql).sqliteStatement
        self.database = database
    }

    // MARK: - Running

    /// Runs it for each row that it gives, and leaves it as it found it.
    func forEach(_ body: (HotStatement) throws -> Void) throws {
        defer { sqlite3_reset(self.statement) }
        while try self.step() { try body(self) }
    }

    /// The first row, if there is one.
    func first<Value>(_ body: (HotStatement) throws -> Value) throws -> Value? {
        defer { sqlite3_reset(self.statement) }
        return try self.step() ? try body(self) : nil
    }

    /// Runs a statement that gives no rows; answers how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        defer { sqlite3_reset(self.statement) }
        while try self.step() {}
        return self.database.changesCount
    }

    private func step() throws -> Bool {
        switch sqlite3_step(self.statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let code = sqlite3_extended_errcode(self.database.sqliteConnection)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
    }

    // MARK: - Binding, from the first parameter on

    func bind(_ place: Int32, _ text: String?) {
        guard var text else { return self.bindNull(place) }
        // A text of no characters is not `NULL`.
        guard !text.isEmpty else {
            sqlite3_bind_text(self.statement, place, "", 0, Self.copied)
            return
        }
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                let count = Int32(characters.count)
                let start = characters.baseAddress
                _ = sqlite3_bind_text(self.statement, place, start, count, Self.copied)
            }
        }
    }

    func bind(_ place: Int32, _ number: Int64?) {
        guard let number else { return self.bindNull(place) }
        sqlite3_bind_int64(self.statement, place, number)
    }

    func bind(_ place: Int32, _ flag: Bool) {
        sqlite3_bind_int64(self.statement, place, flag ? 1 : 0)
    }

    func bind(_ place: Int32, _ bytes: [UInt8]?) {
        guard let bytes else { return self.bindNull(place) }
        guard !bytes.isEmpty else {
            sqlite3_bind_zeroblob(self.statement, place, 0)
            return
        }
        bytes.withUnsafeBytes { raw in
            _ = sqlite3_bind_blob(
                self.statement,
                place,
                raw.baseAddress,
                Int32(raw.count),
                Self.copied
            )
        }
    }

    private func bindNull(_ place: Int32) {
        sqlite3_bind_null(self.statement, place)
    }

    // MARK: - Columns, from 0 on

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(self.statement, column) == SQLITE_NULL
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(self.statement, column)
    }

    func integerOrNil(_ column: Int32) -> Int64? {
        self.isNull(column) ? nil : self.integer(column)
    }

    /// Whether a column holds exactly these bytes; `NULL` never does.
    func isSame(_ column: Int32, as bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { self.isSame(column, as: $0) }
    }

    /// Whether a column holds exactly this text; `NULL` never does.
    func isSame(_ column: Int32, as text: String) -> Bool {
        var text = text
        return text.withUTF8 { self.isSame(column, as: UnsafeRawBufferPointer($0)) }
    }

    private func isSame(_ column: Int32, as bytes: UnsafeRawBufferPointer) -> Bool {
        guard !self.isNull(column),
            Int(sqlite3_column_bytes(self.statement, column)) == bytes.count
        else { return false }
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return true }
        guard let stored = sqlite3_column_blob(self.statement, column) else { return false }
        return memcmp(stored, start, bytes.count) == 0
    }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(self.statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(self.statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func textOrNil(_ column: Int32) -> String? {
        self.isNull(column) ? nil : self.text(column)
    }

    func bytes(_ column: Int32) -> [UInt8]? {
        guard !self.isNull(column) else { return nil }
        guard let start = sqlite3_column_blob(self.statement, column) else { return [] }
        let count = Int(sqlite3_column_bytes(self.statement, column))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// SQLite copies what it is given before the call returns.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
