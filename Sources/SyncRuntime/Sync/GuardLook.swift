package import SyncCore

/// What a guard read found of a write's target.
package struct GuardLook: Sendable, Hashable {
    /// When the reply came, in monotonic milliseconds.
    package var readAt: Int64
    /// The record's stamp, which a conditional write names; `nil` where nothing is known of it.
    package var stamp: ServerTime?
    /// Whether the record was changed in the very second of the look: stamps have whole seconds, so a
    /// later change could bear the same one.
    package var isYoung = false

    package init(readAt: Int64, stamp: ServerTime? = nil, isYoung: Bool = false) {
        self.readAt = readAt
        self.stamp = stamp
        self.isYoung = isYoung
    }

    static func byRecord(_ page: RecordPage, readAt: Int64) -> [String: GuardLook] {
        let second = page.serverTime.milliseconds / 1_000
        let looks = page.rows.map { row in
            let isYoung = row.stamp.milliseconds / 1_000 >= second
            return (row.id, GuardLook(readAt: readAt, stamp: row.stamp, isYoung: isYoung))
        }
        return Dictionary(looks) { first, _ in first }
    }
}
