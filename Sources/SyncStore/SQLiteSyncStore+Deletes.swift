package import SyncCore

extension SQLiteSyncStore {
    package func links(
        mapping: String,
        after id: Int64,
        limit: Int
    ) async throws(SyncError) -> [Link] {
        try self.readAtOnce { database in
            // In the order of the table itself: an index of the mapping would sort all its links for each page.
            let find = try HotStatement(
                database,
                """
                SELECT \(StoreCoding.linkColumns) FROM link WHERE id > ? AND +mapping = ?
                ORDER BY id LIMIT ?
                """
            )
            find.bind(1, id)
            find.bind(2, mapping)
            find.bind(3, Int64(limit))
            var links: [Link] = []
            try find.forEach { links.append(try StoreCoding.link($0)) }
            return links
        }
    }

    package func deletes(
        mapping: String,
        target: Side,
        after released: Int64,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> DeleteCount {
        try self.readAtOnce { database in
            var count = DeleteCount()
            let planned = try HotStatement(
                database,
                """
                SELECT COUNT(*), COALESCE(MAX(id), 0) FROM outbox
                WHERE target = ? AND state = 'planned' AND mapping = ? AND kind = 'delete' AND id > ?
                """
            )
            planned.bind(1, target.rawValue)
            planned.bind(2, mapping)
            planned.bind(3, released)
            if let found = try planned.first({ ($0.integer(0), $0.integer(1)) }) {
                (count.waiting, count.newest) = (Int(found.0), found.1)
            }
            let done = try HotStatement(
                database,
                """
                SELECT COUNT(*) FROM journal
                WHERE kind = 'deleted' AND mapping = ? AND target = ? AND at >= ?
                """
            )
            done.bind(1, mapping)
            done.bind(2, target.rawValue)
            done.bind(3, wallMilliseconds)
            count.done = try done.first { Int($0.integer(0)) } ?? 0
            // What is on its way is as good as done.
            let sent = try HotStatement(
                database,
                """
                SELECT COUNT(*) FROM outbox WHERE target = ? AND mapping = ? AND kind = 'delete'
                AND state IN ('sent', 'unknown', 'landed')
                """
            )
            sent.bind(1, target.rawValue)
            sent.bind(2, mapping)
            count.done += try sent.first { Int($0.integer(0)) } ?? 0
            return count
        }
    }
}
