/// A local sequence number that orders the start and the end of requests in one process.
///
/// Starts and ends draw from one counter, so `a < b` says that `a` happened before `b`.
/// Numbers do not survive a restart; after one, every request is newer than all before it.
package struct RequestSequence: Sendable, Hashable, Comparable, Codable {
    package var number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    /// Before every request of this process.
    package static let none = RequestSequence(0)

    package static func < (left: RequestSequence, right: RequestSequence) -> Bool {
        left.number < right.number
    }
}
