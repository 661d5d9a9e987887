/// Tells our own writes coming back on a feed from edits, by value alone (glossary: echo).
package enum EchoFilter {
    /// Whether a row says only what is known or what an attempt without a reply may have stored.
    ///
    /// A value of an older, answered write seen again is an edit: an undo must not be swallowed.
    /// `entries`: the record's open entries. `requestTimeMax`: milliseconds. `now`: wall clock.
    package static func isEcho(
        _ values: RecordBlob,
        base: RecordBlob?,
        entries: [OutboxEntry],
        on side: Side,
        requestTimeMax: Int64,
        now: Int64
    ) -> Bool {
        if values == base { return true }
        guard let base else { return false }
        return entries.contains { entry in
            guard entry.target == side, !entry.fields.isEmpty else { return false }
            let mayLand = entry.attempts.contains {
                $0.fate == .open && now < $0.sentAt + requestTimeMax
            }
            return mayLand && values == base.setting(entry.fields)
        }
    }
}
