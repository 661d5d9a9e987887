/// A moment on a CRM's own clock, in milliseconds since 1970-01-01T00:00:00Z.
///
/// It comes from a `Date` header or from a record's stamp, never from this machine's clock.
package struct ServerTime: Sendable, Hashable, Comparable, Codable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: ServerTime, right: ServerTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// This moment moved by a number of seconds, which may be negative.
    package func adding(seconds: Int64) -> ServerTime {
        ServerTime(milliseconds: self.milliseconds + seconds * 1_000)
    }
}
