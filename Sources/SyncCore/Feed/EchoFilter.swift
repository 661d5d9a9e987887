/// Tells our own writes coming back on a feed from edits, by value alone (glossary: echo).
package enum EchoFilter {
    /// Whether a row says only what is known or what an attempt without a reply may have stored.
    ///
    /// A value of an older, answered write seen again is an edit: an undo must not be swallowed.
    /// While a write is on its way, what is known is what it was decided from: that becomes the base
    /// with it, and a row that is like the old base says that somebody took an edit back.
    /// `entries`: the record's open entries. `requestTimeMax`: milliseconds. `now`: wall clock.
    package static func isEcho(
        _ row: Observation,
        base: RecordBlob?,
        entries: [OutboxEntry],
        on side: Side,
        requestTimeMax: Int64,
        now: Int64,
        sabotage: Sabotage? = nil
    ) -> Bool {
        let writes = entries.filter { !$0.fields.isEmpty }
        let seen = writes.compactMap { $0.observed(on: side) }.max { $0.stamp < $1.stamp }
        let known = sabotage == .echoesByBase ? base : seen?.values ?? base
        if row.values == known {
            if sabotage == .echoesByBase { return true }
            // A later version that is like the one before our write may be somebody's answer to it.
            guard let seen, row.stamp > seen.stamp else { return true }
            return !writes.contains { $0.target == side && $0.state.isOnItsWay }
        }
        guard let known else { return false }
        return writes.contains { entry in
            guard entry.target == side else { return false }
            let mayLand = entry.attempts.contains {
                $0.fate == .open && now < $0.sentAt + requestTimeMax
            }
            return mayLand && row.values == known.setting(entry.fields)
        }
    }
}
