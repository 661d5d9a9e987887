/// Somebody's wish that nothing is written for a while.
package struct Pause: Sendable, Hashable, Codable {
    /// The mapping whose records are not written; `nil` for everything, which is not even looked at.
    package var mapping: String?
    /// Wall milliseconds.
    package var since: Int64
    /// Wall milliseconds; `nil` until somebody ends it.
    package var until: Int64?
    package var reason: String?

    package init(mapping: String?, since: Int64, until: Int64?, reason: String?) {
        self.mapping = mapping
        self.since = since
        self.until = until
        self.reason = reason
    }

    package func isOn(at now: Int64) -> Bool { self.until.map { now < $0 } ?? true }
}
