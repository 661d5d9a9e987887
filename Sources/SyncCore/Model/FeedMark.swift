/// The two watermarks of one feed (one object of one side) and a scan in progress.
package struct FeedMark: Sendable, Hashable, Codable {
    package var side: Side
    /// `contacts`, `Contact`, `Lead`.
    package var object: String
    /// Where the next poll starts.
    package var read: ServerTime
    /// Before which nothing can still appear.
    package var confirmed: ServerTime
    /// A HubSpot scan in progress: its lower bound and the last id that was stored.
    package var scanLowerBound: ServerTime?
    package var scanLastID: String?

    package init(
        side: Side,
        object: String,
        read: ServerTime,
        confirmed: ServerTime,
        scanLowerBound: ServerTime? = nil,
        scanLastID: String? = nil
    ) {
        self.side = side
        self.object = object
        self.read = read
        self.confirmed = confirmed
        self.scanLowerBound = scanLowerBound
        self.scanLastID = scanLastID
    }
}
