import GRDB
import SyncCore

/// Compares how pairs stand with what their records tell.
struct StatusLook {
    private let database: Database
    private let mapping: String
    /// Links that were looked at: both of its records may be noted.
    private var seen: Set<Int64> = []

    init(_ database: Database, _ mapping: String) {
        self.database = database
        self.mapping = mapping
    }

    /// The records of a link that tell something else than how it stands; nothing for one that was looked at.
    mutating func differing(_ id: Int64) throws -> [DueStatus] {
        guard self.seen.insert(id).inserted else { return [] }
        let find = try HotStatement(
            self.database,
            "SELECT \(StoreCoding.linkColumns) FROM link WHERE id = ?"
        )
        find.bind(1, id)
        guard let link = try find.first(StoreCoding.link),
            let status = SyncStatus(
                link.state,
                hasProblem: try self.hasProblem(link),
                waits: try self.waits(link)
            )
        else { return [] }
        return try Side.allCases.filter { side in
            guard !link.state.isGone(from: side) else { return false }
            return try self.told(link.recordID(on: side), side) != status
        }.map { DueStatus(link: link, side: $0, status: status) }
    }

    private func told(_ id: String, _ side: Side) throws -> SyncStatus? {
        let find = try HotStatement(
            self.database,
            "SELECT told FROM status WHERE mapping = ? AND side = ? AND remoteID = ?"
        )
        find.bind(1, self.mapping)
        find.bind(2, side.rawValue)
        find.bind(3, id)
        guard let told = try find.first({ $0.integer(0) }) else { return .inSync }
        return SyncStatus(rawValue: UInt8(clamping: told))
    }

    private func hasProblem(_ link: Link) throws -> Bool {
        let find = try HotStatement(
            self.database,
            """
            SELECT EXISTS(SELECT 1 FROM finding WHERE code IN \(Self.problems) AND mapping = ?1
                AND hubspotID = ?2 AND salesforceID IN ('', ?3))
            OR EXISTS(SELECT 1 FROM finding WHERE code IN \(Self.problems) AND mapping = ?1
                AND hubspotID = '' AND salesforceID = ?3)
            """
        )
        find.bind(1, self.mapping)
        find.bind(2, link.hubspotID)
        find.bind(3, link.salesforceID)
        return try find.first { $0.integer(0) == 1 } ?? false
    }

    private func waits(_ link: Link) throws -> Bool {
        let find = try HotStatement(
            self.database,
            "SELECT EXISTS(SELECT 1 FROM waiting WHERE mapping = ? AND side = ? AND remoteID = ?)"
        )
        return try Side.allCases.contains { side in
            find.bind(1, self.mapping)
            find.bind(2, side.rawValue)
            find.bind(3, link.recordID(on: side))
            return try find.first { $0.integer(0) == 1 } ?? false
        }
    }

    private static let problems =
        "(" + SyncStatus.problems.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
}
