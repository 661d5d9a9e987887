import HTTPTransport
package import SyncCore

/// Which planned writes may go: those of a plan that somebody read, so many at a time.
///
/// Both sides' batchers ask it.
package final class WritePermit: Sendable {
    /// A record that a write comes from or goes to.
    package struct Record: Sendable, Hashable {
        package var mapping: String
        package var side: Side
        package var id: String
    }

    private struct State {
        var left: Int
        var given: Set<WriteDigest> = []
        var waiting: Set<WriteDigest> = []
        var refused: Set<WriteDigest> = []
        var shown: [Record] = []
    }

    private let planned: Set<WriteDigest>
    private let chosen: Set<WriteDigest>?
    private let mappings: [String: ObjectMapping]
    private let limit: Int?
    private let state: Locked<State>

    /// Lets the plan's writes go, or those of them that were chosen.
    ///
    /// `limit`: how many records are written at most.
    package init(
        _ planned: Set<WriteDigest>,
        chosen: Set<WriteDigest>? = nil,
        mappings: [ObjectMapping],
        limit: Int? = nil
    ) {
        self.planned = planned
        self.chosen = chosen
        self.limit = limit
        self.mappings = Dictionary(mappings.map { ($0.name, $0) }) { one, _ in one }
        self.state = Locked(State(left: limit ?? .max))
    }

    /// How many of the plan's writes were let go.
    package var given: Int { self.state.withLock { $0.given.count } }

    /// How many of the plan's writes are due and were left for later.
    package var waiting: Int { self.state.withLock { $0.waiting.count } }

    /// How many writes are due that the plan does not have as they are now.
    package var refused: Int { self.state.withLock { $0.refused.count } }

    /// Whether no more than a part of the plan was wanted.
    package var isPartial: Bool { self.limit != nil || self.chosen != nil }

    /// The first records that were let go: what is written, or what a new one is made of.
    package var shown: [Record] { self.state.withLock { $0.shown } }

    /// The entries that may go; what only notes the id of a record that was made goes with it.
    func permitted(_ entries: [OutboxEntry]) -> [OutboxEntry] {
        self.state.withLock { state in
            entries.filter { entry in
                guard entry.kind != .update || !entry.fields.isEmpty else { return true }
                return self.permits(entry, &state)
            }
        }
    }

    private func permits(_ entry: OutboxEntry, _ state: inout State) -> Bool {
        guard let mapping = self.mappings[entry.mapping] else { return false }
        let digest = WriteDigest(entry, mapping)
        guard self.planned.contains(digest) else {
            state.refused.insert(digest)
            return false
        }
        if state.given.contains(digest) { return true }
        guard self.chosen?.contains(digest) ?? true, state.left > 0 else {
            state.waiting.insert(digest)
            return false
        }
        state.left -= 1
        state.given.insert(digest)
        if state.shown.count < Self.shownMax {
            let side = entry.targetID == nil ? entry.target.other : entry.target
            state.shown.append(
                Record(mapping: entry.mapping, side: side, id: entry.targetID ?? entry.sourceID)
            )
        }
        return true
    }

    private static let shownMax = 20
}
