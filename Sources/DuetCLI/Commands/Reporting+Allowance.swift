import SyncCore
import SyncStore

extension Reporting {
    /// What of the day's calls Duet used, may use, and everybody used, by CRM.
    static func tellAllowance(
        _ configuration: Configuration,
        _ store: SQLiteSyncStore,
        _ report: inout CommandReport
    ) async throws(SyncError) {
        let since = store.wallMilliseconds() - BudgetSettings.day
        for side in Side.allCases {
            let calls = try await store.callTimes(side: side, since: since)
            let budget = configuration.budget(of: side)
            let state = AllowanceState(calls, budget)
            report.allowance[side] = state
            report.lines.append(Self.text(state, side, budget))
        }
    }

    static func text(
        _ state: AllowanceState,
        _ side: Side,
        _ budget: BudgetSettings
    ) -> String {
        let name = Words.name(of: side)
        guard let told = state.told else {
            return
                "\(name) API calls, last 24 hours: Duet \(state.own) of the \(budget.sharePercent) % allocated to it; the "
                + "limit is not known yet"
        }
        let at = state.toldAt.map { " at \(Clock.text($0))" } ?? ""
        return
            "\(name) API calls, last 24 hours: Duet \(state.own) of \(state.allocated ?? 0) allocated to it "
            + "(\(budget.sharePercent) %); everybody \(told.used) of \(told.allowed)\(at)"
    }
}
