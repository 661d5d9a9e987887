package import CRMInterface
package import SyncCore
import SyncStore

/// The segment that says which records are synced.
extension ObjectSyncer {
    /// The issue that the segment is gone, or its end, where a page tells something new.
    func tellsOfSegment(_ page: RecordPage) -> RecordCommit? {
        guard self.mapping.inclusion.segment != nil, page.asksSegments else { return nil }
        return self.segmentIs(gone: page.rows.contains(where: \.isUndecided))
    }

    /// Raises the issue; the error ends a backfill, which would take everybody for left out.
    func segmentIsGone() async throws(SyncError) -> SyncError {
        if let told = self.segmentIs(gone: true) {
            _ = try await self.store.commit(PageCommit(records: [told]))
        }
        let name = self.mapping.inclusion.segment?.name ?? ""
        return SyncError(
            code: .configuration,
            side: .hubspot,
            cause: "HubSpot no longer has the segment “\(name)”, which says what of "
                + "\(self.mapping.name) is synced.",
            nextStep:
                "Restore it there, or name another under `include`; then run the backfill again."
        )
    }

    private func segmentIs(gone isGone: Bool) -> RecordCommit? {
        guard isGone != self.isSegmentGone else { return nil }
        self.isSegmentGone = isGone
        let finding = self.step().segmentGone()
        return isGone ? RecordCommit(raise: [finding]) : RecordCommit(resolve: [finding])
    }

    /// Takes a page of the segment's members, of whom those that rest or are new are to be read; `nil` where it is gone.
    ///
    /// `time`: who joined before is no news: what merely exists does not sync by itself.
    package func joined(
        _ members: [SegmentMember]?,
        after time: Int64
    ) async throws(SyncError) -> Int {
        let told = self.segmentIs(gone: members == nil)
        var records = [told].compactMap(\.self)
        let loaded = try await self.loaded(members?.map(\.id) ?? [], on: .hubspot)
        let step = self.step()
        for member in members ?? [] {
            let link = loaded[member.id]?.link
            guard member.joined.map({ $0.milliseconds > time }) ?? true,
                link?.state.outsideOn.contains(.hubspot) ?? true
            else { continue }
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
