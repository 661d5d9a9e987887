/// Places at a limiter that were taken ahead, so that calls that belong together do not wait
/// between each other (architecture 5.7).
package struct CallHold: Sendable, Hashable {
    /// The limiter's number of it; 0 holds nothing.
    package var id: Int64

    package init(id: Int64) {
        self.id = id
    }

    package static let none = CallHold(id: 0)
}
