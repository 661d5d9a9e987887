/// Places at a limiter that were taken ahead, so that calls that belong together do not wait
/// between each other (architecture 5.7).
package struct CallHold: Sendable, Hashable {
    /// The limiter's number of it; 0 holds nothing.
    package var id: Int64
    /// When the bytes of a guarded write must have left, on the monotonic clock, in milliseconds.
    ///
    /// It is as good as the look before it. The limiter asks last, after the call is in the ledger.
    package var leavesBy: Int64?

    package init(id: Int64) {
        self.id = id
    }

    package static let none = CallHold(id: 0)
}
