/// One record with the versions that somebody can still see.
struct MockRow: Sendable, Codable {
    /// A reference of another row.
    struct Released: Sendable, Codable {
        var table: Int
        var row: Int
        var place: Int
    }

    /// Deleted rows leave the recycle bin after 15 days.
    static let binLifetime: Int64 = 15 * SalesforceTime.day

    let id: String
    var current: MockVersion
    /// Older versions, oldest first, while the newer ones wait for their commit.
    var earlier: [MockVersion] = []
    /// Not shared with the integration users.
    var isHidden = false
    /// Gone from the recycle bin.
    var isPurged = false
    /// The parent whose deletion took this row along.
    var deletedWith: String?
    /// The lookups to this row that its deletion emptied.
    var released: [Released]?

    init(id: String, current: MockVersion) {
        self.id = id
        self.current = current
    }

    /// The version that a query at that time sees, or `nil` before the first commit.
    func visible(at now: Int64) -> MockVersion? {
        if self.isPurged { return nil }
        if self.current.visibleAt <= now { return self.current.inBin(at: now) ? self.current : nil }
        return self.earlier.last { $0.visibleAt <= now }
    }

    mutating func push(_ version: MockVersion, at now: Int64) {
        if version.visibleAt > now || self.current.visibleAt > now {
            self.earlier.append(self.current)
        } else {
            self.earlier = []
        }
        self.current = version
    }
}

extension MockVersion {
    fileprivate func inBin(at now: Int64) -> Bool {
        guard self.isDeleted, let deletedAt = self.deletedAt else { return true }
        return now - deletedAt < MockRow.binLifetime
    }
}
