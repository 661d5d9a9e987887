package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Scans one connection: reads pages and hands each to the syncer of its object.
package actor ChangeFeed {
    /// One object of this side and the syncers that take its pages.
    package struct Source: Sendable {
        package var object: String
        package var syncer: any PageReceiver
        /// Those of other mappings that keep records of the same object.
        package var others: [any PageReceiver]

        package init(
            object: String,
            syncer: any PageReceiver,
            others: [any PageReceiver] = []
        ) {
            self.object = object
            self.syncer = syncer
            self.others = others
        }

        func scan(
            _ range: FeedScan.Range,
            from continuation: FeedScan.Continuation? = nil
        ) -> FeedScan {
            var scan = FeedScan(
                mapping: self.syncer.mapping,
                object: self.object,
                range: range,
                continuation: continuation
            )
            scan.others = self.others.map(\.mapping)
            return scan
        }
    }

    private let connection: any CRMConnection
    private let sources: [Source]
    private let store: any SyncStore
    private let time: any TimeSource
    private let settings: FeedSettings
    private let progress: @Sendable (ProgressEvent) -> Void
    private var marks: [String: Watermarks] = [:]
    /// The last reply's server time and when it was read, on the monotonic clock.
    private var lastSeen: (server: ServerTime, at: Int64)?
    /// How many rows each object's last confirm scan had, for the mutant that trusts totals.
    private var totals: [String: Int] = [:]

    package init(
        connection: any CRMConnection,
        sources: [Source],
        store: any SyncStore,
        time: any TimeSource,
        settings: FeedSettings,
        progress: @escaping @Sendable (ProgressEvent) -> Void
    ) {
        self.connection = connection
        self.sources = sources
        self.store = store
        self.time = time
        self.settings = settings
        self.progress = progress
    }

    /// Stores this side's server time as the start of every mark that has none yet.
    ///
    /// - Returns: whether this was the first start.
    package func start() async throws(SyncError) -> Bool {
        let side = self.connection.side
        let stored = try await self.store.marks().filter { $0.side == side }
        for mark in stored {
            self.marks[mark.object] = Watermarks(mark: mark, settings: self.settings)
        }
        let missing = self.sources.filter { self.marks[$0.object] == nil }
        guard !missing.isEmpty else { return false }
        // A scan of the far future costs one call and tells the server's time.
        var scans = missing.map { $0.scan(.changes(since: .farFuture)) }
        var pages: [ScanPage] = []
        // A call may have no room for all.
        while !scans.isEmpty {
            let answered = try await self.connection.scan(scans)
            guard !answered.isEmpty else { break }
            pages += answered
            scans.removeFirst(min(answered.count, scans.count))
        }
        let fresh = pages.map { page in
            FeedMark(
                side: side,
                object: page.object,
                read: page.page.serverTime,
                confirmed: page.page.serverTime
            )
        }
        for mark in fresh {
            self.marks[mark.object] = Watermarks(mark: mark, settings: self.settings)
        }
        _ = try await self.store.commit(PageCommit(marks: fresh))
        return stored.isEmpty
    }

    /// Reads every object's changes to the end of its scan; answers how many rows brought news.
    package func poll() async throws(SyncError) -> Int {
        var open: [OpenScan] = []
        for source in self.sources {
            guard var mark = self.marks[source.object] else { continue }
            let bound = mark.start(now: self.serverNow())
            self.marks[source.object] = mark
            open.append(
                OpenScan(
                    source: source,
                    scan: source.scan(
                        .changes(since: bound.from),
                        from: bound.afterID.map { .afterID($0) }
                    ),
                    isConfirm: bound.kind == .confirm
                )
            )
        }
        var news = 0
        while !open.isEmpty {
            let pages = try await self.connection.scan(open.map(\.scan))
            if self.settings.sabotage == .pollsTwice {
                _ = try await self.connection.scan(open.map(\.scan))
            }
            var next: [OpenScan] = []
            for (place, page) in pages.enumerated() {
                var scan = open[place]
                news += try await self.take(page, of: scan)
                scan.records += page.page.rows.count
                let side = self.connection.side
                let shown = side == .hubspot ? scan.source.syncer.mapping.shown : page.object
                self.progress(.reading(side, object: shown, records: scan.records))
                if let continuation = page.next {
                    scan.scan.continuation = continuation
                    next.append(scan)
                }
            }
            for scan in open.prefix(pages.count) {
                for syncer in [scan.source.syncer] + scan.source.others {
                    await syncer.rowsTaken(on: self.connection.side)
                }
            }
            // Scans that the call had no room for are read by the next one.
            next += open.dropFirst(pages.count)
            open = next
        }
        return news
    }

    private func take(_ page: ScanPage, of scan: OpenScan) async throws(SyncError) -> Int {
        self.lastSeen = (page.page.serverTime, self.time.monotonicMilliseconds)
        guard var mark = self.marks[page.object] else { return 0 }
        let isByOwnClock = self.settings.sabotage == .marksByOwnClock
        mark.read(
            stamps: page.stamps ?? page.page.rows.map(\.stamp),
            serverTime: isByOwnClock
                ? ServerTime(milliseconds: self.time.wallMilliseconds) : page.page.serverTime,
            lastID: page.page.rows.last?.id,
            isLast: page.next == nil
        )
        if self.settings.sabotage == .movesMarksFirst {
            _ = try await self.store.commit(PageCommit(marks: [mark.mark]))
        }
        var taken = page.page
        if self.isConfirmedByTotal(taken, of: scan, isLast: page.next == nil) { taken.rows = [] }
        var news = 0
        // The marks move with the last of them.
        for (syncer, page) in zip(scan.source.others, page.others) {
            news += try await syncer.take(page, marks: [])
        }
        news += try await scan.source.syncer.take(taken, marks: [mark.mark])
        self.marks[page.object] = mark
        return news
    }

    /// The mutant that reads a whole confirm scan only if it has not as many rows as the last one.
    private func isConfirmedByTotal(_ page: RecordPage, of scan: OpenScan, isLast: Bool) -> Bool {
        guard self.settings.sabotage == .confirmsByTotal, scan.isConfirm, isLast else {
            return false
        }
        let total = scan.records + page.rows.count
        return self.totals.updateValue(total, forKey: scan.source.object) == total
    }

    private func serverNow() -> ServerTime? {
        guard let lastSeen = self.lastSeen else { return nil }
        let passed = self.time.monotonicMilliseconds - lastSeen.at
        return ServerTime(milliseconds: lastSeen.server.milliseconds + passed)
    }

    private struct OpenScan {
        var source: Source
        var scan: FeedScan
        var isConfirm = false
        var records = 0
    }
}

extension ServerTime {
    /// Later than any record's stamp: 2100-01-01.
    static let farFuture = ServerTime(milliseconds: 4_102_444_800_000)
}
