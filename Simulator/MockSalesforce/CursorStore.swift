import DequeModule

/// Open query cursors by their 01g id.
struct CursorStore: Sendable, Codable {
    struct Cursor: Sendable, Codable {
        var projection: Projection
        var rows: [Int]
        var pageRows: Int
        var expiresAt: Int64
        var includesDeleted: Bool
    }

    /// Rows of all open cursors together, some 160 MB; beyond it the oldest ones end early.
    private static let rowsMax = 20_000_000
    /// Open cursors; a real org has no limit, a machine's memory has.
    static let countMax = 5_000

    private var cursors: [String: Cursor] = [:]
    /// The ids of open cursors, oldest first.
    private var ids: Deque<String> = []
    private var rows = 0
    /// The number of the cursor that is opened next.
    private(set) var next = 1

    /// Opens a cursor and ends those whose time is over.
    mutating func open(_ cursor: Cursor, at now: Int64) -> String {
        while let oldest = self.ids.first, (self.cursors[oldest]?.expiresAt ?? 0) <= now {
            self.endOldest()
        }
        let id = Self.id(self.next)
        self.next += 1
        self.cursors[id] = cursor
        self.ids.append(id)
        self.rows += cursor.rows.count
        while self.ids.count > Self.countMax || self.rows > Self.rowsMax && self.ids.count > 1 {
            self.endOldest()
        }
        return id
    }

    var count: Int { self.ids.count }

    /// Leaves a number out that a reply was written with, and that nothing follows.
    mutating func skip() {
        self.next += 1
    }

    private mutating func endOldest() {
        guard let id = self.ids.popFirst(), let cursor = self.cursors.removeValue(forKey: id)
        else { return }
        self.rows -= cursor.rows.count
    }

    static func id(_ number: Int) -> String {
        SalesforceID.make(prefix: "01g", number: number)
    }

    func cursor(_ id: String, at now: Int64) -> Cursor? {
        guard let cursor = self.cursors[id], now < cursor.expiresAt else { return nil }
        return cursor
    }

    mutating func expireAll() {
        self.cursors = [:]
        self.ids = []
        self.rows = 0
    }
}
