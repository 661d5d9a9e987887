/// Counts requests and rows for the faults that come every so many.
struct FaultCounts: Sendable, Codable {
    private var requests = 0
    private var writes = 0
    private var creates = 0
    private var rows = 0

    /// The fault of the coming REST request, if it has one.
    mutating func next(_ faults: inout MockSalesforceFaults) -> MockSalesforceFault? {
        self.requests += 1
        if !faults.coming.isEmpty { return faults.coming.removeFirst() }
        let standing: [(Int?, MockSalesforceFault)] = [
            (faults.unavailableEveryNth, .unavailable),
            (faults.serverErrorEveryNth, .serverError),
            (faults.requestLimitEveryNth, .requestLimit),
            (faults.expiredSessionEveryNth, .expiredSession),
            (faults.malformedBodyEveryNth, .malformedBody),
            (faults.truncatedBodyEveryNth, .truncatedBody),
        ]
        return standing.first { Self.hits(self.requests, $0.0) }?.1
    }

    mutating func hitsDropBefore(_ faults: MockSalesforceFaults) -> Bool {
        self.writes += 1
        return Self.hits(self.writes, faults.dropBeforeCommitEveryNthWrite)
    }

    /// Asked after `hitsDropBefore`, which has counted the write.
    mutating func hitsDropAfter(_ faults: MockSalesforceFaults, hasCreate: Bool) -> Bool {
        if hasCreate { self.creates += 1 }
        return Self.hits(self.writes, faults.dropAfterCommitEveryNthWrite)
            || (hasCreate && Self.hits(self.creates, faults.dropAfterCommitEveryNthCreate))
    }

    mutating func hitsLockedRow(_ faults: MockSalesforceFaults) -> Bool {
        self.rows += 1
        return Self.hits(self.rows, faults.lockedRowEveryNth)
    }

    private static func hits(_ count: Int, _ every: Int?) -> Bool {
        guard let every, every > 0 else { return false }
        return count.isMultiple(of: every)
    }
}
