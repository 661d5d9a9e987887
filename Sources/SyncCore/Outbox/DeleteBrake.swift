/// Stops deletes that are too many to be meant: more than a number, or than a share of what is synced.
package struct DeleteBrake: Sendable, Hashable {
    private let atMost: Int

    /// - Parameter atMost: how many records of one side may be deleted within a day.
    package init(atMost: Int) {
        self.atMost = atMost
    }

    /// How many may be deleted within a day where so many are synced.
    ///
    /// A tenth of them is enough to ask, but nobody is asked for a handful.
    package func limit(linked: Int) -> Int {
        min(self.atMost, max(Self.handful, linked / 10))
    }

    /// Whether deletes wait for a person.
    ///
    /// `waiting`: planned ones that nobody has let go yet. `done`: those of the last day.
    /// `linked`: all pairs of the mapping, with the deleted ones.
    package func holds(waiting: Int, done: Int, linked: Int) -> Bool {
        waiting > 0 && waiting + done > self.limit(linked: linked)
    }

    private static let handful = 5
}
