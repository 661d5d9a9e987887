/// How far a backfill has come; a crash continues it.
package struct BackfillProgress: Sendable, Hashable, Codable {
    package enum Phase: String, Sendable, Hashable, Codable {
        case readingSalesforce
        case readingHubSpot
        case matching
        case done
    }

    package var mapping: String
    package var phase: Phase
    /// The object being read and the last id stored of it.
    package var object: String?
    package var lastID: String?
    package var recordsRead: Int

    package init(
        mapping: String,
        phase: Phase,
        object: String? = nil,
        lastID: String? = nil,
        recordsRead: Int = 0
    ) {
        self.mapping = mapping
        self.phase = phase
        self.object = object
        self.lastID = lastID
        self.recordsRead = recordsRead
    }
}
