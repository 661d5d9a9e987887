package import CRMInterface
package import SyncCore
import SyncStore

/// The segment that says which records are synced.
extension ObjectSyncer {
    /// The issue that the segment is gone, or its end, where a page tells something new.
    func tellsOfSegment(_ page: RecordPage) -> RecordCommit? {
        guard self.mapping.inclusion.segment != nil, page.side == .hubspot else { return nil }
        let looked = page.rows.filter { $0.fate == .live && !$0.lacksTies }
        guard !looked.isEmpty else { return nil }
        return self.segmentIs(gone: looked.contains(where: \.isUndecided))
    }

    private func segmentIs(gone isGone: Bool) -> RecordCommit? {
        guard isGone != self.isSegmentGone else { return nil }
        self.isSegmentGone = isGone
        let finding = self.step().segmentGone()
        return isGone ? RecordCommit(raise: [finding]) : RecordCommit(resolve: [finding])
    }

    /// Takes a page of the segment's members, of whom those that rest or are new are to be read; `nil` where it is gone.
    ///
    /// `since`: who joined before is no news: what merely exists does not sync by itself.
    package func joined(
        _ members: [SegmentMember]?,
        since: Int64
    ) async throws(SyncError) -> Int {
        let told = self.segmentIs(gone: members == nil)
        var records = [told].compactMap(\.self)
        let loaded = try await self.loaded(members?.map(\.id) ?? [], on: .hubspot)
        let step = self.step()
        for member in members ?? [] {
            let link = loaded[member.id]?.link
            let isNew = member.joined.map { $0.milliseconds > since } ?? false
            guard link?.state.isOutside ?? (link == nil && isNew) else { continue }
            let parked = step.park(
                member.id,
                object: self.mapping.hubspot.name,
                on: .hubspot,
                cause: .missing
            )
            records.append(RecordCommit(park: [parked]))
        }
        if !records.isEmpty { _ = try await self.store.commit(PageCommit(records: records)) }
        return records.count - (told == nil ? 0 : 1)
    }
}
