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

    /// How much of the plan is wanted now.
    package enum Part: Sendable, Hashable {
        case all
        case first(Int)
        /// So many out of all of them.
        case spread(Int)
    }

    private struct State {
        /// Those of the plan that may go now; all without.
        var chosen: Set<WriteDigest>?
        var given: Set<WriteDigest> = []
        var waiting: Set<WriteDigest> = []
        var refused: Set<WriteDigest> = []
        var shown: [Record] = []
    }

    private let planned: Set<WriteDigest>
    private let part: Part
    private let mappings: [String: ObjectMapping]
    private let state = Locked(State())

    package init(
        _ planned: Set<WriteDigest>,
        mappings: [ObjectMapping],
        part: Part = .all
    ) {
        self.planned = planned
        self.part = part
        self.mappings = Dictionary(mappings.map { ($0.name, $0) }) { one, _ in one }
    }

    /// Chooses the part that is wanted of what is due, so that it does not depend on which side writes first.
    ///
    /// `due`: what is to be written, in its order.
    func choose(from due: [WriteDigest]) {
        let open = due.filter(self.planned.contains)
        let chosen: Set<WriteDigest>? =
            switch self.part {
            case .all: nil
            case .first(let count): Set(open.prefix(count))
            case .spread(let count): Set(Self.spread(open, count))
            }
        self.state.withLock { $0.chosen = chosen }
    }

    private static func spread(_ due: [WriteDigest], _ count: Int) -> [WriteDigest] {
        guard count > 0, count < due.count else { return due }
        let step = Double(due.count) / Double(count)
        return (0..<count).map { due[Int(Double($0) * step)] }
    }

    /// What tells a write that the plan may have; `nil` for what only notes an id.
    func digest(of entry: OutboxEntry) -> WriteDigest? {
        guard entry.kind != .update || !entry.fields.isEmpty else { return nil }
        return self.mappings[entry.mapping].map { WriteDigest(entry, $0) }
    }

    /// How many of the plan's writes were let go.
    package var given: Int { self.state.withLock { $0.given.count } }

    /// How many of the plan's writes are due and were left for later.
    package var waiting: Int { self.state.withLock { $0.waiting.count } }

    /// How many writes are due that the plan does not have as they are now.
    package var refused: Int { self.state.withLock { $0.refused.count } }

    /// Whether no more than a part of the plan was wanted.
    package var isPartial: Bool { self.part != .all }

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
        guard state.chosen?.contains(digest) ?? true else {
            state.waiting.insert(digest)
            return false
        }
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
