import SimulationKit
import Testing

/// The checker of segments against histories that are right, and wrong in each of its ways.
struct SegmentsFollowFiltersTests {
    private static let records = [
        "1": ["lastname": "Roux", "phone": "07"], "2": ["lastname": "rossi"], "3": ["phone": "7"],
    ]

    private static func sample(_ members: [String: String], at now: Int64 = 1) -> SegmentSample {
        SegmentSample(
            at: now,
            list: "5",
            rule: .all([.begins("lastname", "Ro")]),
            members: members,
            records: Self.records
        )
    }

    @Test func `whom the rule includes belongs, whatever the case`() {
        let right = Self.sample(["1": "a", "2": "a"])
        #expect(SegmentsFollowFilters.problems([right, right]).isEmpty)
    }

    @Test func `one too many, one too few, and one who joined twice are told`() {
        let right = Self.sample(["1": "a", "2": "a"])
        #expect(SegmentsFollowFilters.problems([Self.sample(["1": "a"])]).count == 1)
        #expect(
            SegmentsFollowFilters.problems([Self.sample(["1": "a", "2": "a", "3": "a"])]).count == 1
        )
        let again = Self.sample(["1": "b", "2": "a"], at: 2)
        #expect(SegmentsFollowFilters.problems([right, again]).count == 1)
    }

    @Test(
        arguments: [
            (.known("phone"), ["1", "3"]), (.unknown("phone"), ["2"]),
            (.equals("lastname", ["ROSSI"]), ["2"]), (.differs("lastname", ["rossi"]), ["1", "3"]),
            (.contains("lastname", "OU"), ["1"]), (.ends("phone", "7"), ["1", "3"]),
            (.any([.ends("lastname", "x"), .equals("phone", ["7"])]), ["1", "3"]),
            (.all([.known("lastname"), .unknown("phone")]), ["2"]),
        ] as [(SegmentRule, [String])]
    )
    func `a rule includes`(_ rule: SegmentRule, _ expected: [String]) {
        #expect(Self.records.filter { rule.includes($0.value) }.keys.sorted() == expected)
    }
}
