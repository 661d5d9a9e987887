/// How many deletes of a mapping wait for one side, and how many were done there.
package struct DeleteCount: Sendable, Hashable {
    /// Planned ones that nobody has let go.
    package var waiting = 0
    /// The number of the newest planned one; 0 where there is none.
    package var newest: Int64 = 0
    package var done = 0

    package init() {}
}
