/// Decides whether a row may be believed, by local order and by stamp.
///
/// A row counts only if its request was sent after the last write and after the last accepted read
/// of the record on that side ended, and its stamp is not older than the newest stamp held for that
/// side; otherwise only the id is taken.
package struct RowGate: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// Its values may be decided from.
        case counts
        /// Only its id is taken: the record is read again.
        case stale
    }

    private struct Key: Hashable {
        var side: Side
        var id: String
    }

    private struct Memory {
        /// When the last write or the last accepted read of the record ended.
        var ended: RequestSequence
        /// The newest stamp seen, also where the row brought no news and the link kept none.
        var stamp: ServerTime?
    }

    private var memory: [Key: Memory] = [:]
    /// The newest stamp of each side: its server's clock is at least there.
    private var newest: [Side: ServerTime] = [:]
    private let horizons: [Side: Int64]

    /// - Parameter horizons: how long an older version of a record may still be shown, in
    ///   milliseconds; by default as long as each side's feed waits before it confirms.
    package init(horizons: [Side: Int64] = [:]) {
        self.horizons = horizons
    }

    /// Judges one row; a row that counts becomes the last accepted read of its record.
    ///
    /// A page may be judged twice, when its commit has to be decided again.
    /// `sent`: when the row's request was sent, and `ended` when its reply had been read.
    /// `storedStamp`: the stamp that the link holds for the side.
    package mutating func admit(
        side: Side,
        id: String,
        stamp: ServerTime,
        sent: RequestSequence,
        ended: RequestSequence,
        storedStamp: ServerTime?
    ) -> Verdict {
        let key = Key(side: side, id: id)
        let known = self.memory[key]
        if let known, sent < known.ended, ended != known.ended { return .stale }
        if let held = known?.stamp, stamp < held { return .stale }
        if let storedStamp, stamp < storedStamp { return .stale }
        self.memory[key] = Memory(ended: ended, stamp: stamp)
        self.newest[side] = max(stamp, self.newest[side] ?? stamp)
        return .counts
    }

    /// Remembers that a write of the record ended; older requests may show what was before it.
    ///
    /// `stamp`: the record's new stamp where the reply tells it: HubSpot's search may
    /// go on to show the version before it, also to requests sent afterwards.
    package mutating func wrote(
        side: Side,
        id: String,
        ended: RequestSequence,
        stamp: ServerTime? = nil
    ) {
        let key = Key(side: side, id: id)
        var known = self.memory[key] ?? Memory(ended: ended, stamp: nil)
        known.ended = max(known.ended, ended)
        if let stamp {
            known.stamp = max(stamp, known.stamp ?? stamp)
            self.newest[side] = max(stamp, self.newest[side] ?? stamp)
        }
        self.memory[key] = known
    }

    /// Forgets what no request in flight can contradict and no lagging index can still show.
    ///
    /// - Parameter oldest: the oldest request in flight, or the newest number where there is none.
    package mutating func prune(requestsBefore oldest: RequestSequence) {
        self.memory = self.memory.filter { key, known in
            guard known.ended < oldest else { return true }
            guard let stamp = known.stamp, let newest = self.newest[key.side] else { return false }
            return newest.milliseconds - stamp.milliseconds <= self.horizon(of: key.side)
        }
    }

    /// Forgets one side's records whose stamps are older than anything a lagging reply can show.
    ///
    /// Only while no request is in flight: then what is kept by order alone is settled too.
    package mutating func prune(side: Side, stampsBefore oldest: ServerTime) {
        self.memory = self.memory.filter { key, known in
            guard key.side == side else { return true }
            return known.stamp.map { $0 >= oldest } ?? false
        }
    }

    /// How many records are remembered.
    package var count: Int { self.memory.count }

    private func horizon(of side: Side) -> Int64 {
        self.horizons[side] ?? FeedSettings(side: side).horizon
    }
}
