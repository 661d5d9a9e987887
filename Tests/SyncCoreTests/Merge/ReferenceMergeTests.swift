import SyncCore
import Testing

/// A field that names another record: each CRM by its own id.
struct ReferenceMergeTests {
    private static func mapping(_ rule: SyncRule) -> ObjectMapping {
        let shape = FieldShape(type: .reference)
        var mapping = Samples.mapping(rule: rule, hubspot: shape, salesforce: shape)
        mapping.fields[1].kind = .reference("companies")
        return mapping
    }

    /// Company 7 is account 001A, company 8 is account 001B.
    private static let references: References = {
        var references = References()
        for (hubspot, salesforce) in [("7", "001A"), ("8", "001B")] {
            references.add(
                .init(mapping: "companies", side: .hubspot, id: hubspot),
                counterpart: salesforce
            )
            references.add(
                .init(mapping: "companies", side: .salesforce, id: salesforce),
                counterpart: hubspot
            )
        }
        return references
    }()

    private static func decide(
        _ hubspot: String,
        _ salesforce: String,
        bases: (String, String)?,
        rule: SyncRule = .twoWay
    ) -> MergeDecision {
        var input = Samples.input(
            Self.mapping(rule),
            hubspot: Samples.blob("a@b.test", hubspot),
            salesforce: Samples.blob("a@b.test", salesforce),
            bases: bases.map { (Samples.blob("a@b.test", $0.0), Samples.blob("a@b.test", $0.1)) }
        )
        input.references = Self.references
        return RecordMerge.decide(input)
    }

    @Test func `another company goes over as its account, and back`() {
        let there = Self.decide("8", "001A", bases: ("7", "001A"))
        #expect(there.toSalesforce.map(\.value) == [Array("001B".utf8)])
        #expect(there.toHubSpot.isEmpty)
        let back = Self.decide("7", "001B", bases: ("7", "001A"))
        #expect(back.toHubSpot.map(\.value) == [Array("8".utf8)])
        let cleared = Self.decide("7", "", bases: ("7", "001A"))
        #expect(cleared.toHubSpot.map(\.value) == [[]])
    }

    @Test func `a company and its account are the same, so nothing is written at a first match`() {
        let decision = Self.decide("7", "001A", bases: nil)
        #expect(decision.toHubSpot.isEmpty && decision.toSalesforce.isEmpty)
        #expect(decision.diverged.isEmpty)
        let apart = Self.decide("7", "001B", bases: nil)
        #expect(apart.diverged == [1])
    }

    @Test func `a company without an account waits, and its change stays one`() {
        let decision = Self.decide("9", "001A", bases: ("7", "001A"))
        #expect(decision.toSalesforce.isEmpty)
        #expect(decision.problems.isEmpty)
        #expect(
            decision.waiting.map(\.record) == [
                .init(mapping: "companies", side: .hubspot, id: "9")
            ]
        )
        #expect(decision.hubspotBase.values[1] == FieldValue(normal: "7"))
        #expect(decision.salesforceBase.values[1] == FieldValue(normal: "001A"))
    }

    /// With both bases at what was seen, nobody would ever write it: neither side changes again.
    @Test func `what waits at a first match is a change when its record is linked`() {
        let first = Self.decide("7", "001C", bases: nil, rule: .preferSalesforce)
        #expect(first.waiting.map(\.record.id) == ["001C"])
        #expect(first.salesforceBase.values[1].isBlank)
        #expect(first.hubspotBase.values[1] == FieldValue(normal: "7"))
        let later = Self.decide("7", "001B", bases: ("7", ""), rule: .preferSalesforce)
        #expect(later.toHubSpot.map(\.value) == [Array("8".utf8)])
    }

    /// Both may be the same company: the question is asked when both are linked.
    @Test
    func `whether a company and an account differ is not told before both have a counterpart`() {
        let first = Self.decide("9", "001A", bases: nil)
        #expect(first.diverged.isEmpty)
        #expect(first.unsettled.map(\.record.id) == ["9"])
        #expect(first.hubspotBase.values[1] == FieldValue(normal: "9"))
        #expect(first.salesforceBase.values[1] == FieldValue(normal: "001A"))
    }

    @Test func `a new record takes along what has a counterpart, and tells what has none`() {
        func made(_ company: String) -> NewRecord {
            RecordMerge.create(
                from: .hubspot,
                values: Samples.blob("a@b.test", company),
                mapping: Self.mapping(.twoWay),
                salesforceObject: "Contact",
                references: Self.references
            )
        }
        #expect(made("8").fields.last?.value == Array("001B".utf8))
        #expect(made("8").waiting.isEmpty)
        #expect(made("9").fields.map(\.index) == [0])
        #expect(made("9").waiting == [.init(mapping: "companies", side: .hubspot, id: "9")])
        #expect(made("").waiting.isEmpty)
    }

    @Test func `a value that no map lists has no form where the map says so`() {
        var mapping = Samples.mapping(
            rule: .twoWay,
            values: [.init(hubspot: "a", salesforce: "A"), .init(hubspot: "b", salesforce: "A")]
        )
        mapping.fields[1].rejectsUnlisted = true
        func decide(_ hubspot: String, _ salesforce: String) -> MergeDecision {
            RecordMerge.decide(
                Samples.input(
                    mapping,
                    hubspot: Samples.blob("a@b.test", hubspot),
                    salesforce: Samples.blob("a@b.test", salesforce),
                    bases: (Samples.blob("a@b.test", "a"), Samples.blob("a@b.test", "A"))
                )
            )
        }
        #expect(decide("c", "A").problems.map(\.problem) == [.notAChoice])
        #expect(decide("a", "C").problems.map(\.problem) == [.notAChoice])
        #expect(decide("b", "A").toSalesforce.isEmpty)
        // The same text on both sides says nothing where only what is listed goes over.
        #expect(decide("x", "x").problems.count == 1)
    }
}
