import SyncCore
import Testing

/// M03 and M05: which types fit, and what a value of one is in the other.
struct TypeTableTests {
    struct Row: Sendable {
        var hubspot: FieldShape
        var salesforce: FieldShape
        /// A value and its form over there, each way.
        var there: (String, String)
        var back: (String, String)
    }

    private static let text = FieldShape(type: .text)
    private static let rows = [
        // Drop-downs and radio buttons with picklists and references.
        Row(
            hubspot: FieldShape(type: .singleChoice, choices: ["Hot", "Cold"]),
            salesforce: FieldShape(type: .singleChoice, choices: ["Hot", "Cold"]),
            there: ("Hot", "Hot"),
            back: ("Cold", "Cold")
        ),
        Row(
            hubspot: FieldShape(type: .singleChoice, choices: ["005A"]),
            salesforce: FieldShape(type: .reference),
            there: ("005A", "005A"),
            back: ("005A", "005A")
        ),
        // Several checkboxes with a multi-select picklist, as a set.
        Row(
            hubspot: FieldShape(type: .multiChoice),
            salesforce: FieldShape(type: .multiChoice),
            there: ("a;b", "a;b"),
            back: ("b;a", "a;b")
        ),
        Row(
            hubspot: FieldShape(type: .boolean),
            salesforce: FieldShape(type: .boolean),
            there: ("true", "true"),
            back: ("false", "false")
        ),
        // Numbers with doubles, whole numbers, currencies and percents.
        Row(
            hubspot: FieldShape(type: .number),
            salesforce: FieldShape(type: .number, scale: 2),
            there: ("12.345", "12.35"),
            back: ("12.3", "12.3")
        ),
        Row(
            hubspot: FieldShape(type: .number),
            salesforce: FieldShape(type: .number, scale: 0),
            there: ("12.5", "13"),
            back: ("7", "7")
        ),
        // Text with strings, text areas, phones and addresses of pages.
        Row(
            hubspot: text,
            salesforce: FieldShape(type: .text, lengthMax: 3),
            there: ("abcd", "abc"),
            back: ("ab", "ab")
        ),
        Row(
            hubspot: FieldShape(type: .date),
            salesforce: FieldShape(type: .date),
            there: ("2026-05-01", "2026-05-01"),
            back: ("2026-05-02", "2026-05-02")
        ),
        Row(
            hubspot: FieldShape(type: .datetime),
            salesforce: FieldShape(type: .date),
            there: ("1777593600000", "2026-05-01"),
            back: ("2026-05-01", "1777593600000")
        ),
        Row(
            hubspot: FieldShape(type: .date),
            salesforce: FieldShape(type: .datetime),
            there: ("2026-05-01", "1777593600000"),
            back: ("1777593600000", "2026-05-01")
        ),
    ]

    @Test(arguments: rows.indices)
    func `M03: each pair of the table goes over and back`(index: Int) {
        let row = Self.rows[index]
        #expect(
            FieldConversion.incompatibility(hubspot: row.hubspot, salesforce: row.salesforce)
                == nil
        )
        let field = FieldMapping(index: 0, hubspot: "h", salesforce: "s", rule: .twoWay)
        let there = FieldConversion.convert(
            FieldValue(normal: row.there.0),
            to: .salesforce,
            field: field,
            from: row.hubspot,
            into: row.salesforce
        )
        #expect(there == .value(FieldValue(normal: row.there.1)))
        let back = FieldConversion.convert(
            FieldValue(normal: row.back.0),
            to: .hubspot,
            field: field,
            from: row.salesforce,
            into: row.hubspot
        )
        #expect(back == .value(FieldValue(normal: row.back.1)))
    }

    @Test(
        arguments: [
            (FieldType.number, FieldType.boolean), (.date, .number), (.boolean, .datetime),
            (.email, .number), (.multiChoice, .number),
        ]
    )
    func `M01, M03: what has no form over there is refused`(one: FieldType, other: FieldType) {
        let reason = FieldConversion.incompatibility(
            hubspot: FieldShape(type: one),
            salesforce: FieldShape(type: other)
        )
        #expect(reason != nil)
    }

    @Test func `M10, M11: a value that the other side's list lacks has no form there`() {
        let field = FieldMapping(index: 0, hubspot: "h", salesforce: "s", rule: .twoWay)
        let result = FieldConversion.convert(
            FieldValue(normal: "Lukewarm"),
            to: .salesforce,
            field: field,
            from: Self.text,
            into: FieldShape(type: .singleChoice, choices: ["Hot", "Cold"])
        )
        #expect(result == .problem(.notAChoice))
    }
}
