/// Decides whether a row may be believed, by local order and by stamp.
///
/// A row counts only if its request was sent after the last write and after the last accepted read
/// of the record on that side ended, and its stamp is not older than the newest stamp held for that
/// side; otherwise only the id is taken.
package struct RowGate: Sendable {
    package enum Verdict: Sendable, Hashable {
        case counts
        case stale
    }

    private struct Key: Hashable {
        var side: Side
        var id: String
    }

    private struct Memory {
        var ended: RequestSequence
        var stamp: ServerTime?
    }

    private var memory: [Key: Memory] = [:]

    package init() {}

    /// Judges one row; a row that counts becomes the last accepted read of its record.
    ///
    /// - Parameters:
    ///   - sent: when the row's request was sent, and `ended` when its reply had been read.
    ///   - storedStamp: the stamp that the link holds for the side.
    package mutating func admit(
        side: Side,
        id: String,
        stamp: ServerTime,
        sent: RequestSequence,
        ended: RequestSequence,
        storedStamp: ServerTime?
    ) -> Verdict {
        let key = Key(side: side, id: id)
        if let known = self.memory[key], sent < known.ended, ended != known.ended { return .stale }
        let newest = [self.memory[key]?.stamp, storedStamp].compactMap { $0 }.max()
        if let newest, stamp < newest { return .stale }
        self.memory[key] = Memory(ended: ended, stamp: stamp)
        return .counts
    }

    /// Remembers that a write of the record ended; older requests may show what was before it.
    package mutating func wrote(side: Side, id: String, ended: RequestSequence) {
        let key = Key(side: side, id: id)
        var known = self.memory[key] ?? Memory(ended: ended, stamp: nil)
        known.ended = max(known.ended, ended)
        self.memory[key] = known
    }

    /// Forgets what only requests sent before this number could contradict.
    ///
    /// The stamps of rows without news go with it; the link's own stamp stays.
    package mutating func prune(requestsBefore oldest: RequestSequence) {
        self.memory = self.memory.filter { !($0.value.ended < oldest) }
    }

    package var count: Int { self.memory.count }
}
