/// Decides whether a record may be merged now: not while a write of it is on its way.
package enum RecordGate {
    package enum Verdict: Sendable, Hashable {
        /// Merge from these observations, and end the entries that were only planned.
        case merge(superseding: [Int64], hubspot: Observation?, salesforce: Observation?)
        /// Its id is kept until the entry settles.
        case park
    }

    /// Judges a record by its open entries and a fresh look at one side.
    ///
    /// A planned entry keeps what was observed on both sides. Each side is merged from its newest
    /// observation; the fresh look is that for its own side, unless an index that lags showed it.
    package static func admit(
        entries: [OutboxEntry],
        fresh: Observation,
        on side: Side
    ) -> Verdict {
        var superseding: [Int64] = []
        var own = fresh
        var other: Observation?
        for entry in entries {
            switch entry.state {
            case .sent, .unknown, .landed: return .park
            case .planned, .unmatched:
                superseding.append(entry.id)
                if let seen = entry.observed(on: side), own.stamp < seen.stamp { own = seen }
                if let seen = entry.observed(on: side.other) {
                    other = other.map { seen.stamp < $0.stamp ? $0 : seen } ?? seen
                }
            case .confirmed, .rejected, .superseded: continue
            }
        }
        switch side {
        case .hubspot: return .merge(superseding: superseding, hubspot: own, salesforce: other)
        case .salesforce: return .merge(superseding: superseding, hubspot: other, salesforce: own)
        }
    }
}
