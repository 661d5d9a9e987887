import CRMInterface
import SyncCore
import SyncStore

/// What one look at the ties of some records showed, and what is to be done about them.
struct RelationLook {
    /// A decision about a tie with the record that has it.
    struct Decided {
        var parent: DueRelation
        var decision: RelationStep.Decision
        /// What HubSpot and Salesforce lack that was agreed on.
        var lacks: Set<Side>

        /// The records at both ends, on the sides that lack the tie: it goes only where they are there.
        func losing(_ relation: RelationMapping) -> Set<References.Record> {
            guard self.decision.agreed == nil else { return [] }
            let (link, child) = (self.parent.link, self.decision.child)
            return Set(
                self.lacks.flatMap { side in
                    let childID = side == .hubspot ? child.hubspotID : child.salesforceID
                    return [
                        References.Record(
                            mapping: relation.parent,
                            side: side,
                            id: link.recordID(on: side)
                        ),
                        References.Record(mapping: relation.child, side: side, id: childID),
                    ]
                }
            )
        }
    }

    let relation: RelationMapping
    private let due: [DueRelation]
    var base: [Int64: [Int64: Set<String>]] = [:]
    /// By the parents' ids.
    var hubspot: [String: [RelatedRecord]] = [:]
    var salesforce: [String: [RelatedRecord]] = [:]
    /// Those that have more ties in HubSpot than are read.
    var tooMany: Set<String> = []
    private var children: [Int64: Link] = [:]
    private var byID: [Side: [String: Int64]] = [.hubspot: [:], .salesforce: [:]]

    init(relation: RelationMapping, due: [DueRelation]) {
        self.relation = relation
        self.due = due
    }

    mutating func take(_ links: [Link]) {
        for link in links {
            self.children[link.id] = link
            for side in Side.allCases { self.byID[side]?[link.recordID(on: side)] = link.id }
        }
    }

    /// The other ends that a side names and that were not looked up.
    func unknown(on side: Side) -> [String] {
        let read = side == .hubspot ? self.hubspot : self.salesforce
        let ids = Set(read.values.joined().map(\.id))
        return ids.filter { self.byID[side]?[$0] == nil }.sorted()
    }

    /// The links of the other ends that were agreed on and that neither side names now.
    var unknownAgreed: [Int64] {
        Set(self.base.values.flatMap(\.keys)).filter { self.children[$0] == nil }.sorted()
    }

    /// Those whose ties Salesforce is asked for: HubSpot shows something else than was agreed on, or it was Salesforce
    /// that told of a change.
    var moved: [DueRelation] {
        let step = RelationStep(self.relation)
        return self.due.filter { due in
            guard let ties = self.hubspot[due.link.hubspotID] else { return false }
            return due.isWhole
                || !step.isAsAgreed(
                    base: self.base[due.link.id] ?? [:],
                    hubspot: ties,
                    children: self.children(of: due)
                )
        }
    }

    /// What is to be done, in the order of the records' links.
    var decided: [Decided] {
        let step = RelationStep(self.relation)
        return self.moved.flatMap { due -> [Decided] in
            guard let ties = self.hubspot[due.link.hubspotID],
                let rows = self.salesforce[due.link.salesforceID]
            else { return [] }
            let children = self.children(of: due)
            let sent = Dictionary(grouping: due.sent, by: \.child).mapValues { sent in
                sent.map { RelationStep.Sent(side: $0.side, roles: $0.roles) }
            }
            let decisions = [true, false].flatMap { isTold in
                step.decide(
                    base: self.base[due.link.id] ?? [:],
                    hubspot: ties,
                    salesforce: rows,
                    children: children.filter { due.isTold(of: $0.salesforceID) == isTold },
                    isTold: isTold,
                    sent: sent
                )
            }.sorted { $0.child.link < $1.child.link }
            let (tied, inBetween) = (Set(ties.map(\.id)), Set(rows.map(\.id)))
            return decisions.map { decision in
                var lacks: Set<Side> = []
                if !tied.contains(decision.child.hubspotID) { lacks.insert(.hubspot) }
                if !inBetween.contains(decision.child.salesforceID) { lacks.insert(.salesforce) }
                return Decided(parent: due, decision: decision, lacks: lacks)
            }
        }
    }

    /// The other ends of a record's ties, those that were agreed on too.
    private func children(of due: DueRelation) -> [RelationStep.Child] {
        var links = Set((self.base[due.link.id] ?? [:]).keys)
        for tie in self.hubspot[due.link.hubspotID] ?? [] {
            if let link = self.byID[.hubspot]?[tie.id] { links.insert(link) }
        }
        for row in self.salesforce[due.link.salesforceID] ?? [] {
            if let link = self.byID[.salesforce]?[row.id] { links.insert(link) }
        }
        return links.sorted().compactMap { self.children[$0] }.map { link in
            RelationStep.Child(
                link: link.id,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                isWhole: link.state == .active && self.takes(link.salesforceID)
            )
        }
    }

    /// Whether a lookup of the object in between can name a record.
    private func takes(_ salesforceID: String) -> Bool {
        self.relation.lookup(of: salesforceID) != nil
    }

    // MARK: - What is stored

    /// Everything but which marks are done.
    ///
    /// `unsure`: links of whose ties a second look did not tell.
    func commit(
        _ decided: [Decided],
        _ results: RelationResults,
        _ unsure: Set<Int64> = [],
        now: Int64
    ) -> RelationCommit {
        var commit = RelationCommit(self.relation.name)
        commit.notBefore = now + results.wait
        var refused: [Int64: [String]] = [:]
        var later: Set<Int64> = []
        for (place, one) in decided.enumerated() {
            let (link, decision) = (one.parent.link, one.decision)
            let agreed = RelationCommit.Agreement(
                parent: link.id,
                child: decision.child.link,
                roles: decision.agreed
            )
            if results.fates[place] != .open { commit.answered.append(agreed) }
            switch results.fates[place] {
            case .stored:
                commit.agreements.append(agreed)
                commit.journal += self.journal(one, now: now)
            case .refused(let code):
                refused[link.id, default: []] += [decision.child.hubspotID, code]
                // What both have all the same is agreed on: who takes it away later means it.
                if let both = self.both(one) {
                    let known = self.base[link.id]?[decision.child.link] ?? []
                    commit.agreements.append(
                        .init(
                            parent: link.id,
                            child: decision.child.link,
                            roles: known.union(both)
                        )
                    )
                }
            case .open: later.insert(link.id)
            }
        }
        let unread = self.unread.union(unsure)
        if !unread.isDisjoint(with: self.due.map(\.link.id)) {
            later.formUnion(unread)
            commit.notBefore = max(commit.notBefore, now + Self.unreadWait)
        }
        commit.later = self.due.filter { later.contains($0.link.id) }
        commit.waits = self.waits
        self.tell(refused, later: later, in: &commit)
        return commit
    }

    /// The roles that a tie had on both sides before anything was written; `nil` where a side lacked it.
    private func both(_ one: Decided) -> Set<String>? {
        let (link, child) = (one.parent.link, one.decision.child)
        let ties = (self.hubspot[link.hubspotID] ?? []).filter { $0.id == child.hubspotID }
        let rows = (self.salesforce[link.salesforceID] ?? []).filter { $0.id == child.salesforceID }
        guard !ties.isEmpty, !rows.isEmpty else { return nil }
        return Set(ties.compactMap(\.role)).intersection(rows.compactMap(\.role))
    }

    /// Records whose ties HubSpot did not tell this time.
    private var unread: Set<Int64> {
        let read = Set(self.hubspot.keys).union(self.tooMany)
        return Set(self.due.filter { !read.contains($0.link.hubspotID) }.map(\.link.id))
    }

    /// Raises an issue on each record of which a CRM refuses a tie, and ends those of records that are read on both sides
    /// and have none: what was refused shows in HubSpot's ties alone only where it is HubSpot's.
    private func tell(
        _ refused: [Int64: [String]],
        later: Set<Int64>,
        in commit: inout RelationCommit
    ) {
        let moved = Set(self.moved.map(\.link.id))
        for due in self.due where !later.contains(due.link.id) {
            let isLarge = self.tooMany.contains(due.link.hubspotID)
            let large = self.finding(.tooManyTies, due)
            if isLarge { commit.raise.append(large) } else { commit.resolve.append(large) }
            let details = refused[due.link.id]
            let finding = self.finding(.relationRefused, due, details ?? [])
            if details != nil {
                commit.raise.append(finding)
            } else if moved.contains(due.link.id) {
                commit.resolve.append(finding)
            }
        }
    }

    private func finding(
        _ code: Finding.Code,
        _ due: DueRelation,
        _ details: [String] = []
    ) -> Finding {
        Finding(
            code: code,
            mapping: self.relation.parent,
            hubspotID: due.link.hubspotID,
            salesforceID: due.link.salesforceID,
            subject: self.relation.name,
            details: [self.relation.name] + details
        )
    }

    /// After how many milliseconds ties that HubSpot did not tell are asked for again.
    private static let unreadWait: Int64 = 600_000

    /// Which records, once they have a counterpart, bring a parent back.
    private var waits: [RelationCommit.Wait] {
        self.due.flatMap { due -> [RelationCommit.Wait] in
            let named: [(Side, [RelatedRecord])] = [
                (.hubspot, self.hubspot[due.link.hubspotID] ?? []),
                (.salesforce, self.salesforce[due.link.salesforceID] ?? []),
            ]
            return named.flatMap { side, ties in
                Set(ties.map(\.id)).sorted().compactMap { id -> RelationCommit.Wait? in
                    let link = self.byID[side]?[id].flatMap { self.children[$0] }
                    if let link, link.state == .active, self.takes(link.salesforceID) { return nil }
                    let child = References.Record(mapping: self.relation.child, side: side, id: id)
                    return RelationCommit.Wait(parent: due.link.id, child: child)
                }
            }
        }
    }

    private func journal(_ one: Decided, now: Int64) -> [JournalEntry] {
        let (link, decision) = (one.parent.link, one.decision)
        let sides: [(Side, Bool)] = [
            (.hubspot, !decision.ties.isEmpty), (.salesforce, !decision.rows.isEmpty),
        ]
        return sides.filter(\.1).map { side, _ in
            let roles = decision.agreed?.sorted().joined(separator: ", ")
            let what = roles.map { $0.isEmpty ? "tied" : "tied as \($0)" } ?? "untied"
            return JournalEntry(
                kind: .confirmed,
                mapping: self.relation.parent,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                target: side,
                field: self.relation.name,
                hubspotValue: FieldValue(normal: decision.child.hubspotID).bytes,
                salesforceValue: FieldValue(normal: decision.child.salesforceID).bytes,
                reason: "\(what), as \(side.other == .hubspot ? "HubSpot" : "Salesforce") has it",
                at: now
            )
        }
    }
}
