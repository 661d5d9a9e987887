import WireJSON

extension MockHubSpot {
    /// When a batch was begun and done, which every batch tells and the vendor's clients require.
    static func batchTimes(_ now: Int64, into root: inout JSONWriter) {
        root.member("startedAt", ServerTime.iso(now))
        root.member("completedAt", ServerTime.iso(now))
    }
}
