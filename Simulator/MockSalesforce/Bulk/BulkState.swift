/// Where a job stands; the names are the vendor's.
enum BulkState: String, Sendable, Hashable, Codable {
    case open = "Open"
    case uploadComplete = "UploadComplete"
    case inProgress = "InProgress"
    case jobComplete = "JobComplete"
    case failed = "Failed"
    case aborted = "Aborted"

    var isFinal: Bool {
        switch self {
        case .jobComplete, .failed, .aborted: true
        case .open, .uploadComplete, .inProgress: false
        }
    }
}
