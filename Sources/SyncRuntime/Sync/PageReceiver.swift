package import SyncCore

/// Who takes the pages of a feed.
package protocol PageReceiver: Actor {
    /// What of the object is read.
    nonisolated var mapping: ObjectMapping { get }

    /// Stores what a page brings with the marks that it lets move; answers how many rows brought news.
    func take(_ page: RecordPage, marks: [FeedMark]) async throws(SyncError) -> Int

    /// Called when no request to a side is in flight.
    func rowsTaken(on side: Side) async
}

extension ObjectSyncer: PageReceiver {
    package func take(_ page: RecordPage, marks: [FeedMark]) async throws(SyncError) -> Int {
        try await self.receive(page, marks: marks)
    }
}
