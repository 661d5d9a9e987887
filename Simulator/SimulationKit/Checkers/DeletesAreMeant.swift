import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// The engine deletes what somebody has deleted on the other side, where the policy says so, and nothing else: not
/// what was restored, not what was edited since, and not more than the safety stop lets go.
struct DeletesAreMeant: Checker {
    static let name = "deletesAreMeant"

    func violations(in evidence: Evidence) -> [String] {
        Side.allCases.flatMap { side -> [String] in
            let deletes = Self.deletes(of: side, in: evidence)
            let own = deletes.filter(\.isEngine)
            let others = Self.deletes(of: side.other, in: evidence)
            return own.compactMap { self.fault($0, on: side, others, in: evidence) }
                + self.tooMany(own, on: side, in: evidence)
        }
    }

    /// A record that went, or came back.
    private struct Event {
        var record: String
        /// True time.
        var at: Int64
        var isEngine: Bool
        var isRestore: Bool
    }

    private func fault(
        _ delete: Event,
        on side: Side,
        _ others: [Event],
        in evidence: Evidence
    ) -> String? {
        let what = "\(side) \(delete.record), deleted by the engine at \(delete.at)"
        guard let link = evidence.links.last(where: { $0.recordID(on: side) == delete.record })
        else { return "\(what), has no counterpart" }
        guard evidence.object.deletes.action(from: side.other) == .delete else {
            return "\(what): the policy does not say so"
        }
        // What happens while a request is on its way nobody can know.
        let sent = delete.at - Self.onItsWay(evidence)
        let story = others.filter { $0.record == link.recordID(on: side.other) }
        let last = story.last { !$0.isRestore && !$0.isEngine && $0.at <= delete.at }
        guard let last else { return "\(what): nobody has deleted its counterpart" }
        guard !story.contains(where: { $0.isRestore && $0.at > last.at && $0.at <= sent }) else {
            return "\(what): its counterpart was restored"
        }
        let edited = Self.edits(of: link, on: side, from: last.at, to: sent, in: evidence)
        guard edited.isEmpty else { return "\(what): \(edited) was edited since \(last.at)" }
        return nil
    }

    /// Until a person lets go the rest, no more go within a day than the safety stop allows.
    private func tooMany(_ own: [Event], on side: Side, in evidence: Evidence) -> [String] {
        let limit = min(evidence.object.deletes.atMost, max(5, evidence.links.count / 10))
        let unasked = own.filter { $0.at < evidence.deletesLetGo ?? .max }.map(\.at).sorted()
        let worst = unasked.enumerated().map { place, at in
            unasked[place...].count { $0 < at + 86_400_000 }
        }.max()
        guard let worst, worst > limit else { return [] }
        return ["\(worst) records of \(side) were deleted in a day, at most \(limit) unasked"]
    }

    private static func onItsWay(_ evidence: Evidence) -> Int64 {
        8 * Int64(evidence.profile.weather.latencyMax) + 10_000
    }

    /// Fields of a record that people left with another value than it had.
    private static func edits(
        of link: Link,
        on side: Side,
        from: Int64,
        to: Int64,
        in evidence: Evidence
    ) -> [String] {
        let names = Set(
            evidence.object.followed.filter { $0.type != .reference }.map(\.hubspot)
        )
        return evidence.changes().compactMap { group -> String? in
            guard let first = group.first, first.side == side, first.record == link.hubspotID,
                names.contains(first.field)
            else { return nil }
            let before = group.last { $0.at <= from }
            guard let after = group.last(where: { $0.at <= to }), !after.isEngine,
                after.at > from, after.value != before?.value
            else { return nil }
            return first.field
        }
    }

    private static func deletes(of side: Side, in evidence: Evidence) -> [Event] {
        switch side {
        case .hubspot:
            evidence.hubspot.compactMap { version in
                guard [.archive, .gdprDelete, .restore].contains(version.kind) else { return nil }
                return Event(
                    record: version.recordID,
                    at: evidence.trueTime(version.at, of: .hubspot),
                    isEngine: version.author.sourceType == "INTEGRATION",
                    isRestore: version.kind == .restore
                )
            }
        case .salesforce:
            evidence.salesforce.filter { $0.object == evidence.object.salesforce }.compactMap {
                guard [.delete, .hardDelete, .undelete].contains($0.kind) else { return nil }
                return Event(
                    record: $0.recordID,
                    at: evidence.trueTime($0.at, of: .salesforce),
                    isEngine: $0.isRest,
                    isRestore: $0.kind == .undelete
                )
            }
        }
    }
}
