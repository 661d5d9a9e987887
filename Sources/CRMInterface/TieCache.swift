package import SyncCore

/// What activities belong to, as the last read of their ties told.
///
/// A poll shows the newest records again and again. The ties of one that has the stamp which it had then are
/// not asked for again: a tie that moves no stamp is seen with the record's next change.
package struct TieCache: Sendable {
    /// The ties of a record by what they lead to (`ReferenceTargets.Target.tieKey`), in the order of their ids.
    package typealias Ties = [String: [String]]

    private struct Known {
        var stamp: ServerTime
        /// `nil` for more than are read.
        var ties: Ties?
    }

    private var known: [ReferenceTargets.Tie: Known] = [:]
    /// How often something was forgotten: what was asked for before that is not noted.
    package private(set) var age = 0

    package init() {}

    /// What was told of a record that has not moved since.
    ///
    /// A row of an index that lags is older than what is known: its ties are no others.
    package func ties(of row: RecordRow) -> Ties? { self.known(row)?.ties }

    /// Whether a record that has not moved since had more ties than are read.
    package func hasTooMany(_ row: RecordRow) -> Bool {
        self.known(row).map { $0.ties == nil } ?? false
    }

    private func known(_ row: RecordRow) -> Known? {
        guard let known = self.known[Self.key(row.object, row.id)], known.stamp >= row.stamp
        else { return nil }
        return known
    }

    /// `ties`: `nil` for more than are read.
    package mutating func note(_ ties: Ties?, of row: RecordRow) {
        // What is forgotten is asked for once more.
        if self.known.count >= Self.countMax { self.known = [:] }
        self.known[Self.key(row.object, row.id)] = Known(stamp: row.stamp, ties: ties)
    }

    /// Something of the record is written: what comes of it is asked for.
    package mutating func forget(_ id: String, of object: String) {
        self.known[Self.key(object, id)] = nil
        self.age += 1
    }

    private static func key(_ object: String, _ id: String) -> ReferenceTargets.Tie {
        .init(object: object, id: id)
    }

    private static let countMax = 10_000
}
