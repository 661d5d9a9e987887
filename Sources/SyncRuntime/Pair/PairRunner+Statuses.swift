import HTTPTransport
import SyncCore
import SyncStore

/// Records that tell how their pairs stand.
extension PairRunner {
    /// Begins to note what records are to tell, where that is asked for.
    func keepStatuses() async throws(SyncError) {
        for mapping in self.pair.mappings {
            try await self.pair.store.keepStatuses(
                mapping.name,
                madeUpAs: mapping.status?.makeUp
            )
        }
    }

    /// Plans what records are to tell: with the writes that go anyway, and alone once in a while.
    ///
    /// `atOnce`: whether nothing else is going to happen that they could go with.
    /// - Returns: how many records are told.
    func tellStatuses(atOnce: Bool) async throws(SyncError) -> Int {
        let telling = self.syncers.values.filter { $0.mapping.status != nil }
        guard !telling.isEmpty else { return 0 }
        let now = self.pair.time.monotonicMilliseconds
        let isDue = atOnce || self.statusesTold.map { now - $0 >= Self.statusPause } ?? true
        let counts = try await self.pair.store.outboxCounts()
        let going = counts.filter { $0.state == .planned && $0.count > 0 }.map(\.target)
        let sides = isDue ? Set(Side.allCases) : Set(going)
        guard !sides.isEmpty else { return 0 }
        if isDue { self.statusesTold = now }
        var told = 0
        for syncer in telling.sorted(by: { $0.mapping.name < $1.mapping.name }) {
            told += try await syncer.tellStatuses(on: sides, limit: Self.statusesMax)
        }
        return told
    }

    /// How long a status waits for a write to go with, in milliseconds.
    private static let statusPause: Int64 = 300_000

    /// How many pairs of a mapping are told at once.
    private static let statusesMax = 1_000
}
