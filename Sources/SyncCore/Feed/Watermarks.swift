/// The two watermarks of one feed: where a poll starts, and what a finished scan lets them become.
package struct Watermarks: Sendable, Hashable {
    /// Where a scan starts.
    package struct Start: Sendable, Hashable {
        package var from: ServerTime
        /// Goes on after this id, where a crash left a HubSpot scan.
        package var afterID: String?
    }

    package private(set) var mark: FeedMark
    private let settings: FeedSettings
    /// When the last confirm scan of this process began, by its first reply's `Date`.
    private var lastConfirm: ServerTime?
    private var isConfirm = false
    private var firstReply: ServerTime?
    private var newest: ServerTime?
    private var pages = 0

    package init(mark: FeedMark, settings: FeedSettings) {
        self.mark = mark
        self.settings = settings
    }

    /// Begins a scan; at every start of the process and once per confirm interval at `confirmed`.
    ///
    /// - Parameter now: the server's time as far as it is known, or `nil`.
    package mutating func start(now: ServerTime?) -> Start {
        self.isConfirm = self.isConfirmDue(now)
        self.firstReply = nil
        self.newest = nil
        self.pages = 0
        if let bound = self.mark.scanLowerBound, let lastID = self.mark.scanLastID {
            // The crashed scan's rows up to this id are stored: it goes on, and counts as no
            // confirm scan, because its first reply is not known any more.
            self.isConfirm = false
            return Start(from: bound, afterID: lastID)
        }
        return Start(from: self.isConfirm ? self.mark.confirmed : self.mark.read, afterID: nil)
    }

    /// Takes what one page showed; `mark` is then what its rows' transaction stores.
    package mutating func read(
        stamps: [ServerTime],
        serverTime: ServerTime,
        lastID: String?,
        isLast: Bool
    ) {
        let first = self.firstReply ?? serverTime
        self.firstReply = first
        self.pages += 1
        if let newest = stamps.max() { self.newest = max(newest, self.newest ?? newest) }
        guard isLast else {
            if self.settings.side == .hubspot, let lastID {
                self.mark.scanLowerBound =
                    self.mark.scanLowerBound
                    ?? (self.isConfirm ? self.mark.confirmed : self.mark.read)
                self.mark.scanLastID = lastID
            }
            return
        }
        self.end(first)
    }

    private mutating func end(_ first: ServerTime) {
        let resumed = self.mark.scanLastID != nil && self.pages == 0
        self.mark.scanLowerBound = nil
        self.mark.scanLastID = nil
        guard !resumed else { return }
        if var newest = self.newest {
            // HubSpot scans in id order: a record stamped during the scan may have been passed.
            if self.settings.side == .hubspot { newest = min(newest, first) }
            self.mark.read = max(self.mark.read, newest)
        }
        guard self.isConfirm else { return }
        let confirmed = ServerTime(milliseconds: first.milliseconds - self.settings.horizon)
        self.mark.confirmed = max(self.mark.confirmed, confirmed)
        self.mark.read = max(self.mark.read, self.mark.confirmed)
        self.lastConfirm = first
    }

    private func isConfirmDue(_ now: ServerTime?) -> Bool {
        guard let last = self.lastConfirm else { return true }
        guard let now else { return false }
        return now.milliseconds - last.milliseconds >= self.settings.confirmInterval
    }
}
