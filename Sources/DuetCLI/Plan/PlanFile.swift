import Foundation
package import SyncCore
package import SyncRuntime

/// A plan as a file: a line that says what it is of, then a line for each write, without any value.
package struct PlanFile: Sendable {
    package struct Header: Sendable, Hashable, Codable {
        package var formatVersion: String
        /// Tells this plan from others.
        package var plan: String
        /// When it was made, as people read it.
        package var madeAt: String
        /// Who made it: the system's name.
        package var madeBy: String
        package var portal: String
        package var org: String
        /// The mapping whose backfill it has; none for what has changed alone.
        package var backfill: String?
        /// The fields' state by mapping: a plan of other fields is another plan.
        package var mappings: [String: Int64]
        package var writes: Int
        package var calls: [String: Int]
    }

    package var header: Header
    /// In the order of the file.
    package var writes: [WriteDigest]

    package init(header: Header, writes: [WriteDigest]) {
        self.header = header
        self.writes = writes
    }

    /// - Throws: what names the file, where it is no plan.
    package static func read(_ path: String) throws(SyncError) -> PlanFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SyncError(
                code: .usage,
                cause: "There is no plan at \(path).",
                nextStep: "Make one with `duet plan --out \(path)`."
            )
        }
        var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)[...]
        guard let first = lines.popFirst(),
            let header = try? JSONDecoder().decode(Header.self, from: first),
            header.formatVersion == CommandReport.formatVersion
        else { throw Self.unreadable(path) }
        var writes: [WriteDigest] = []
        writes.reserveCapacity(header.writes)
        for line in lines {
            let text = String(decoding: line.prefix(32), as: UTF8.self)
            guard let digest = WriteDigest(text) else { throw Self.unreadable(path) }
            writes.append(digest)
        }
        // A file that was cut off is not a smaller plan.
        guard writes.count == header.writes else { throw Self.unreadable(path) }
        return PlanFile(header: header, writes: writes)
    }

    private static func unreadable(_ path: String) -> SyncError {
        SyncError(
            code: .usage,
            cause: "\(path) is no plan of this version of duet, or not a whole one.",
            nextStep: "Make it anew with `duet plan --out \(path)`."
        )
    }
}
