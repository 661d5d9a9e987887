import GRDB

/// The statements of one transaction that run for each record, each looked up once.
///
/// GRDB's cache finds a statement by its whole text; for every record that takes longer than some of the
/// statements.
final class HotStatements {
    let database: Database
    private var known: [HotStatement?]

    init(_ database: Database) {
        self.database = database
        self.known = Array(repeating: nil, count: HotSQL.allCases.count)
    }

    subscript(_ name: HotSQL) -> HotStatement {
        get throws {
            if let statement = self.known[name.rawValue] { return statement }
            let statement = try HotStatement(self.database, name.text)
            self.known[name.rawValue] = statement
            return statement
        }
    }
}
