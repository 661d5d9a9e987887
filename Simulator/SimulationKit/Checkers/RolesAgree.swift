import SyncCore

/// The same contacts play the same roles in a deal in both CRMs, each role in one record.
///
/// They are those that people said last, where nobody on the other side said anything at nearly the same time. The engine
/// gives and takes nothing but what the other side has or lacks.
struct RolesAgree: Checker {
    static let name = "rolesAgree"

    func violations(in evidence: Evidence) -> [String] {
        guard let roles = evidence.roles else { return [] }
        let changes = Dictionary(grouping: roles.changes, by: \.tie)
        let ties = Set(changes.keys).union(roles.views.values.flatMap(\.keys))
            .sorted { ($0.deal, $0.contact) < ($1.deal, $1.contact) }
        return ties.flatMap { tie -> [String] in
            let own = changes[tie] ?? []
            let faults =
                Self.unfounded(tie, own, roles, within: evidence.unseen)
                + [Self.fault(tie, own, roles, within: evidence.unseen)].compactMap(\.self)
            return faults.map { "\(tie.contact) in \(tie.deal): \($0)" }
        }
    }

    // MARK: - What the engine did

    /// What the engine changed although the other side showed nothing of the kind for a while.
    private static func unfounded(
        _ tie: RoleTie,
        _ changes: [RoleChange],
        _ roles: RoleEvidence,
        within unseen: Int64
    ) -> [String] {
        changes.indices.flatMap { place -> [String] in
            let change = changes[place]
            guard change.isEngine else { return [] }
            // Of two records of one tie one may be hidden while somebody deletes the other.
            let times = change.at - unseen...change.at
            let isTouched = changes.contains {
                !$0.isEngine && $0.side == .salesforce && times.contains($0.at)
            }
            guard !isTouched || !roles.isHidden(tie, times) else { return [] }
            let shown = Self.shown(
                changes[..<place].filter { $0.side != change.side },
                since: change.at - unseen
            )
            let (before, after) = (change.before, change.after)
            var deeds: [String] = []
            if before == nil, after != nil, shown.allSatisfy({ $0 == nil }) {
                deeds.append("tied")
            }
            if before != nil, after == nil, shown.allSatisfy({ $0 != nil }) {
                deeds.append("untied")
            }
            for label in (after ?? []).subtracting(before ?? []).sorted()
            where shown.allSatisfy({ $0?.contains(label) != true }) {
                deeds.append("made \(label)")
            }
            for label in (before ?? []).subtracting(after ?? []).sorted()
            where shown.allSatisfy({ $0?.contains(label) == true }) {
                deeds.append("made \(label) no longer")
            }
            return deeds.map { deed in
                "\(deed) in \(change.side) at \(change.at), \(change.side.other) showed "
                    + "\(shown.map(Self.told))"
            }
        }
    }

    /// What a side showed since a time, oldest first.
    private static func shown(_ changes: [RoleChange], since start: Int64) -> [Set<String>?] {
        let before = changes.last { $0.at < start }?.after
        return [before] + changes.filter { $0.at >= start }.map(\.after)
    }

    // MARK: - What both came to

    private static func fault(
        _ tie: RoleTie,
        _ changes: [RoleChange],
        _ roles: RoleEvidence,
        within unseen: Int64
    ) -> String? {
        guard !roles.refused.contains(tie.deal) else { return nil }
        let (mine, theirs) = (roles.views[.hubspot]?[tie], roles.views[.salesforce]?[tie])
        let said = changes.filter { !$0.isEngine }
        guard mine?.labels == theirs?.labels else {
            // What was changed while nobody could see it moves no stamp once it is shown: it may as well have been hidden
            // all along.
            let isBlind = said.contains {
                $0.side == .salesforce && roles.isHidden(tie, $0.at...$0.at + unseen)
            }
            guard !isBlind else { return nil }
            return "\(Self.told(mine?.labels)) in HubSpot, "
                + "\(Self.told(theirs?.labels)) in Salesforce"
        }
        guard let last = said.last else {
            return mine == nil ? nil : "\(Self.told(mine?.labels)), nobody said so"
        }
        func isAlone(_ change: RoleChange) -> Bool {
            let times = change.at - unseen...change.at + unseen
            return !roles.isHidden(tie, times)
                && !said.contains { $0.side != change.side && times.contains($0.at) }
        }
        if let theirs, theirs.rows > max(1, theirs.labels.count + theirs.unlisted),
            said.allSatisfy(isAlone)
        {
            return "\(theirs.rows) records in Salesforce for \(Self.told(theirs.labels))"
        }
        guard isAlone(last), mine?.labels != last.after else { return nil }
        return "\(Self.told(mine?.labels)), the last word was \(Self.told(last.after)) in "
            + "\(last.side) at \(last.at)"
    }

    private static func told(_ labels: Set<String>?) -> String {
        labels.map { $0.isEmpty ? "tied" : $0.sorted().joined(separator: " and ") } ?? "not tied"
    }
}
