import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime
import SyncStore

/// A segment that is gone stops its object and says so; nobody is deleted because of a segment; who is in at last has
/// what people wrote last, whenever they wrote it and whoever was out then.
///
/// What is written to records that are out is `leftOutStaysAlone`'s, what agrees in the end `bothSidesAgree`'s.
struct SegmentsHold: Checker {
    static let name = "segmentsHold"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.object.segment != nil else { return [] }
        let deeds = Self.deeds(evidence)
        return Self.deletes(deeds) + Self.written(deeds, evidence) + Self.untold(evidence)
            + Self.lost(evidence)
    }

    private struct Deed {
        var side: Side
        var record: String
        var what: String
        var isDelete: Bool
        var at: Int64
    }

    /// What the engine did on both sides.
    private static func deeds(_ evidence: Evidence) -> [Deed] {
        let mine = evidence.hubspot.filter { $0.author.sourceType == "INTEGRATION" }.map {
            Deed(
                side: .hubspot,
                record: $0.recordID,
                what: "\($0.kind)",
                isDelete: [.archive, .gdprDelete].contains($0.kind),
                at: evidence.trueTime($0.at, of: .hubspot)
            )
        }
        let theirs = evidence.salesforce.filter {
            $0.isRest && $0.object == evidence.object.salesforce
        }.map {
            Deed(
                side: .salesforce,
                record: $0.recordID,
                what: "\($0.kind)",
                isDelete: [.delete, .hardDelete].contains($0.kind),
                at: evidence.trueTime($0.at, of: .salesforce)
            )
        }
        return mine + theirs
    }

    /// People delete nobody, and who leaves is not deleted.
    private static func deletes(_ deeds: [Deed]) -> [String] {
        deeds.filter(\.isDelete).map { "\($0.side) \($0.record) was deleted at \($0.at)" }
    }

    // MARK: - A segment that is gone

    /// A look at the segment tells for a minute that it is there.
    private static let lookAge: Int64 = 60_000

    private static func written(_ deeds: [Deed], _ evidence: Evidence) -> [String] {
        // A look at a record tells that it is gone; where none is looked at, the next look for new members does.
        let joined = evidence.profile.sweepSettings?.joinedInterval ?? 0
        let unseen = evidence.unseen + Self.lookAge + joined
        let gone = evidence.segmentGone
        return deeds.compactMap { deed in
            let span = gone.first { $0.from + unseen < deed.at && deed.at < $0.to }
            return span.map {
                "\(deed.side) \(deed.record) got a \(deed.what) at \(deed.at), the segment has been "
                    + "gone since \($0.from)"
            }
        }
    }

    /// Whoever looks for new members notices that the segment is gone, and that it is back.
    private static func untold(_ evidence: Evidence) -> [String] {
        let issues = evidence.members.issues.filter { $0.object == evidence.object.name }
        let joined = evidence.profile.sweepSettings?.joinedInterval ?? 0
        let silent = evidence.segmentGone.filter { span in
            let isLong = min(span.to, evidence.calmAt) - span.from > joined + evidence.unseen
            let isOpen = issues.last { $0.at < span.to }?.isRaised ?? false
            return isLong && !isOpen
        }
        let stale = evidence.findings.filter {
            $0.finding.code == .segmentGone && $0.finding.mapping == evidence.object.name
        }
        return silent.map { "the segment is gone since \($0.from), nobody is told" }
            + stale.map { _ in "an issue says that the segment is gone, it is back" }
    }

    // MARK: - What is edited while somebody is out

    /// The last edit of a two-way field of who is in, where nobody of the other side wrote anything near it or while the
    /// record was out: Salesforce tells of a record when it was changed and not of a field, so that of two who write
    /// meanwhile either may be the later one.
    private static func lost(_ evidence: Evidence) -> [String] {
        let groups = evidence.changes()
        let named = groups.compactMap { group in group.first.map { (Self.key($0), group) } }
        let byPlace = Dictionary(named) { first, _ in first }
        let fields = Set(evidence.fields.filter { $0.rule == .twoWay }.map(\.hubspot))
        let out = evidence.outOfSegment
        return groups.compactMap { group -> String? in
            // Where two records meet for the first time other rules decide.
            guard let edit = group.last, !edit.isEngine, !edit.isCreate,
                fields.contains(edit.field),
                evidence.members.has(edit.record, of: evidence.object.name),
                evidence.links.contains(where: { $0.hubspotID == edit.record })
            else { return nil }
            let others = byPlace[Self.key(edit, on: edit.side.other)] ?? []
            let span = (out[edit.record] ?? []).last { $0.from <= edit.at }
            let since = min(edit.at, span.map { edit.at < $0.to ? $0.from : edit.at } ?? edit.at)
            guard !others.contains(where: { !$0.isEngine && $0.at > since - evidence.unseen }),
                others.last?.value ?? "" != edit.value,
                !Self.isTold(edit, evidence)
            else { return nil }
            return "\(edit.side) \(edit.record) \(edit.field) = \(edit.value) of \(edit.at): "
                + "the other side has \(others.last?.value ?? "nothing")"
        }
    }

    private static func key(_ change: Evidence.Change, on side: Side? = nil) -> String {
        "\(side ?? change.side) \(change.record) \(change.field)"
    }

    private static func isTold(_ edit: Evidence.Change, _ evidence: Evidence) -> Bool {
        evidence.findings.contains { stored in
            stored.finding.hubspotID == edit.record && stored.finding.details.contains(edit.field)
        }
    }
}
