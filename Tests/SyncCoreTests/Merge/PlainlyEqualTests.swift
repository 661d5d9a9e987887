import SyncCore
import Testing

/// A merge passes over fields that are plainly equal: it decides as one that looks at each of them.
struct PlainlyEqualTests {
    private struct Bits {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((self.state >> 33) % UInt64(bound))
        }

        mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[self.below(elements.count)]
        }
    }

    private static let texts = [
        "", "", "a", "A", "ab", "abc", "é", "éé", "éÉ", "a;b", "b;a", "true", "no", "1", "1.50",
        "2026-11-29", "2026-11-29T10:00:00.123Z", "a\nb", "a\r\nb", "X@y", "x@y", "a b",
    ]

    private static func shape(_ type: FieldType, _ bits: inout Bits) -> FieldShape {
        FieldShape(
            type: type,
            lengthMax: bits.pick([nil, nil, 1, 2, 3]),
            scale: bits.pick([nil, 0]),
            wholeSeconds: bits.pick([false, true]),
            choices: bits.pick([nil, nil, ["a", "ab"]]),
            isWritable: bits.below(8) > 0
        )
    }

    private static func value(_ text: String, _ shape: FieldShape) -> FieldValue {
        let bytes = Array(text.utf8)
        return Normalization.value(fromWire: bytes, shape: shape) ?? FieldValue(bytes: bytes)
    }

    private static func input(
        _ hubspot: FieldType,
        _ salesforce: FieldType,
        _ bits: inout Bits
    ) -> RecordMergeInput {
        let shapes = (Self.shape(hubspot, &bits), Self.shape(salesforce, &bits))
        let now = bits.pick(Self.texts)
        let base = bits.pick(Self.texts)
        let other = (bits.pick([now, now, bits.pick(Self.texts)]), bits.pick([base, "abc"]))
        func blob(_ text: String, _ shape: FieldShape) -> RecordBlob {
            RecordBlob(values: [Self.value(text, shape)])
        }
        func object(_ name: String, _ shape: FieldShape) -> ObjectMapping.Object {
            .init(name: name, fields: [.init(name: "f", shape: shape)], keyField: nil)
        }
        let pairs: [FieldMapping.ValuePair] = [
            .init(hubspot: "a", salesforce: "ab"), .init(hubspot: "ab", salesforce: "ab"),
        ]
        let field = FieldMapping(
            index: 0,
            hubspot: "f",
            salesforce: "f",
            rule: bits.pick(SyncRule.allCases),
            values: bits.pick([[], [], pairs])
        )
        return RecordMergeInput(
            mapping: ObjectMapping(
                name: "m",
                hubspot: object("contacts", shapes.0),
                hubspotKeyFields: [:],
                salesforce: [object("Contact", shapes.1)],
                createAs: "Contact",
                fields: [field],
                matchFields: [],
                firstSync: bits.pick(ObjectMapping.FirstSync.allCases)
            ),
            salesforceObject: "Contact",
            phase: bits.pick([.linked, .linked, .firstMatch]),
            hubspot: blob(now, shapes.0),
            salesforce: blob(other.0, shapes.1),
            hubspotBase: blob(base, shapes.0),
            salesforceBase: blob(other.1, shapes.1),
            hubspotTime: .interval(after: nil, notAfter: ServerTime(milliseconds: 10_000)),
            salesforceTime: .interval(
                after: ServerTime(milliseconds: 20_000),
                notAfter: ServerTime(milliseconds: 30_000)
            )
        )
    }

    /// Whether converting either side's value gives the other's, however plain they are.
    private static func isEqual(_ input: RecordMergeInput) -> Bool {
        let (left, right) = (input.hubspot.values[0], input.salesforce.values[0])
        let hubspot = input.mapping.hubspot.fields[0]?.shape ?? FieldShape(type: .text)
        let salesforce = input.mapping.salesforce[0].fields[0]?.shape ?? hubspot
        let field = input.mapping.fields[0]
        if left.isBlank {
            return right.isBlank
                || salesforce.type == .boolean && right == FieldValue(normal: "false")
        }
        guard !right.isBlank else { return false }
        let there = FieldConversion.convert(
            left,
            to: .salesforce,
            field: field,
            from: hubspot,
            into: salesforce
        )
        let back = FieldConversion.convert(
            right,
            to: .hubspot,
            field: field,
            from: salesforce,
            into: hubspot
        )
        return there == .value(right) || back == .value(left)
    }

    private static func outcome(_ input: RecordMergeInput) -> FieldMerge.Outcome {
        FieldMerge.decide(
            FieldMerge.Input(
                rule: input.mapping.fields[0].rule,
                phase: input.phase == .linked ? .linked : .firstMatch(input.mapping.firstSync),
                hubspotBase: (input.hubspotBase ?? input.hubspot).values[0],
                salesforceBase: (input.salesforceBase ?? input.salesforce).values[0],
                hubspot: input.hubspot.values[0],
                salesforce: input.salesforce.values[0],
                isEqual: Self.isEqual(input),
                hubspotTime: input.hubspotTime,
                salesforceTime: input.salesforceTime
            )
        )
    }

    /// The write of the only field, or what is wrong with it.
    private static func expected(
        _ input: RecordMergeInput,
        _ outcome: FieldMerge.Outcome
    ) -> FieldConversion.Result? {
        let field = input.mapping.fields[0]
        guard let target = outcome.target,
            let hubspot = input.mapping.hubspot.fields[0]?.shape,
            let salesforce = input.mapping.salesforce[0].fields[0]?.shape,
            (target == .hubspot ? hubspot : salesforce).isWritable
        else { return nil }
        let (mine, theirs) = (input.hubspot.values[0], input.salesforce.values[0])
        let result = FieldConversion.convert(
            target == .hubspot ? theirs : mine,
            to: target,
            field: field,
            from: target == .hubspot ? salesforce : hubspot,
            into: target == .hubspot ? hubspot : salesforce
        )
        return result == .value(target == .hubspot ? mine : theirs) ? nil : result
    }

    @Test(arguments: FieldType.allCases, FieldType.allCases)
    func `every pair of fields is decided as if it were looked at`(
        hubspot: FieldType,
        salesforce: FieldType
    ) {
        var bits = Bits(state: 7)
        for _ in 0..<400 {
            let input = Self.input(hubspot, salesforce, &bits)
            let decision = RecordMerge.decide(input)
            let outcome = Self.outcome(input)
            let writes = decision.toHubSpot + decision.toSalesforce
            switch Self.expected(input, outcome) {
            case nil: #expect(writes.isEmpty && decision.problems.isEmpty, "\(input)")
            case .problem(let problem):
                #expect(writes.isEmpty && decision.problems.map(\.problem) == [problem])
            case .value(let value):
                #expect(writes.map(\.value) == [value.bytes], "\(input)")
                #expect(decision.toHubSpot.isEmpty == (outcome.target == .salesforce))
            }
            #expect(decision.diverged.isEmpty == !outcome.isListed)
            #expect(decision.conflicts.isEmpty == (outcome.winner == nil))
            let isKept = !writes.isEmpty
            #expect(decision.hubspotBase == (isKept ? input.hubspotBase : input.hubspot))
            #expect(decision.salesforceBase == (isKept ? input.salesforceBase : input.salesforce))
        }
    }
}
