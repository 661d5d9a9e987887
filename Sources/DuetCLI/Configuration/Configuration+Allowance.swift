package import SyncCore

extension Configuration {
    /// What of a CRM's daily calls is Duet's, in percent, where the file says nothing.
    package static func usualShare(of side: Side) -> Int { side == .salesforce ? 20 : 50 }

    /// What is always left to others, in percent.
    package static func reserve(of side: Side) -> Int { side == .salesforce ? 10 : 5 }

    /// How the day's calls are dealt with.
    package func budget(of side: Side) -> BudgetSettings {
        var budget = BudgetSettings(side: side)
        budget.sharePercent = self.allowance[side] ?? Self.usualShare(of: side)
        budget.reservePercent = Self.reserve(of: side)
        return budget
    }
}
