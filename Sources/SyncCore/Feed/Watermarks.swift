/// The two watermarks of one feed: where a poll starts, and what a finished scan lets them become.
package struct Watermarks: Sendable, Hashable {
    /// Which mark a scan starts at.
    package enum Kind: String, Sendable, Hashable {
        /// From `read`: what is new.
        case poll
        /// From `confirmed`: everything that can still have appeared; alone moves `confirmed`.
        case confirm
        /// The rest of a HubSpot scan that a crash or a failure cut short.
        case resumed
    }

    /// Where a scan starts; it has no upper bound, so that a busy record is still seen.
    package struct Start: Sendable, Hashable {
        package var kind: Kind
        /// The first stamp to read, inclusively.
        package var from: ServerTime
        /// Goes on after this id, where a crash left a HubSpot scan.
        package var afterID: String?
    }

    package private(set) var mark: FeedMark
    private let settings: FeedSettings
    /// When the last confirm scan of this process began, by its first reply's `Date`.
    private var lastConfirm: ServerTime?
    /// Whether the next poll leaves out the stamp `read` itself.
    private var isReadExclusive = false
    private var kind = Kind.poll
    private var from: ServerTime
    private var firstReply: ServerTime?
    private var newest: ServerTime?
    /// How many rows of the scan carry the newest stamp, and how many the fullest page had.
    private var newestRows = 0
    private var pageRowsMax = 0

    package init(mark: FeedMark, settings: FeedSettings) {
        self.mark = mark
        self.settings = settings
        self.from = mark.read
    }

    /// Begins a feed that was never read: both marks are the server's time at the start.
    package init(side: Side, object: String, startingAt now: ServerTime, settings: FeedSettings) {
        self.init(
            mark: FeedMark(side: side, object: object, read: now, confirmed: now),
            settings: settings
        )
    }

    /// Begins a scan; at every start of the process and once per confirm interval at `confirmed`.
    ///
    /// `now`: the server's time as far as it is known, or `nil`.
    package mutating func start(now: ServerTime?) -> Start {
        self.firstReply = nil
        self.newest = nil
        self.newestRows = 0
        self.pageRowsMax = 0
        if let bound = self.mark.scanLowerBound, let lastID = self.mark.scanLastID {
            // The rows up to this id are stored: the scan goes on, and moves no mark at its end,
            // because its first reply and its first rows' stamps are not known any more.
            self.kind = .resumed
            self.from = bound
            return Start(kind: .resumed, from: bound, afterID: lastID)
        }
        if self.isConfirmDue(now: now) {
            self.kind = .confirm
            self.from = self.mark.confirmed
        } else {
            self.kind = .poll
            // HubSpot stamps are whole milliseconds: one more leaves out exactly this stamp.
            let skipped: Int64 = self.isReadExclusive ? 1 : 0
            self.from = ServerTime(milliseconds: self.mark.read.milliseconds + skipped)
        }
        return Start(kind: self.kind, from: self.from, afterID: nil)
    }

    /// Takes what one page showed; `mark` is then what its rows' transaction stores.
    ///
    /// `lastID`: the page's last id: where a HubSpot scan goes on after a crash.
    /// `isLast`: the reply said that the scan has ended; a short page does not say so.
    package mutating func read(
        stamps: [ServerTime],
        serverTime: ServerTime,
        lastID: String?,
        isLast: Bool
    ) {
        let first = self.firstReply ?? serverTime
        self.firstReply = first
        self.note(stamps)
        guard isLast else {
            if self.settings.side == .hubspot, let lastID {
                self.mark.scanLowerBound = self.from
                self.mark.scanLastID = lastID
            }
            return
        }
        self.mark.scanLowerBound = nil
        self.mark.scanLastID = nil
        switch self.kind {
        case .resumed: return
        case .poll: self.moveRead(first)
        case .confirm:
            self.moveRead(first)
            self.moveConfirmed(first)
        }
    }

    /// Whether the next scan starts at `confirmed`: at every start, then once per interval.
    package func isConfirmDue(now: ServerTime?) -> Bool {
        guard self.settings.sabotage != .skipsConfirmPolls else { return false }
        guard let last = self.lastConfirm else { return true }
        guard let now else { return false }
        return now.milliseconds - last.milliseconds >= self.settings.confirmInterval
    }

    private mutating func note(_ stamps: [ServerTime]) {
        self.pageRowsMax = max(self.pageRowsMax, stamps.count)
        for stamp in stamps {
            if let newest = self.newest, stamp < newest { continue }
            self.newestRows = stamp == self.newest ? self.newestRows + 1 : 1
            self.newest = stamp
        }
    }

    private mutating func moveRead(_ first: ServerTime) {
        if self.settings.sabotage == .readsPastTheRows { self.newest = first }
        guard let newest = self.newest else { return }
        // HubSpot scans in id order: a record stamped during the scan may have been passed. Later
        // pages of a Salesforce scan show rows as they are by then, and not what was made meanwhile.
        let isToTheNewest =
            self.settings.sabotage == .readsToTheNewest && self.settings.side == .salesforce
        let read = isToTheNewest ? newest : min(newest, first)
        guard self.mark.read <= read else { return }
        self.mark.read = read
        // An import stamps thousands of records alike; read inclusively, each poll would read
        // them all again. What still appears with that stamp is found by the confirm scan.
        self.isReadExclusive =
            self.settings.side == .hubspot && read == newest && self.newestRows > self.pageRowsMax
    }

    private mutating func moveConfirmed(_ first: ServerTime) {
        let confirmed = ServerTime(milliseconds: first.milliseconds - self.settings.horizon)
        self.mark.confirmed = max(self.mark.confirmed, confirmed)
        if self.mark.read < self.mark.confirmed {
            // Nothing before `confirmed` can still appear, so a quiet feed need not look there.
            self.mark.read = self.mark.confirmed
            self.isReadExclusive = false
        }
        self.lastConfirm = first
    }
}
