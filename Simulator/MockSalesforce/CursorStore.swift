/// Open query cursors by their 01g id.
struct CursorStore: Sendable {
    struct Cursor: Sendable {
        var projection: Projection
        var rows: [Int]
        var pageRows: Int
        var expiresAt: Int64
        var includesDeleted: Bool
    }

    private var cursors: [String: Cursor] = [:]
    private var used = 0

    mutating func open(_ cursor: Cursor) -> String {
        self.used += 1
        let id = SalesforceID.make(prefix: "01g", number: self.used)
        self.cursors[id] = cursor
        return id
    }

    func cursor(_ id: String, at now: Int64) -> Cursor? {
        guard let cursor = self.cursors[id], now < cursor.expiresAt else { return nil }
        return cursor
    }

    mutating func expireAll() {
        self.cursors = [:]
    }
}
