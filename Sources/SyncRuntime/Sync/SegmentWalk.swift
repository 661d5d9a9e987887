/// Where the walk through a segment's members stands, as the store keeps it.
struct SegmentWalk: Codable {
    /// The list; another one is walked anew.
    private(set) var list: String
    /// Who joined before had been there when the walk was first begun, in wall milliseconds.
    private(set) var since: Int64
    /// The newest time at which anybody joined, as far as it was walked.
    private var newest: Int64?
    /// The last page that was read; `nil` for the first.
    private(set) var page: String?
    /// When it was begun from the first page, in wall milliseconds.
    private var startedAt: Int64

    init(list: String, now: Int64) {
        self.list = list
        self.since = now
        self.startedAt = now
    }

    /// Goes on from the page that was the last one: members join at the end.
    ///
    /// Those who leave may move the others to earlier pages, so that it begins anew once an interval.
    mutating func begins(now: Int64, interval: Int64) {
        guard now - self.startedAt >= interval else { return }
        self.startedAt = now
        self.restart()
    }

    /// Goes back to the first page.
    mutating func restart() {
        self.page = nil
        self.newest = nil
    }

    /// Who joined after this is to be looked at: the last page shows the same members again and again.
    var joinedAfter: Int64 { self.newest ?? self.since }

    /// Notes a page; `joined`: the newest time on it.
    mutating func took(next: String?, joined: Int64?) {
        self.page = next ?? self.page
        self.newest = max(self.joinedAfter, joined ?? self.joinedAfter)
    }
}
