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
        /// It is an older version than one that counted, and tells nothing at all (decision 0018).
        case outdated
    }

    private struct Memory {
        /// When the last write or the last accepted read of the record ended.
        var ended: RequestSequence
        /// The newest stamp seen, also where the row brought no news and the link kept none.
        var stamp: ServerTime?
        /// Whether a row that counted had that stamp; else only the reply to our own write told it.
        var isSeen = false
    }

    private var hubspot: [String: Memory] = [:]
    private var salesforce: [String: Memory] = [:]
    /// How many of each side were left after the last walk over them.
    private var kept: [Side: Int] = [:]

    package init() {}

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
        switch side {
        case .hubspot: Self.admit(&self.hubspot[id], stamp, sent, ended, storedStamp)
        case .salesforce: Self.admit(&self.salesforce[id], stamp, sent, ended, storedStamp)
        }
    }

    private static func admit(
        _ known: inout Memory?,
        _ stamp: ServerTime,
        _ sent: RequestSequence,
        _ ended: RequestSequence,
        _ stored: ServerTime?
    ) -> Verdict {
        if let known, let held = known.stamp, stamp < held {
            return known.isSeen ? .outdated : .stale
        }
        if let stored, stamp < stored { return .stale }
        if let known, sent < known.ended, ended != known.ended { return .stale }
        known = Memory(ended: ended, stamp: stamp, isSeen: true)
        return .counts
    }

    /// Whether a row is of a newer version of its record than any that is known.
    package func isNewer(
        side: Side,
        id: String,
        stamp: ServerTime,
        storedStamp: ServerTime?
    ) -> Bool {
        let held = side == .hubspot ? self.hubspot[id]?.stamp : self.salesforce[id]?.stamp
        return [held, storedStamp].compactMap(\.self).allSatisfy { $0 < stamp }
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
        switch side {
        case .hubspot: Self.wrote(&self.hubspot[id], ended, stamp)
        case .salesforce: Self.wrote(&self.salesforce[id], ended, stamp)
        }
    }

    private static func wrote(
        _ known: inout Memory?,
        _ ended: RequestSequence,
        _ stamp: ServerTime?
    ) {
        var memory = known ?? Memory(ended: ended, stamp: nil)
        memory.ended = max(memory.ended, ended)
        if let stamp, memory.stamp.map({ $0 < stamp }) ?? true {
            memory.stamp = stamp
            memory.isSeen = false
        }
        known = memory
    }

    /// Whether forgetting is worth a walk over all that a side remembers: it has doubled since the last one.
    ///
    /// A poll or a push of many pages would walk over the same records with each page otherwise.
    package func hasGrown(_ side: Side) -> Bool {
        let count = side == .hubspot ? self.hubspot.count : self.salesforce.count
        return count > Self.walkMin + 2 * (self.kept[side] ?? 0)
    }

    private static let walkMin = 2_000

    /// Forgets one side's writes of which no row has shown anything yet.
    ///
    /// Only while no request to that side is in flight, and after the writes' outcomes were stored: then
    /// the stamps that their replies told are the links', which refuse older rows too.
    package mutating func forgetWrites(side: Side) {
        self.filter(side) { $0.isSeen }
    }

    /// Forgets one side's records whose stamps are older than anything a lagging reply can show.
    ///
    /// Only while no request to that side is in flight: then what is kept by order alone is settled too.
    package mutating func prune(side: Side, stampsBefore oldest: ServerTime) {
        self.filter(side) { known in known.stamp.map { $0 >= oldest } ?? false }
    }

    private mutating func filter(_ side: Side, _ isKept: (Memory) -> Bool) {
        switch side {
        case .hubspot: self.hubspot = self.hubspot.filter { isKept($0.value) }
        case .salesforce: self.salesforce = self.salesforce.filter { isKept($0.value) }
        }
        self.kept[side] = side == .hubspot ? self.hubspot.count : self.salesforce.count
    }

    /// How many records are remembered.
    package var count: Int { self.hubspot.count + self.salesforce.count }
}
