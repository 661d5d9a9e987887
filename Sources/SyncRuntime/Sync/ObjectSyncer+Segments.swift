package import CRMInterface
package import SyncCore
import SyncStore

/// The segment that says which records are synced.
extension ObjectSyncer {
    /// The issue that the segment is gone, or its end, where a page tells something new.
    func tellsOfSegment(_ page: RecordPage) async throws(SyncError) -> RecordCommit? {
        guard self.mapping.inclusion.segment != nil, page.asksSegments else { return nil }
        return try await self.segmentIs(gone: page.rows.contains(where: \.isUndecided))
    }

    /// Raises the issue; the error ends a backfill, which would take everybody for left out.
    func segmentIsGone() async throws(SyncError) -> SyncError {
        if let told = try await self.segmentIs(gone: true) {
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

    private func segmentIs(gone isGone: Bool) async throws(SyncError) -> RecordCommit? {
        guard isGone != self.isSegmentGone else { return nil }
        // Who waits for the segment waits no longer: whatever shows it meanwhile could not have it read before.
        let waiting = isGone ? [] : try await self.store.parked(ready: .max, limit: Self.waitingMax)
        self.isSegmentGone = isGone
        let step = self.step()
        guard !isGone else { return RecordCommit(raise: [step.segmentGone()]) }
        let due = waiting.filter {
            $0.mapping == self.mapping.name && $0.notBefore > step.now && $0.cause != .flapping
        }
        let ready = due.map { parked in
            var parked = parked
            parked.notBefore = step.now
            return parked
        }
        return RecordCommit(park: ready, unpark: due, resolve: [step.segmentGone()])
    }

    /// So many are read at once; others wait out their time.
    private static let waitingMax = 100_000

    /// While the segment is gone nothing of Salesforce's is decided either.
    ///
    /// What is new there would be made in HubSpot, and what is edited would go over whoever the record is. Nor is what
    /// HubSpot's poll shows with an older answer.
    func withoutSegment(_ page: RecordPage) async throws(SyncError) -> RecordPage {
        guard self.mapping.inclusion.segment != nil, !page.asksSegments else { return page }
        if self.isSegmentGone == nil {
            let open = try await self.store.findings(mapping: self.mapping.name, limit: 10_000)
            self.isSegmentGone = open.contains { $0.finding.code == .segmentGone }
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
        let told = try await self.segmentIs(gone: members == nil)
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
        if !records.isEmpty { _ = try await self.store.commit(PageCommit(records: records)) }
        return records.count - (told == nil ? 0 : 1)
    }
}
