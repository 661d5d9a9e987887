import SyncCore
import Testing

/// Deciding again after a settle writes nothing, for every type pair, value map and truncation.
struct SettleTests {
    private struct Numbers {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((self.state >> 33) % UInt64(bound))
        }
    }

    private struct Pair {
        var name: String
        var hubspot: FieldShape
        var salesforce: FieldShape
        var values: [FieldMapping.ValuePair] = []
        var hubspotWire: [String]
        var salesforceWire: [String]
    }

    private static let pairs = [
        Pair(
            name: "text cut to five",
            hubspot: FieldShape(type: .text),
            salesforce: FieldShape(type: .text, lengthMax: 5),
            hubspotWire: ["", "abc", "abcdefgh", "äöüßéñç", "abcd efgh"],
            salesforceWire: ["", "abc", "abcde", "xyz"]
        ),
        Pair(
            name: "number rounded",
            hubspot: FieldShape(type: .number),
            salesforce: FieldShape(type: .number, scale: 2),
            hubspotWire: ["", "1.005", "12.50", "-0.004", "1e3", "99.999"],
            salesforceWire: ["", "12.5", "0", "-7.25"]
        ),
        Pair(
            name: "datetime to whole seconds",
            hubspot: FieldShape(type: .datetime),
            salesforce: FieldShape(type: .datetime, wholeSeconds: true),
            hubspotWire: ["", "2026-05-16T08:30:00.123Z", "1790812800999"],
            salesforceWire: ["", "2026-11-22T11:05:30.000+0000"]
        ),
        Pair(
            name: "datetime and date",
            hubspot: FieldShape(type: .datetime),
            salesforce: FieldShape(type: .date),
            hubspotWire: ["", "2026-05-16T23:30:00Z"],
            salesforceWire: ["", "2026-05-16"]
        ),
        Pair(
            name: "date",
            hubspot: FieldShape(type: .date),
            salesforce: FieldShape(type: .date),
            hubspotWire: ["", "2026-05-16", "1790812800000"],
            salesforceWire: ["", "2024-02-29"]
        ),
        Pair(
            name: "many-to-one value map",
            hubspot: FieldShape(type: .singleChoice),
            salesforce: FieldShape(type: .singleChoice),
            values: [
                .init(hubspot: "new", salesforce: "Open"),
                .init(hubspot: "open", salesforce: "Open"),
                .init(hubspot: "won", salesforce: "Closed"),
            ],
            hubspotWire: ["", "new", "open", "won", "other"],
            salesforceWire: ["", "Open", "Closed", "Other"]
        ),
        Pair(
            name: "multiple choice as a set",
            hubspot: FieldShape(type: .multiChoice),
            salesforce: FieldShape(type: .multiChoice),
            hubspotWire: ["", "a;b", "b;a", "c", ";a"],
            salesforceWire: ["", "b;a", "a;b;c"]
        ),
        Pair(
            name: "restricted choice",
            hubspot: FieldShape(type: .text),
            salesforce: FieldShape(type: .singleChoice, choices: ["Hot", "Cold"]),
            hubspotWire: ["", "Hot", "Lukewarm"],
            salesforceWire: ["", "Hot", "Cold"]
        ),
        Pair(
            name: "boolean",
            hubspot: FieldShape(type: .boolean),
            salesforce: FieldShape(type: .boolean),
            hubspotWire: ["", "true", "false"],
            salesforceWire: ["true", "false"]
        ),
        Pair(
            name: "number as text",
            hubspot: FieldShape(type: .text),
            salesforce: FieldShape(type: .number, scale: 0),
            hubspotWire: ["", "12", "twelve", "12.6"],
            salesforceWire: ["", "12", "7"]
        ),
        Pair(
            name: "text as e-mail",
            hubspot: FieldShape(type: .text),
            salesforce: FieldShape(type: .email, lengthMax: 80),
            hubspotWire: ["", "Ada@X.test", " b@x.test "],
            salesforceWire: ["", "b@x.test"]
        ),
    ]

    @Test(arguments: SyncRule.allCases)
    func `deciding again after a settle writes nothing`(rule: SyncRule) throws {
        var numbers = Numbers(state: 7)
        for pair in Self.pairs {
            let mapping = Samples.mapping(
                rule: rule,
                hubspot: pair.hubspot,
                salesforce: pair.salesforce,
                values: pair.values
            )
            for _ in 0..<200 {
                func pick(_ wires: [String], _ shape: FieldShape) throws -> RecordBlob {
                    let wire = wires[numbers.below(wires.count)]
                    let value = try #require(
                        Normalization.value(fromWire: Array(wire.utf8), shape: shape)
                    )
                    return RecordBlob(values: [FieldValue(normal: "a@x.test"), value])
                }
                var hubspot = try pick(pair.hubspotWire, pair.hubspot)
                var salesforce = try pick(pair.salesforceWire, pair.salesforce)
                let isFirst = numbers.below(4) == 0
                let bases =
                    isFirst
                    ? nil
                    : (
                        try pick(pair.hubspotWire, pair.hubspot),
                        try pick(pair.salesforceWire, pair.salesforce)
                    )
                let first = RecordMerge.decide(
                    Samples.input(mapping, hubspot: hubspot, salesforce: salesforce, bases: bases)
                )
                var link = Link(
                    mapping: "contacts",
                    hubspotID: "1",
                    salesforceID: "003",
                    salesforceObject: "Contact",
                    hubspotBase: first.hubspotBase,
                    salesforceBase: first.salesforceBase
                )
                for (side, fields) in [
                    (Side.hubspot, first.toHubSpot), (.salesforce, first.toSalesforce),
                ] where !fields.isEmpty {
                    let entry = OutboxEntry(
                        mapping: "contacts",
                        link: 1,
                        target: side,
                        object: "x",
                        kind: .update,
                        targetID: "1",
                        sourceID: "2",
                        fields: fields,
                        observedHubSpot: .init(values: hubspot, stamp: .init(milliseconds: 1)),
                        observedSalesforce: .init(values: salesforce, stamp: .init(milliseconds: 1))
                    )
                    let settled = RecordMerge.settled(entry, link: link)
                    link.hubspotBase = settled.hubspot
                    link.salesforceBase = settled.salesforce
                }
                hubspot = Self.applied(first.toHubSpot, to: hubspot)
                salesforce = Self.applied(first.toSalesforce, to: salesforce)
                let hubspotBase = try #require(link.hubspotBase)
                let salesforceBase = try #require(link.salesforceBase)
                #expect(
                    hubspotBase == hubspot && salesforceBase == salesforce,
                    "\(pair.name) \(rule)"
                )
                let again = RecordMerge.decide(
                    Samples.input(
                        mapping,
                        hubspot: hubspot,
                        salesforce: salesforce,
                        bases: (hubspotBase, salesforceBase)
                    )
                )
                #expect(
                    again.toHubSpot.isEmpty && again.toSalesforce.isEmpty,
                    "\(pair.name) \(rule)"
                )
                #expect(again.hubspotBase == hubspotBase && again.salesforceBase == salesforceBase)
            }
        }
    }

    private static func applied(_ fields: [OutboxEntry.Field], to blob: RecordBlob) -> RecordBlob {
        var values = Array(blob.values)
        for field in fields { values[field.index] = FieldValue(bytes: field.value) }
        return RecordBlob(values: values)
    }
}
