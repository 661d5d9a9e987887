/// What else goes wrong with one message: rates out of a hundred, each message at most one of them.
package struct WireFaults: Sendable, Hashable, Codable {
    /// The CRM gets the request twice, the client one reply.
    package var duplicatesPercent = 0
    /// The client gives up first, then the request arrives, within the vendor's longest request
    /// time.
    package var lateLandingsPercent = 0
    /// The CRM acts at once; its reply comes byte by byte until the client gives up.
    package var tricklesPercent = 0
    /// The reply is cut, empty, or a proxy's page.
    package var spoiledPercent = 0

    package init(
        duplicatesPercent: Int = 0,
        lateLandingsPercent: Int = 0,
        tricklesPercent: Int = 0,
        spoiledPercent: Int = 0
    ) {
        self.duplicatesPercent = duplicatesPercent
        self.lateLandingsPercent = lateLandingsPercent
        self.tricklesPercent = tricklesPercent
        self.spoiledPercent = spoiledPercent
    }

    /// The faults of both, each at its higher rate.
    func joined(_ other: Self?) -> Self {
        guard let other else { return self }
        return Self(
            duplicatesPercent: max(self.duplicatesPercent, other.duplicatesPercent),
            lateLandingsPercent: max(self.lateLandingsPercent, other.lateLandingsPercent),
            tricklesPercent: max(self.tricklesPercent, other.tricklesPercent),
            spoiledPercent: max(self.spoiledPercent, other.spoiledPercent)
        )
    }
}
