/// The day's calls as they were counted at one time; it is shown again for a while.
struct UsageReport: Sendable, Codable {
    var collectedAt: Int64
    var used: Int
}
