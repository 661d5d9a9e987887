import SyncCore
import Testing

@Suite struct AllowanceStateTests {
    private static func call(_ at: Int64, cost: Int = 1, used: Int? = nil) -> LedgerCall {
        LedgerCall(
            id: at,
            side: .salesforce,
            endpoint: "composite",
            purpose: "write",
            object: nil,
            records: 0,
            cost: cost,
            outcome: .succeeded,
            status: 200,
            sentAt: at,
            answeredAt: at + 5,
            usage: used.map { DailyUsage(used: $0, allowed: 100_000) }
        )
    }

    @Test func `S23: what is used, allocated and everybody's is told by the newest reply`() {
        var budget = BudgetSettings(side: .salesforce)
        budget.sharePercent = 20
        let calls = [
            Self.call(1, used: 900), Self.call(2, cost: 3, used: 1_234), Self.call(3, cost: 2),
        ]
        let state = AllowanceState(calls, budget)
        #expect(state.own == 6)
        #expect(state.allocated == 20_000)
        #expect(state.told == DailyUsage(used: 1_234, allowed: 100_000))
        #expect(state.toldAt == 7)
    }

    @Test func `where no reply told the limit, nothing is made up`() {
        let state = AllowanceState([Self.call(1)], BudgetSettings(side: .hubspot))
        #expect(state.own == 1 && state.allocated == nil && state.told == nil)
    }
}
