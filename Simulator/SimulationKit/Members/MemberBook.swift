import SyncCore
import SyncStore

/// Who is in the segments that say what is synced, as people made it: HubSpot keeps no history of that.
struct MemberBook: Sendable {
    struct Change: Sendable, Hashable {
        /// HubSpot's object.
        var object: String
        /// `nil` where the segment itself went, or came back.
        var record: String?
        var isIn: Bool
        /// True time.
        var at: Int64
    }

    /// The engine said that a segment is gone, or that it is no longer.
    struct Issue: Sendable, Hashable {
        var object: String
        var isRaised: Bool
        /// True time.
        var at: Int64
    }

    private(set) var changes: [Change] = []
    private(set) var issues: [Issue] = []
    private var members: Set<String> = []
    private var gone: Set<String> = []

    mutating func note(_ change: Change) {
        self.changes.append(change)
        guard let record = change.record else {
            if change.isIn {
                self.gone.remove(change.object)
            } else {
                self.gone.insert(change.object)
            }
            return
        }
        let key = "\(change.object) \(record)"
        if change.isIn { self.members.insert(key) } else { self.members.remove(key) }
    }

    /// What the engine stored.
    mutating func note(_ commit: RecordCommit, at now: Int64) {
        self.issues += commit.raise.filter { $0.code == .segmentGone }.map {
            Issue(object: $0.mapping, isRaised: true, at: now)
        }
        self.issues += commit.resolve.filter { $0.code == .segmentGone }.map {
            Issue(object: $0.mapping, isRaised: false, at: now)
        }
    }

    /// Whether people have put a record into a segment, gone or not, and not taken it out.
    func has(_ record: String, of object: String) -> Bool {
        self.members.contains("\(object) \(record)")
    }

    func isGone(_ object: String) -> Bool { self.gone.contains(object) }

    /// Whether a record came in after some time, or the segment was gone since.
    func hasMoved(_ record: String, of object: String, since time: Int64) -> Bool {
        self.isGone(object)
            || self.changes.contains {
                $0.object == object && $0.at >= time && ($0.record ?? record) == record
            }
    }
}
