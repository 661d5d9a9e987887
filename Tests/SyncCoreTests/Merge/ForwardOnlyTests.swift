import SyncCore
import Testing

/// L04: stages go forward on both sides and back on neither, whatever was edited where and when.
struct ForwardOnlyTests {
    private static let stages = ["", "subscriber", "lead", "customer"]
    private static let order = ValueOrder.lifecycle

    private static func input(
        _ rule: SyncRule,
        bases: (String, String),
        now: (String, String),
        phase: FieldMerge.Phase = .linked
    ) -> FieldMerge.Input {
        let field = FieldMapping(index: 0, hubspot: "h", salesforce: "s", rule: rule)
        let (hubspot, salesforce) = (FieldValue(normal: now.0), FieldValue(normal: now.1))
        return FieldMerge.Input(
            rule: rule,
            phase: phase,
            hubspotBase: FieldValue(normal: bases.0),
            salesforceBase: FieldValue(normal: bases.1),
            hubspot: hubspot,
            salesforce: salesforce,
            isEqual: hubspot == salesforce,
            hubspotTime: .exact(ServerTime(milliseconds: 50_000)),
            salesforceTime: .exact(ServerTime(milliseconds: 10_000)),
            steps: Self.order.steps(hubspot: hubspot, salesforce: salesforce, field)
        )
    }

    /// Every rule, every base and every present value of both sides: 7 × 256 cells.
    @Test(arguments: SyncRule.allCases)
    func `L04: no write takes a side back`(rule: SyncRule) {
        for bases in Self.pairs {
            for now in Self.pairs {
                for phase in [FieldMerge.Phase.linked, .firstMatch(.newest), .firstMatch(.report)] {
                    let outcome = FieldMerge.decide(
                        Self.input(rule, bases: bases, now: now, phase: phase)
                    )
                    guard let target = outcome.target else { continue }
                    let (written, stood) =
                        target == .hubspot ? (now.1, now.0) : (now.0, now.1)
                    #expect(
                        Self.step(written) > Self.step(stood),
                        "\(rule) \(bases) \(now) \(phase): \(written) over \(stood)"
                    )
                }
            }
        }
    }

    /// Two-way, one write brings both to the stage that is further.
    @Test func `L04: two-way, the side that is behind follows in every cell`() {
        for bases in Self.pairs {
            for now in Self.pairs {
                for phase in [FieldMerge.Phase.linked, .firstMatch(.report)] {
                    let outcome = FieldMerge.decide(
                        Self.input(.twoWay, bases: bases, now: now, phase: phase)
                    )
                    let (one, other) = (Self.step(now.0), Self.step(now.1))
                    let expected: Side? = one == other ? nil : one < other ? .hubspot : .salesforce
                    #expect(outcome.target == expected, "\(bases) \(now)")
                    #expect(!outcome.isListed && !outcome.needsChangeTimes && !outcome.isTie)
                }
            }
        }
    }

    @Test
    func `L04: who goes back is told: a conflict where both were edited, else an overruled edit`() {
        let alone = FieldMerge.decide(
            Self.input(.twoWay, bases: ("customer", "customer"), now: ("lead", "customer"))
        )
        #expect(alone.target == .hubspot)
        #expect(alone.isOverruling && alone.winner == nil)
        #expect(alone.reason == "Two-way: values go forward only")
        let both = FieldMerge.decide(
            Self.input(.twoWay, bases: ("lead", "lead"), now: ("subscriber", "customer"))
        )
        #expect(both.target == .hubspot)
        #expect(both.winner == .salesforce)
        let cleared = FieldMerge.decide(
            Self.input(.twoWay, bases: ("lead", "lead"), now: ("lead", ""))
        )
        #expect(cleared.target == .salesforce)
    }

    @Test func `values that the order does not list go over by their rule`() {
        for now in [("partner", "customer"), ("lead", "Partner")] {
            let input = Self.input(.alwaysSalesforce, bases: ("lead", "lead"), now: now)
            #expect(input.steps == nil)
            #expect(FieldMerge.decide(input).target == .hubspot)
        }
    }

    @Test func `Salesforce's words stand where HubSpot's values do that they are listed with`() {
        let field = FieldMapping(
            index: 0,
            hubspot: "lifecyclestage",
            salesforce: "Stage__c",
            rule: .twoWay,
            values: [
                .init(hubspot: "lead", salesforce: "Open"),
                .init(hubspot: "customer", salesforce: "Won"),
            ]
        )
        let steps = Self.order.steps(
            hubspot: FieldValue(normal: "lead"),
            salesforce: FieldValue(normal: "Won"),
            field
        )
        #expect(steps == .init(hubspot: 1, salesforce: 5))
        #expect(steps?.behind == .hubspot)
    }

    private static let pairs = stages.flatMap { one in Self.stages.map { (one, $0) } }

    private static func step(_ stage: String) -> Int {
        stage.isEmpty ? -1 : Self.order.values.firstIndex(of: stage) ?? -2
    }
}
