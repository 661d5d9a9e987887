import SyncCore
import Testing

/// What a tie of two CRMs shall be.
struct RelationMergeTests {
    private typealias Roles = Set<String>

    private static let sets: [Roles?] = [nil, [], ["A"], ["B"], ["A", "B"]]

    @Test func `a tie is made where one side has it and neither had it before`() {
        #expect(RelationMerge.merged(base: nil, hubspot: nil, salesforce: nil) == nil)
        #expect(RelationMerge.merged(base: nil, hubspot: ["A"], salesforce: nil) == ["A"])
        #expect(RelationMerge.merged(base: nil, hubspot: nil, salesforce: []) == [])
        #expect(RelationMerge.merged(base: nil, hubspot: ["A"], salesforce: ["B"]) == ["A", "B"])
    }

    @Test func `a tie that one side took away goes`() {
        for base in Self.sets.compactMap(\.self) {
            #expect(RelationMerge.merged(base: base, hubspot: nil, salesforce: base) == nil)
            #expect(RelationMerge.merged(base: base, hubspot: base, salesforce: nil) == nil)
        }
    }

    @Test func `a tie stays where one side took it away and the other one changed its role`() {
        #expect(RelationMerge.merged(base: ["A"], hubspot: nil, salesforce: ["B"]) == ["B"])
        #expect(RelationMerge.merged(base: [], hubspot: ["A"], salesforce: nil) == ["A"])
    }

    @Test func `a tie that went on one side goes on where the other side has a part of it only`() {
        // Half of it was taken away there, and then the process died.
        #expect(RelationMerge.merged(base: ["A", "B"], hubspot: nil, salesforce: ["B"]) == nil)
        #expect(RelationMerge.merged(base: ["A"], hubspot: [], salesforce: nil) == nil)
        #expect(
            RelationMerge.merged(base: ["A"], hubspot: nil, salesforce: ["A", "B"]) == ["A", "B"]
        )
    }

    @Test func `each role is merged alone`() {
        #expect(
            RelationMerge.merged(base: ["A"], hubspot: ["A", "B"], salesforce: []) == ["B"]
        )
        #expect(
            RelationMerge.merged(base: ["A", "B"], hubspot: ["A"], salesforce: ["B"]) == []
        )
    }

    @Test func `both sides are treated alike, and what is agreed on stays`() {
        for base in Self.sets {
            for one in Self.sets {
                #expect(RelationMerge.merged(base: base, hubspot: one, salesforce: one) == one)
                for other in Self.sets {
                    #expect(
                        RelationMerge.merged(base: base, hubspot: one, salesforce: other)
                            == RelationMerge.merged(base: base, hubspot: other, salesforce: one)
                    )
                }
            }
        }
    }
}
