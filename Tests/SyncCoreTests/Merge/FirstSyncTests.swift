import SyncCore
import Testing

/// Grids 2.7 (two existing records meet) and 2.8 (the counterpart is created), with 2.11.
struct FirstSyncTests {
    private struct Row {
        var rule: SyncRule
        var onlySalesforce: String
        var onlyHubSpot: String
        var bothDiffer: String
    }

    /// Which side is written when only Salesforce has a value, only HubSpot, or both differ.
    private static let firstMatch = [
        Row(
            rule: .preferSalesforce,
            onlySalesforce: "H<-S",
            onlyHubSpot: "S<-H",
            bothDiffer: "H<-S"
        ),
        Row(rule: .alwaysSalesforce, onlySalesforce: "H<-S", onlyHubSpot: "-", bothDiffer: "H<-S"),
        Row(rule: .twoWay, onlySalesforce: "H<-S", onlyHubSpot: "S<-H", bothDiffer: "list"),
        Row(rule: .dontSync, onlySalesforce: "-", onlyHubSpot: "-", bothDiffer: "-"),
        Row(rule: .preferHubSpot, onlySalesforce: "H<-S", onlyHubSpot: "S<-H", bothDiffer: "S<-H"),
        Row(rule: .alwaysHubSpot, onlySalesforce: "-", onlyHubSpot: "S<-H", bothDiffer: "S<-H"),
        Row(rule: .fillEmpty, onlySalesforce: "H<-S", onlyHubSpot: "S<-H", bothDiffer: "list"),
    ]

    private func outcome(
        _ rule: SyncRule,
        _ hubspot: String,
        _ salesforce: String,
        firstSync: ObjectMapping.FirstSync = .report,
        times: (Int64, Int64) = (0, 0)
    ) -> String {
        let left = FieldValue(normal: hubspot)
        let right = FieldValue(normal: salesforce)
        return GridTable.word(
            FieldMerge.decide(
                FieldMerge.Input(
                    rule: rule,
                    phase: .firstMatch(firstSync),
                    hubspotBase: left,
                    salesforceBase: right,
                    hubspot: left,
                    salesforce: right,
                    isEqual: left == right,
                    hubspotTime: .interval(after: nil, notAfter: ServerTime(milliseconds: times.0)),
                    salesforceTime: .interval(
                        after: nil,
                        notAfter: ServerTime(milliseconds: times.1)
                    )
                )
            )
        )
    }

    @Test func `every row of the first match holds`() {
        #expect(Set(Self.firstMatch.map(\.rule)) == Set(SyncRule.allCases))
        for row in Self.firstMatch {
            #expect(self.outcome(row.rule, "", "s") == row.onlySalesforce, "\(row.rule)")
            #expect(self.outcome(row.rule, "h", "") == row.onlyHubSpot, "\(row.rule)")
            #expect(self.outcome(row.rule, "h", "s") == row.bothDiffer, "\(row.rule)")
            #expect(self.outcome(row.rule, "x", "x") == "-", "\(row.rule)")
            #expect(self.outcome(row.rule, "", "") == "-", "\(row.rule)")
        }
    }

    @Test func `Z14: two-way differences are reported unless the setting decides`() {
        #expect(self.outcome(.twoWay, "h", "s", firstSync: .report) == "list")
        #expect(self.outcome(.twoWay, "h", "s", firstSync: .salesforce) == "H<-S")
        #expect(self.outcome(.twoWay, "h", "s", firstSync: .hubspot) == "S<-H")
        #expect(
            self.outcome(.twoWay, "h", "s", firstSync: .newest, times: (9_000, 1_000)) == "S<-H"
        )
        #expect(
            self.outcome(.twoWay, "h", "s", firstSync: .newest, times: (1_000, 9_000)) == "H<-S"
        )
        #expect(
            self.outcome(.twoWay, "h", "s", firstSync: .newest, times: (5_000, 5_500)) == "list"
        )
    }

    /// Whether a rule fills the new counterpart's field: HubSpot creates, Salesforce creates.
    @Test(arguments: [
        (SyncRule.preferSalesforce, true, true), (.alwaysSalesforce, false, true),
        (.twoWay, true, true), (.dontSync, false, false), (.preferHubSpot, true, true),
        (.alwaysHubSpot, true, false), (.fillEmpty, true, true),
    ])
    func `every row of the created counterpart holds`(
        rule: SyncRule,
        fromHubSpot: Bool,
        fromSalesforce: Bool
    ) {
        let mapping = Samples.mapping(rule: rule)
        let values = RecordBlob(values: [FieldValue(normal: "a@x.test"), FieldValue(normal: "Ada")])
        for (side, isFilled) in [(Side.hubspot, fromHubSpot), (.salesforce, fromSalesforce)] {
            let made = RecordMerge.create(
                from: side,
                values: values,
                mapping: mapping,
                salesforceObject: "Contact"
            )
            #expect(made.fields.contains { $0.index == 1 } == isFilled, "\(rule) from \(side)")
            #expect(made.problems.isEmpty)
        }
    }

    @Test func `a default fills a new Salesforce field that the rule leaves blank`() {
        var mapping = Samples.mapping(rule: .alwaysSalesforce)
        mapping.fields[1].defaults = [.text("Unknown")]
        let made = RecordMerge.create(
            from: .hubspot,
            values: Samples.blob("jane@x.test", "Doe"),
            mapping: mapping,
            salesforceObject: "Contact"
        )
        let filled = made.fields.first { $0.index == 1 }.map { FieldValue(bytes: $0.value).text }
        #expect(filled == "Unknown", "HubSpot's own value must not go over")
    }

    @Test func `a default fills what would be blank in Salesforce and never flows back`() {
        var mapping = Samples.mapping(rule: .twoWay)
        mapping.fields[1].defaults = [.emailLocalPart, .text("Unknown")]
        let blank = RecordBlob(values: [FieldValue(normal: "jane@x.test"), .blank])
        let made = RecordMerge.create(
            from: .hubspot,
            values: blank,
            mapping: mapping,
            salesforceObject: "Contact"
        )
        #expect(
            made.fields.first { $0.index == 1 }.map { FieldValue(bytes: $0.value).text } == "jane"
        )
        let filled = RecordBlob(values: [
            FieldValue(normal: "jane@x.test"), FieldValue(normal: "jane"),
        ])
        let again = RecordMerge.decide(
            Samples.input(mapping, hubspot: blank, salesforce: filled, bases: (blank, filled))
        )
        #expect(again.toHubSpot.isEmpty)
        #expect(again.toSalesforce.isEmpty)
        let nameless = RecordBlob(values: [.blank, .blank])
        let unknown = RecordMerge.create(
            from: .hubspot,
            values: nameless,
            mapping: mapping,
            salesforceObject: "Contact"
        )
        #expect(unknown.fields.map { FieldValue(bytes: $0.value).text } == ["Unknown"])
    }
}
