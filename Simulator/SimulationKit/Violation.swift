/// A promise that a run broke.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// The checker's name, such as `noDuplicates`.
    package var invariant: String
    /// The records and what happened to them; values are the simulation's own tokens.
    package var story: String

    package var description: String { "\(self.invariant): \(self.story)" }
}
