import SyncCore
import Testing

/// The two-way grid of an owner, cell by cell: Salesforce's is never blank.
struct OwnerMergeTests {
    private static let mapping: ObjectMapping = {
        let shape = FieldShape(type: .reference)
        var mapping = Samples.mapping(rule: .twoWay, hubspot: shape, salesforce: shape)
        mapping.fields[1].kind = .owner
        return mapping
    }()

    /// 1 is A, 2 is B, 3 is C; X is nobody in HubSpot, 9 nobody in Salesforce.
    private static let owners = Owners(
        hubspot: ["1", "2", "3", "9"].map { .init(id: $0, name: $0, email: "\($0)@x.test") },
        salesforce: [("A", "1"), ("B", "2"), ("C", "3"), ("X", "0")].map {
            .init(id: $0.0, name: $0.0, email: "\($0.1)@x.test")
        }
    )

    private static func decide(
        _ hubspot: String,
        _ salesforce: String,
        bases: (String, String)?
    ) -> MergeDecision {
        var input = Samples.input(
            Self.mapping,
            hubspot: Samples.blob("a@b.test", hubspot),
            salesforce: Samples.blob("a@b.test", salesforce),
            bases: bases.map { (Samples.blob("a@b.test", $0.0), Samples.blob("a@b.test", $0.1)) }
        )
        input.references.owners = Self.owners
        return RecordMerge.decide(input)
    }

    private static func word(_ decision: MergeDecision) -> String {
        if let write = decision.toHubSpot.first {
            return "hubspot " + String(decoding: write.value, as: UTF8.self)
        }
        if let write = decision.toSalesforce.first {
            return "salesforce " + String(decoding: write.value, as: UTF8.self)
        }
        return decision.waiting.first.map { "waits for \($0.record.id)" } ?? "nothing"
    }

    struct Cell: Sendable {
        var bases: (String, String)?
        var hubspot: String
        var salesforce: String
        var expected: String
    }

    private static let cells = [
        // Linked: unchanged, edited on one side, on both, cleared.
        Cell(bases: ("1", "A"), hubspot: "1", salesforce: "A", expected: "nothing"),
        Cell(bases: ("1", "A"), hubspot: "2", salesforce: "A", expected: "salesforce B"),
        Cell(bases: ("1", "A"), hubspot: "1", salesforce: "B", expected: "hubspot 2"),
        Cell(bases: ("1", "A"), hubspot: "2", salesforce: "B", expected: "nothing"),
        Cell(bases: ("1", "A"), hubspot: "3", salesforce: "B", expected: "hubspot 2"),
        Cell(bases: ("1", "A"), hubspot: "", salesforce: "A", expected: "hubspot 1"),
        Cell(bases: ("1", "A"), hubspot: "", salesforce: "B", expected: "hubspot 2"),
        Cell(bases: ("", "A"), hubspot: "", salesforce: "A", expected: "nothing"),
        Cell(bases: ("", "A"), hubspot: "", salesforce: "B", expected: "hubspot 2"),
        Cell(bases: ("1", "B"), hubspot: "1", salesforce: "B", expected: "hubspot 2"),
        // Nobody's counterpart.
        Cell(bases: ("1", "A"), hubspot: "9", salesforce: "A", expected: "waits for 9"),
        Cell(bases: ("1", "A"), hubspot: "1", salesforce: "X", expected: "waits for X"),
        Cell(bases: ("1", "A"), hubspot: "", salesforce: "X", expected: "waits for X"),
        // A new record whose owner did not go over: what Salesforce gave it is nobody's edit.
        Cell(bases: ("", "0"), hubspot: "2", salesforce: "A", expected: "salesforce B"),
        Cell(bases: ("", "0"), hubspot: "9", salesforce: "A", expected: "waits for 9"),
        Cell(bases: ("", "0"), hubspot: "", salesforce: "A", expected: "nothing"),
        // Salesforce's owner waited at a first match, or for a new record in HubSpot.
        Cell(bases: ("", ""), hubspot: "", salesforce: "A", expected: "hubspot 1"),
        Cell(bases: ("2", ""), hubspot: "2", salesforce: "A", expected: "hubspot 1"),
        // First match.
        Cell(bases: nil, hubspot: "1", salesforce: "A", expected: "nothing"),
        Cell(bases: nil, hubspot: "2", salesforce: "A", expected: "hubspot 1"),
        Cell(bases: nil, hubspot: "", salesforce: "A", expected: "hubspot 1"),
        Cell(bases: nil, hubspot: "9", salesforce: "A", expected: "hubspot 1"),
        Cell(bases: nil, hubspot: "2", salesforce: "X", expected: "waits for X"),
    ]

    @Test(arguments: cells)
    func `M07: an owner's cell`(cell: Cell) {
        let decision = Self.decide(cell.hubspot, cell.salesforce, bases: cell.bases)
        #expect(Self.word(decision) == cell.expected, "\(cell)")
        #expect(decision.diverged.isEmpty && decision.problems.isEmpty)
        // What waits is still a change when it is decided again.
        guard let waiting = decision.waiting.first, let bases = cell.bases else { return }
        let kept =
            waiting.record.side == .hubspot
            ? decision.hubspotBase.values[1].text : decision.salesforceBase.values[1].text
        #expect(kept == (waiting.record.side == .hubspot ? bases.0 : bases.1))
    }
}
