/// Ends a quarrel of two systems about one field: at most three rounds a field and hour.
///
/// A round is a change on the side that we wrote last, which would be answered by another write: a
/// workflow that rewrites our value, or one on each side. A person who edits the same side again
/// and again makes no round.
package struct FlapGuard: Sendable, Hashable {
    /// What the history of one record tells of one field.
    package struct Event: Sendable, Hashable {
        package var field: Int
        /// The side that was written, or on which the round was seen.
        package var side: Side
        package var isRound: Bool
        /// Whether the field was left alone from here on.
        package var isHold: Bool
        /// Wall milliseconds.
        package var at: Int64

        package init(field: Int, side: Side, isRound: Bool, isHold: Bool = false, at: Int64) {
            self.field = field
            self.side = side
            self.isRound = isRound
            self.isHold = isHold
            self.at = at
        }
    }

    package enum Verdict: Sendable, Hashable {
        case calm
        /// Another round: it is answered and counted.
        case round
        /// No answer: a person must look.
        case flapping
    }

    /// How far back rounds count, in milliseconds.
    package static let window: Int64 = 3_600_000
    package static let roundsMax = 3

    private let events: [Event]

    /// `events` may come in any order; older ones than the window do not count.
    package init(_ events: [Event], now: Int64) {
        self.events = events.filter { $0.at > now - Self.window }
            .enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// Judges a write of a field that answers a change on these sides.
    package func judge(_ field: Int, changedOn sides: [Side]) -> Verdict {
        let own = self.events.filter { $0.field == field }
        // What one side shows alone looks calm; the hold stands for what both showed together.
        if own.contains(where: \.isHold) { return .flapping }
        guard let written = own.last(where: { !$0.isRound }), sides.contains(written.side) else {
            return .calm
        }
        return own.count(where: \.isRound) >= Self.roundsMax ? .flapping : .round
    }

    /// Whether a field is left alone already.
    package func isHeld(_ field: Int) -> Bool {
        self.events.contains { $0.field == field && $0.isHold }
    }

    /// When a held field may be decided again, in wall milliseconds; `nil` if it is not held.
    package func heldUntil(_ field: Int) -> Int64? {
        self.events.filter { $0.field == field && $0.isHold }.map(\.at).max()
            .map { $0 + Self.window + 1 }
    }

    /// Whether anything is remembered of the last hour.
    package var isEmpty: Bool { self.events.isEmpty }
}
