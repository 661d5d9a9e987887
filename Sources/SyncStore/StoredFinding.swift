package import SyncCore

/// A finding with when it was first and last seen, wall milliseconds.
package struct StoredFinding: Sendable, Hashable {
    package var finding: Finding
    package var firstSeen: Int64
    package var lastSeen: Int64

    package init(finding: Finding, firstSeen: Int64, lastSeen: Int64) {
        self.finding = finding
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}
