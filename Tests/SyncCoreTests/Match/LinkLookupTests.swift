import SyncCore
import Testing

struct LinkLookupTests {
    private static func candidate(
        _ id: String,
        object: String = "Contact",
        key: String? = nil,
        keys: [String] = [],
        fate: RecordRow.Fate = .live,
        former: [String] = [],
        linked: Bool = false
    ) -> LinkLookup.Candidate {
        LinkLookup.Candidate(
            row: RecordRow(
                id: id,
                object: object,
                stamp: ServerTime(milliseconds: 1),
                fate: fate,
                values: RecordBlob(values: []),
                counterpartID: key,
                formerIDs: former
            ),
            matchKeys: keys,
            isLinked: linked
        )
    }

    private static let record = LinkLookup.Record(
        id: "101",
        counterpartID: "A",
        matchKeys: ["0:ann@example.com", "1:x7"],
        formerIDs: ["99"]
    )

    private static let byMail = ["0:ann@example.com"]

    @Test(
        arguments: [
            ("nothing fits", [candidate("B", keys: ["0:bob@example.com"])], .none),
            ("its key names one", [candidate("A"), candidate("B", keys: byMail)], .link("A")),
            ("another's key names it", [candidate("C", key: "101")], .link("C")),
            (
                "two keys disagree", [candidate("A"), candidate("C", key: "101")],
                .ambiguous(["A", "C"])
            ),
            ("a merge winner lists its key", [candidate("W", former: ["A"])], .link("W")),
            ("a key names its merged id", [candidate("D", key: "99")], .link("D")),
            ("a match key", [candidate("B", keys: byMail)], .link("B")),
            (
                "the first match key decides",
                [candidate("B", keys: ["1:x7"]), candidate("C", keys: byMail)], .link("C")
            ),
            (
                "two match", [candidate("C", keys: byMail), candidate("B", keys: byMail)],
                .ambiguous(["B", "C"])
            ),
            (
                "one of two is linked: still no guess",
                [candidate("B", keys: byMail, linked: true), candidate("C", keys: byMail)],
                .ambiguous(["B", "C"])
            ),
            ("the only one is linked", [candidate("A", linked: true)], .alreadyLinked(to: "A")),
            ("found by two look-ups", [candidate("A"), candidate("A")], .link("A")),
            ("its key names one that is deleted", [candidate("A", fate: .deleted)], .deleted("A")),
            (
                "the key of a deleted one names it",
                [candidate("D", key: "101", fate: .deleted), candidate("A", fate: .deleted)],
                .deleted("A")
            ),
            (
                "a living one with its e-mail comes first",
                [candidate("A", fate: .deleted), candidate("B", keys: byMail)], .link("B")
            ),
            (
                "a deleted one of another pair", [candidate("A", fate: .deleted, linked: true)],
                .none
            ),
            (
                "a deleted one with its e-mail", [candidate("B", keys: byMail, fate: .deleted)],
                .none
            ),
            (
                "a converted Lead points to its Contact",
                [
                    candidate("A", object: "Lead", fate: .converted(contact: "C")), candidate("C"),
                    candidate("B", keys: byMail),
                ], .link("C")
            ),
            (
                "what a merge kept, merged in turn",
                [
                    candidate("A", fate: .merged(into: "M")),
                    candidate("M", fate: .merged(into: "W")), candidate("W"),
                ], .link("W")
            ),
            (
                "what a merge kept names another record",
                [candidate("A", fate: .merged(into: "W")), candidate("W", key: "102")],
                .alreadyLinked(to: "W")
            ),
            (
                "a merge winner that lists its key names another record",
                [candidate("W", key: "102", former: ["A"])], .alreadyLinked(to: "W")
            ),
            (
                "what a merge kept was deleted",
                [
                    candidate("A", fate: .merged(into: "W")), candidate("W", fate: .deleted),
                ], .deleted("W")
            ),
            (
                "what a merge kept was deleted and was another's",
                [
                    candidate("A", fate: .merged(into: "W")),
                    candidate("W", fate: .deleted, linked: true),
                ], .alreadyLinked(to: "W")
            ),
            (
                "the second of two merges is not shown",
                [
                    candidate("A", fate: .merged(into: "M")),
                    candidate("M", fate: .merged(into: "W")),
                ], .ambiguous(["W"])
            ),
            (
                "a Contact that was not looked up is not created twice",
                [candidate("A", object: "Lead", fate: .converted(contact: "C"))],
                .ambiguous(["C"])
            ),
        ] as [(String, [LinkLookup.Candidate], LinkLookup.Result)]
    )
    func `a counterpart is found by precedence and never by guessing`(
        name: String,
        candidates: [LinkLookup.Candidate],
        expected: LinkLookup.Result
    ) {
        #expect(LinkLookup.find(Self.record, among: candidates) == expected)
        #expect(LinkLookup.find(Self.record, among: candidates.reversed()) == expected)
    }

    @Test func `the hint of a refused create ties nobody to a deleted record`() {
        let record = LinkLookup.Record(id: "101", counterpartID: "A", isHint: true, matchKeys: [])
        let stranger = Self.candidate("A", fate: .deleted)
        #expect(LinkLookup.find(record, among: [stranger]) == .none)
        let own = Self.candidate("A", key: "101", fate: .deleted)
        #expect(LinkLookup.find(record, among: [own]) == .deleted("A"))
    }

    @Test func `contacts are matched before leads`() {
        let both = [
            Self.candidate("L", object: "Lead", keys: Self.byMail),
            Self.candidate("C", keys: Self.byMail),
        ]
        #expect(
            LinkLookup.find(Self.record, among: both, objects: ["Contact", "Lead"]) == .link("C")
        )
        #expect(LinkLookup.find(Self.record, among: both) == .ambiguous(["C", "L"]))
    }

    @Test func `several records of one side with one key are never paired`() {
        let one = MatchGroup(hubspot: ["1"], salesforce: ["A"])
        #expect(one.verdict == .link(hubspot: "1", salesforce: "A"))
        let twins = MatchGroup(hubspot: ["2", "1"], salesforce: ["A"])
        #expect(twins.verdict == .ambiguous(hubspot: ["1", "2"], salesforce: ["A"]))
        let alone = MatchGroup(salesforce: ["A"])
        #expect(alone.verdict == .create(from: .salesforce, id: "A"))
        // Twins of one side alone are created neither: they may be one person.
        let lonely = MatchGroup(hubspot: ["1", "2"])
        #expect(lonely.verdict == .ambiguous(hubspot: ["1", "2"], salesforce: []))
    }
}
