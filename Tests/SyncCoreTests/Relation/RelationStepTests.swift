import SyncCore
import Testing

/// Which writes bring a tie to what it shall be: applied, they do, and then there are none.
struct RelationStepTests {
    private static let relation: RelationMapping = {
        func mapping(_ name: String, _ object: String) -> ObjectMapping {
            ObjectMapping(
                name: name,
                hubspot: .init(name: name, fields: [], keyField: nil),
                hubspotKeyFields: [:],
                salesforce: [.init(name: object, fields: [], keyField: nil)],
                createAs: object,
                fields: [],
                matchFields: []
            )
        }
        return RelationMapping(
            name: "deals with contacts",
            parent: mapping("deals", "Opportunity"),
            child: mapping("contacts", "Contact"),
            plain: TieKind(id: 3, isOwn: true, label: nil),
            labels: [
                .init(kind: TieKind(id: 11, isOwn: false, label: "a"), role: "A"),
                .init(kind: TieKind(id: 12, isOwn: false, label: "b"), role: "B"),
            ],
            junction: mapping("deals with contacts", "OpportunityContactRole"),
            parentLookup: .init(object: "Opportunity", index: 0),
            childLookups: [.init(object: "Contact", index: 1)],
            roleIndex: 2
        )
    }()

    private static let child = RelationStep.Child(
        link: 7,
        hubspotID: "70",
        salesforceID: "0037",
        isWhole: true
    )

    /// A record in between, as Salesforce has it.
    private struct Row: Hashable {
        var id: String
        var role: String?
    }

    private static func decide(
        _ base: Set<String>?,
        _ ties: Set<String>?,
        _ rows: [Row],
        isWhole: Bool = true,
        isTold: Bool = true,
        sent: [RelationStep.Sent] = []
    ) -> [RelationStep.Decision] {
        var child = Self.child
        child.isWhole = isWhole
        let roles = ties.map { $0.isEmpty ? [nil] : $0.sorted().map(Optional.some) } ?? []
        return RelationStep(Self.relation).decide(
            base: base.map { [7: $0] } ?? [:],
            hubspot: roles.map { RelatedRecord(id: "70", role: $0) },
            salesforce: rows.map { row in
                let isListed = row.role == nil || ["A", "B"].contains(row.role)
                var tie = RelatedRecord(id: "0037", role: isListed ? row.role : nil, rowID: row.id)
                tie.hasOwnRole = !isListed
                return tie
            },
            children: [child],
            isTold: isTold,
            sent: [7: sent]
        )
    }

    /// HubSpot after these changes.
    private static func applied(_ ties: [RelationStep.Tie], to roles: Set<String>?) -> Set<String>?
    {
        var roles = roles
        for tie in ties {
            guard let role = Self.relation.role(of: tie.kind) else {
                roles = tie.isMade ? roles ?? [] : nil
                continue
            }
            if tie.isMade { roles = (roles ?? []).union([role]) } else { roles?.remove(role) }
        }
        return roles
    }

    /// Salesforce after these changes.
    private static func applied(_ changes: [RelationStep.Row], to rows: [Row]) -> [Row] {
        var rows = rows
        for (place, change) in changes.enumerated() {
            switch change {
            case .create(_, let role): rows.append(Row(id: "new\(place)", role: role))
            case .setRole(let id, let role):
                for place in rows.indices where rows[place].id == id { rows[place].role = role }
            case .delete(let id): rows.removeAll { $0.id == id }
            }
        }
        return rows
    }

    @Test func `applied, the writes bring both sides to what was agreed on, and nothing is left`() {
        let sets: [Set<String>?] = [nil, [], ["A"], ["B"], ["A", "B"]]
        let roles: [String?] = [nil, "A", "B", "X"]
        var tables: [[Row]] = [[]]
        for one in roles {
            tables.append([Row(id: "1", role: one)])
            for other in roles {
                tables.append([Row(id: "1", role: one), Row(id: "2", role: other)])
            }
        }
        var decided = 0
        for base in sets {
            for ties in sets {
                for rows in tables {
                    guard let decision = Self.decide(base, ties, rows).first else { continue }
                    decided += 1
                    let after = Self.applied(decision.ties, to: ties)
                    let rest = Self.applied(decision.rows, to: rows)
                    #expect(after == decision.agreed, "\(String(describing: base)) \(rows)")
                    #expect(Self.decide(decision.agreed, after, rest).isEmpty)
                    #expect(Set(rest.map(\.role)).isSuperset(of: decision.agreed ?? []))
                    #expect((decision.agreed == nil) == rest.isEmpty)
                    // What the mapping does not list stays, unless the whole tie goes.
                    if decision.agreed != nil {
                        #expect(
                            rest.filter { $0.role == "X" } == rows.filter { $0.role == "X" }
                        )
                    }
                }
            }
        }
        #expect(decided > 300)
    }

    @Test func `what is in step needs no write and no note`() {
        #expect(Self.decide(["A"], ["A"], [Row(id: "1", role: "A")]).isEmpty)
        #expect(Self.decide([], [], [Row(id: "1", role: "X")]).isEmpty)
        #expect(Self.decide(nil, nil, []).isEmpty)
    }

    @Test func `a role that has no free record gets one of its own`() {
        let decision = Self.decide(["A"], ["A", "B"], [Row(id: "1", role: "A")]).first
        #expect(decision?.rows == [.create(childID: "0037", role: "B")])
        let filled = Self.decide([], ["B"], [Row(id: "1", role: nil)]).first
        #expect(filled?.rows == [.setRole(rowID: "1", role: "B")])
    }

    @Test func `where a record at the other end is not there, nothing is decided`() {
        #expect(Self.decide(["A"], nil, [Row(id: "1", role: "A")], isWhole: false).isEmpty)
        #expect(Self.decide(nil, ["A"], [], isWhole: false).isEmpty)
    }

    @Test func `a role that is not listed, in place of one that was, is an edit and keeps the tie`()
    {
        let decision = Self.decide(["A"], nil, [Row(id: "1", role: "X")]).first
        #expect(decision?.agreed == [])
        #expect(decision?.rows.isEmpty == true)
        #expect(decision?.ties.map(\.isMade) == [true])
        // What stood there all the time is none.
        let whole = Self.decide(["A"], nil, [Row(id: "1", role: "A"), Row(id: "2", role: "X")])
        #expect(whole.first.map { $0.agreed == nil } == true)
    }

    @Test
    func `what Salesforce does not show is taken for deleted only where something told of it`() {
        let untied = Self.decide(["A"], ["A"], [])
        #expect(untied.first?.ties.map(\.isMade) == [false])
        #expect(Self.decide(["A"], ["A"], [], isTold: false).isEmpty)
        #expect(
            Self.decide(["A", "B"], ["A", "B"], [Row(id: "1", role: "A")], isTold: false).isEmpty
        )
        // What people untied in HubSpot goes, and a role that is new comes over.
        let gone = Self.decide(["A"], nil, [Row(id: "1", role: "A")], isTold: false)
        #expect(gone.first?.rows == [.delete(rowID: "1")])
        let rows = [Row(id: "1", role: "A"), Row(id: "2", role: "B")]
        #expect(Self.decide(["A"], ["A"], rows, isTold: false).first?.agreed == ["A", "B"])
    }

    @Test func `a side that shows what was sent without a reply has not been edited`() throws {
        // Somebody took the role back in HubSpot before Duet's own write of it landed.
        let sent = RelationStep.Sent(side: .salesforce, roles: ["B"])
        let row = Row(id: "00K", role: "B")
        let edited = try #require(Self.decide(["A"], [], [row]).first)
        #expect(edited.agreed == ["B"])
        let landed = try #require(Self.decide(["A"], [], [row], sent: [sent]).first)
        #expect(landed.agreed == [])
        #expect(landed.rows == [.setRole(rowID: "00K", role: nil)])
        // A delete that landed after people tied the two again.
        let untied = RelationStep.Sent(side: .salesforce, roles: nil)
        let again = try #require(Self.decide(["A"], ["A"], [], sent: [untied]).first)
        #expect(again.agreed == ["A"])
        #expect(again.rows == [.create(childID: "0037", role: "A")])
    }
}
