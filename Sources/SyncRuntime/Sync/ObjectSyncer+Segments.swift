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
            _ = try await self.storing(PageCommit(records: [told]))
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

    /// What is stored of the segment's state where it is news; until that is stored, every page tells it anew.
    private func segmentIs(gone isGone: Bool) -> RecordCommit? {
        guard isGone != self.isSegmentGone else { return nil }
        self.isSegmentGone = isGone
        let finding = self.step().segmentGone()
        guard !isGone else { return RecordCommit(raise: [finding]) }
        // Who waits for the segment waits no longer.
        var told = RecordCommit(resolve: [finding])
        told.wakes = self.mapping.name
        return told
    }

    /// Stores a page's decisions, and forgets what it told of the segment where that fails.
    func storing(_ commit: PageCommit) async throws(SyncError) -> [CommitConflict] {
        do {
            return try await self.store.commit(commit)
        } catch {
            self.isSegmentGone = nil
            throw error
        }
    }

    /// While the segment is gone nothing of Salesforce's is decided either.
    ///
    /// What is new there would be made in HubSpot, and what is edited would go over whoever the record is. Nor is what
    /// HubSpot's poll shows with an older answer.
    func withoutSegment(_ page: RecordPage) async throws(SyncError) -> RecordPage {
        guard self.mapping.inclusion.segment != nil, !page.asksSegments else { return page }
        if self.isSegmentGone == nil {
            let isGone = try await self.store.isOpen(self.step().segmentGone())
            // A page that told it meanwhile knows better.
            self.isSegmentGone = self.isSegmentGone ?? isGone
        }
        guard self.isSegmentGone == true else { return page }
        var page = page
        for place in page.rows.indices where page.rows[place].fate == .live {
            page.rows[place].isUndecided = true
        }
        return page
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
        for member in members ?? [] where self.settings.sabotage != .overlooksJoins {
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
        if !records.isEmpty { _ = try await self.storing(PageCommit(records: records)) }
        return records.count - (told == nil ? 0 : 1)
    }
}
