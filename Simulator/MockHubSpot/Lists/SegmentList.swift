/// A list, which HubSpot calls a segment: some records of one object type.
struct SegmentList: Sendable, Codable {
    enum Processing: String, Sendable, Hashable, Codable {
        /// Members come and go through the API only.
        case manual = "MANUAL"
        /// HubSpot keeps the members by the filters.
        case dynamic = "DYNAMIC"
        /// The filters were applied once.
        case snapshot = "SNAPSHOT"
    }

    var id: String
    var name: String
    /// The type id of its records, such as `0-1`.
    var type: String
    var processing: Processing
    var filter: SegmentFilter?
    /// The filters as they were given.
    var filterJSON: [UInt8]?
    var version = 1
    var createdAt: Int64
    var updatedAt: Int64
    var isDeleted = false
    var folder = ListFolder.root
    /// When each member joined.
    var members: [Int64: Int64] = [:]
}
