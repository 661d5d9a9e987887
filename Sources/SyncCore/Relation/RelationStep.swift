/// What is to be done about the ties of one record: decided from what both CRMs show and what they last agreed on.
package struct RelationStep: Sendable {
    /// A record at the other end that has a counterpart.
    package struct Child: Sendable, Hashable {
        /// Its link's number.
        package var link: Int64
        package var hubspotID: String
        package var salesforceID: String
        /// Whether both of its records are there.
        package var isWhole: Bool

        package init(link: Int64, hubspotID: String, salesforceID: String, isWhole: Bool) {
            self.link = link
            self.hubspotID = hubspotID
            self.salesforceID = salesforceID
            self.isWhole = isWhole
        }
    }

    /// A change of a tie in HubSpot.
    package struct Tie: Sendable, Hashable {
        package var childID: String
        package var kind: TieKind
        package var isMade: Bool
    }

    /// A change of a record in between in Salesforce.
    package enum Row: Sendable, Hashable {
        case create(childID: String, role: String?)
        case setRole(rowID: String, role: String?)
        case delete(rowID: String)
    }

    /// What a write without a reply was to make of a tie on a side: these roles, or none.
    package struct Sent: Sendable, Hashable {
        package var side: Side
        package var roles: Set<String>?

        package init(side: Side, roles: Set<String>?) {
            self.side = side
            self.roles = roles
        }
    }

    /// What one tie comes to.
    package struct Decision: Sendable, Hashable {
        package var child: Child
        /// What both agree on once everything is written; `nil` for no tie.
        package var agreed: Set<String>?
        package var ties: [Tie] = []
        package var rows: [Row] = []

        package var writes: Bool { !self.ties.isEmpty || !self.rows.isEmpty }
    }

    private let relation: RelationMapping

    package init(_ relation: RelationMapping) {
        self.relation = relation
    }

    /// The decisions about the ties of a record, in the order of their links; what is as it was is left out.
    ///
    /// `base`: the roles that both agreed on last, by the other end's link.
    /// `children`: those of the other ends that have a link.
    /// `isTold`: whether something told that Salesforce's changed; else what it does not show may be hidden, and where
    /// HubSpot has the tie it is left alone.
    /// `sent`: by the other end's link what a write without a reply was to make of a tie: a side that shows it has not
    /// been edited.
    package func decide(
        base: [Int64: Set<String>],
        hubspot: [RelatedRecord],
        salesforce: [RelatedRecord],
        children: [Child],
        isTold: Bool = true,
        sent: [Int64: [Sent]] = [:]
    ) -> [Decision] {
        let ties = Dictionary(grouping: hubspot, by: \.id)
        let rows = Dictionary(grouping: salesforce, by: \.id)
        return children.filter(\.isWhole).sorted { $0.link < $1.link }.compactMap { child in
            let (there, inBetween) = (ties[child.hubspotID] ?? [], rows[child.salesforceID] ?? [])
            if !isTold, !there.isEmpty, let agreed = base[child.link],
                !(Self.roles(inBetween).map(agreed.isSubset) ?? false)
            {
                return nil
            }
            return self.decide(
                child,
                base: base[child.link],
                ties: there,
                rows: inBetween,
                sent: sent[child.link] ?? []
            )
        }
    }

    /// Whether HubSpot shows what was agreed on: then Salesforce, which tells of its own changes, need not be read.
    package func isAsAgreed(
        base: [Int64: Set<String>],
        hubspot: [RelatedRecord],
        children: [Child]
    ) -> Bool {
        let ties = Dictionary(grouping: hubspot, by: \.id)
        let known = Set(children.map(\.hubspotID))
        return ties.keys.allSatisfy(known.contains)
            && children.allSatisfy { child in
                !child.isWhole || base[child.link] == Self.roles(ties[child.hubspotID] ?? [])
            }
    }

    private func decide(
        _ child: Child,
        base: Set<String>?,
        ties: [RelatedRecord],
        rows: [RelatedRecord],
        sent: [Sent]
    ) -> Decision? {
        func edited(_ shown: Set<String>?, on side: Side) -> Set<String>? {
            sent.contains { $0.side == side && $0.roles == shown } ? base : shown
        }
        var agreed = RelationMerge.merged(
            base: base,
            hubspot: edited(Self.roles(ties), on: .hubspot),
            salesforce: edited(Self.roles(rows), on: .salesforce)
        )
        if agreed == nil {
            agreed = Self.changed(ties, since: base) ?? Self.changed(rows, since: base)
        }
        var decision = Decision(child: child, agreed: agreed)
        decision.ties = self.ties(from: Self.roles(ties), to: agreed, child)
        decision.rows = self.rows(from: rows, to: agreed, child)
        return decision.writes || agreed != base ? decision : nil
    }

    private static func roles(_ related: [RelatedRecord]) -> Set<String>? {
        related.isEmpty ? nil : Set(related.compactMap(\.role))
    }

    /// The roles of a tie to which somebody gave one that is not listed, in place of one that was agreed on: that is an
    /// edit, and no half of an untie.
    private static func changed(
        _ related: [RelatedRecord],
        since base: Set<String>?
    ) -> Set<String>? {
        guard let base, related.contains(where: \.hasOwnRole), let roles = Self.roles(related),
            roles != base
        else { return nil }
        return roles
    }

    // MARK: - HubSpot

    private func ties(from now: Set<String>?, to wanted: Set<String>?, _ child: Child) -> [Tie] {
        guard now != wanted else { return [] }
        func tie(_ kind: TieKind, _ isMade: Bool) -> Tie {
            Tie(childID: child.hubspotID, kind: kind, isMade: isMade)
        }
        // With the plain kind a tie goes whole.
        guard let wanted else { return [tie(self.relation.plain, false)] }
        let plain = now == nil ? [tie(self.relation.plain, true)] : []
        let given = wanted.subtracting(now ?? []).sorted().compactMap(self.relation.kind)
        let taken = (now ?? []).subtracting(wanted).sorted().compactMap(self.relation.kind)
        return plain + given.map { tie($0, true) } + taken.map { tie($0, false) }
    }

    // MARK: - Salesforce

    private func rows(
        from rows: [RelatedRecord],
        to wanted: Set<String>?,
        _ child: Child
    ) -> [Row] {
        guard let wanted else { return rows.compactMap(\.rowID).map { .delete(rowID: $0) } }
        var changes: [Row] = []
        var free: [String] = []
        var kept = 0
        for row in rows {
            guard let id = row.rowID else { continue }
            guard let role = row.role else {
                if row.hasOwnRole { kept += 1 } else { free.append(id) }
                continue
            }
            if wanted.contains(role) { kept += 1 } else { free.append(id) }
        }
        let roleless = Set(rows.filter { $0.role == nil }.compactMap(\.rowID))
        for role in wanted.subtracting(rows.compactMap(\.role)).sorted() {
            if free.isEmpty {
                changes.append(.create(childID: child.salesforceID, role: role))
            } else {
                changes.append(.setRole(rowID: free.removeFirst(), role: role))
            }
            kept += 1
        }
        // A row whose role went: it stays without one where it is the only one that ties the two.
        for id in free where !roleless.contains(id) {
            changes.append(kept == 0 ? .setRole(rowID: id, role: nil) : .delete(rowID: id))
            kept += 1
        }
        if rows.isEmpty, wanted.isEmpty {
            changes.append(.create(childID: child.salesforceID, role: nil))
        }
        return changes
    }
}
