import SyncCore
import Testing

/// Every cell of the grids 2.2 to 2.5 and 2.11, for a linked record.
struct MergeGridTests {
    private static let grids: [(SyncRule, String)] = [
        (
            .preferSalesforce,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | H<-S | H<-S | -
            v      | S<-H | H<-S | H<-S | H<-S
            D      | S<-H | H<-S | H<-S | newest
            X      | -    | H<-S | H<-S | -
            """
        ),
        (
            .alwaysSalesforce,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | H<-S | H<-S | -
            v      | -    | H<-S | H<-S | H<-S
            D      | -    | H<-S | H<-S | H<-S
            X      | -    | H<-S | H<-S | -
            """
        ),
        (
            .twoWay,
            """
            H \\ S | 0    | v    | D      | X
            0      | -    | H<-S | H<-S   | -
            v      | S<-H | list | H<-S   | H<-S
            D      | S<-H | S<-H | newest | newest
            X      | -    | S<-H | newest | -
            """
        ),
        (
            .dontSync,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | -    | -    | -
            v      | -    | -    | -    | -
            D      | -    | -    | -    | -
            X      | -    | -    | -    | -
            """
        ),
        (
            .preferHubSpot,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | H<-S | H<-S | -
            v      | S<-H | S<-H | S<-H | S<-H
            D      | S<-H | S<-H | S<-H | S<-H
            X      | -    | S<-H | newest | -
            """
        ),
        (
            .alwaysHubSpot,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | -    | -    | -
            v      | S<-H | S<-H | S<-H | S<-H
            D      | S<-H | S<-H | S<-H | S<-H
            X      | -    | S<-H | S<-H | -
            """
        ),
        (
            .fillEmpty,
            """
            H \\ S | 0    | v    | D    | X
            0      | -    | H<-S | H<-S | -
            v      | S<-H | list | list | S<-H
            D      | S<-H | list | list | S<-H
            X      | -    | H<-S | H<-S | -
            """
        ),
    ]

    @Test func `S47: each rule has its sixteen cells`() {
        #expect(Set(Self.grids.map(\.0)) == Set(SyncRule.allCases))
        for (rule, text) in Self.grids { #expect(GridTable(text).cells.count == 16, "\(rule)") }
    }

    @Test(arguments: SyncRule.allCases)
    func `every cell of the rule's grid holds`(rule: SyncRule) throws {
        let text = try #require(Self.grids.first { $0.0 == rule }?.1)
        for cell in GridTable(text).cells where cell.expected != "newest" {
            let outcome = GridTable.outcome(rule, cell)
            #expect(GridTable.word(outcome) == cell.expected, "\(rule) \(cell)")
        }
    }

    @Test(arguments: SyncRule.allCases)
    func `in a cell that says newest the later edit goes over`(rule: SyncRule) throws {
        let text = try #require(Self.grids.first { $0.0 == rule }?.1)
        for cell in GridTable(text).cells where cell.expected == "newest" {
            let early = ChangeTime.exact(ServerTime(milliseconds: 1_000))
            let late = ChangeTime.exact(ServerTime(milliseconds: 60_000))
            let hubspotLater = GridTable.outcome(
                rule,
                cell,
                hubspotTime: late,
                salesforceTime: early
            )
            #expect(hubspotLater.target == .salesforce, "\(rule) \(cell)")
            #expect(hubspotLater.winner == .hubspot)
            #expect(!hubspotLater.isTie)
            let salesforceLater = GridTable.outcome(
                rule,
                cell,
                hubspotTime: early,
                salesforceTime: late
            )
            #expect(salesforceLater.target == .hubspot, "\(rule) \(cell)")
            #expect(salesforceLater.winner == .salesforce)
            #expect(!salesforceLater.isTie)
        }
    }

    @Test func `Z05: edited here and cleared there on a tie keeps the value`() {
        let same = ChangeTime.exact(ServerTime(milliseconds: 5_000))
        let edited = GridTable.Cell(hubspot: .changed, salesforce: .cleared, expected: "S<-H")
        let prefer = GridTable.outcome(
            .preferSalesforce,
            edited,
            hubspotTime: same,
            salesforceTime: same
        )
        #expect(GridTable.word(prefer) == "S<-H")
        #expect(prefer.isTie)
        let cleared = GridTable.Cell(hubspot: .cleared, salesforce: .changed, expected: "H<-S")
        let mirrored = GridTable.outcome(
            .preferHubSpot,
            cleared,
            hubspotTime: same,
            salesforceTime: same
        )
        #expect(GridTable.word(mirrored) == "H<-S")
        #expect(mirrored.isTie)
    }

    @Test func `two-way on a tie follows the tie-break and says so`() {
        let same = ChangeTime.exact(ServerTime(milliseconds: 5_000))
        let cell = GridTable.Cell(hubspot: .changed, salesforce: .changed, expected: "H<-S")
        let outcome = GridTable.outcome(.twoWay, cell, hubspotTime: same, salesforceTime: same)
        #expect(outcome.target == .hubspot)
        #expect(outcome.winner == .salesforce)
        #expect(outcome.isTie)
        #expect(!outcome.needsChangeTimes)
    }

    @Test func `a tie with an inexact HubSpot time asks for the property history`() {
        let cell = GridTable.Cell(hubspot: .changed, salesforce: .changed, expected: "H<-S")
        #expect(GridTable.outcome(.twoWay, cell).needsChangeTimes)
    }

    @Test(arguments: SyncRule.allCases)
    func `equal values need nothing, whoever changed them`(rule: SyncRule) {
        for hubspot in FieldState.allCases {
            for salesforce in FieldState.allCases {
                let left = GridTable.values(hubspot, "hubspot")
                let right = GridTable.values(salesforce, "salesforce")
                let outcome = FieldMerge.decide(
                    FieldMerge.Input(
                        rule: rule,
                        hubspotBase: left.base,
                        salesforceBase: right.base,
                        hubspot: left.now,
                        salesforce: right.now,
                        isEqual: true
                    )
                )
                #expect(outcome == FieldMerge.Outcome())
            }
        }
    }

    @Test func `an edit on both sides is a conflict with a winner, under each rule that writes`() {
        let cell = GridTable.Cell(hubspot: .changed, salesforce: .changed, expected: "")
        #expect(GridTable.outcome(.preferSalesforce, cell).winner == .salesforce)
        #expect(GridTable.outcome(.alwaysSalesforce, cell).winner == .salesforce)
        #expect(GridTable.outcome(.preferHubSpot, cell).winner == .hubspot)
        #expect(GridTable.outcome(.alwaysHubSpot, cell).winner == .hubspot)
        #expect(GridTable.outcome(.fillEmpty, cell).winner == nil)
        #expect(GridTable.outcome(.dontSync, cell).winner == nil)
    }

    @Test(arguments: [
        (SyncRule.twoWay, true, true), (.preferSalesforce, false, true),
        (.alwaysSalesforce, false, false), (.preferHubSpot, true, false),
        (.alwaysHubSpot, false, false), (.fillEmpty, true, true), (.dontSync, false, false),
    ])
    func `a target that the rule could let win is guarded`(
        rule: SyncRule,
        hubspot: Bool,
        salesforce: Bool
    ) {
        #expect(FieldMerge.needsGuard(rule, writing: .hubspot) == hubspot)
        #expect(FieldMerge.needsGuard(rule, writing: .salesforce) == salesforce)
    }

    /// Found by the simulator's reference: the preferred side's clear gives way to a newer value.
    @Test func `a clear of the preferred side is guarded, its value is not`() {
        #expect(FieldMerge.needsGuard(.preferSalesforce, writing: .hubspot, isClear: true))
        #expect(FieldMerge.needsGuard(.preferHubSpot, writing: .salesforce, isClear: true))
        #expect(!FieldMerge.needsGuard(.alwaysSalesforce, writing: .hubspot, isClear: true))
    }

    @Test func `a cleared e-mail address comes back from the other side`() {
        func outcome(_ rule: SyncRule, _ hubspot: FieldState, _ salesforce: FieldState) -> String {
            let left = GridTable.values(hubspot, "h@x.test")
            let right = GridTable.values(salesforce, "h@x.test")
            return GridTable.word(
                FieldMerge.decide(
                    FieldMerge.Input(
                        rule: rule,
                        kind: .identity,
                        hubspotBase: left.base,
                        salesforceBase: right.base,
                        hubspot: left.now,
                        salesforce: right.now,
                        isEqual: left.now == right.now
                    )
                )
            )
        }
        #expect(outcome(.twoWay, .value, .cleared) == "S<-H")
        #expect(outcome(.twoWay, .cleared, .value) == "H<-S")
        #expect(outcome(.preferSalesforce, .value, .cleared) == "S<-H")
        #expect(outcome(.alwaysSalesforce, .value, .cleared) == "-")
        #expect(outcome(.alwaysHubSpot, .cleared, .value) == "-")
        #expect(outcome(.dontSync, .value, .cleared) == "-")
    }
}
