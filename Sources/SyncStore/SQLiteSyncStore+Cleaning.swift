import Foundation
import GRDB

/// Files without a trace of what was erased.
extension SQLiteSyncStore {
    /// Writes the file anew where something was erased from it since it was written last.
    ///
    /// SQLite leaves what is deleted in free pages, in gaps of others and in the log until something else
    /// takes the place: also what was overwritten or dropped long before. A process that dies in between
    /// leaves this to whoever opens the store next.
    static func finishErasures(_ database: DatabaseQueue) throws {
        try database.writeWithoutTransaction { database in
            let isDue = try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS(SELECT 1 FROM erasure WHERE isClean = 0)"
            )
            guard isDue == true else { return }
            // Pages are made from buffers that have been others; the copy may be larger than memory.
            let before = try Int.fetchOne(database, sql: "PRAGMA secure_delete") ?? 0
            try database.execute(sql: "PRAGMA secure_delete=1; PRAGMA temp_store=FILE")
            defer {
                try? database.execute(
                    sql: "PRAGMA secure_delete=\(before); PRAGMA temp_store=MEMORY"
                )
            }
            try database.execute(sql: "VACUUM")
            try database.checkpoint(.truncate)
            Self.removeForgottenPreviews()
            try database.execute(sql: "UPDATE erasure SET isClean = 1 WHERE isClean = 0")
            try database.checkpoint(.truncate)
        }
    }

    /// Removes copies of stores that previews of processes that are no more have left behind.
    private static func removeForgottenPreviews() {
        let folder = NSTemporaryDirectory()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasPrefix(Self.previewPrefix) {
            let digits = name.dropFirst(Self.previewPrefix.count).prefix { $0 != "-" }
            guard let process = pid_t(digits), process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: folder + name)
        }
    }

    static let previewPrefix = "duet-preview-"
}
