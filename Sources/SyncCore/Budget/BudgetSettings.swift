/// How much of a CRM's daily calls Duet takes, and who goes without first.
package struct BudgetSettings: Sendable, Hashable {
    /// How many of a hundred of the day's calls are ours at most, in any 24 hours.
    package var sharePercent = 50
    /// How many of a hundred stay for others: nothing is sent once everybody together is there.
    package var reservePercent = 5
    /// How many of a hundred of our own calls polls may be before they become rare.
    package var pollPercent = 50
    /// How long after it was sent a call may be counted, in milliseconds (Salesforce: 10 minutes).
    package var lateness: Int64 = 600_000
    /// How long a header is believed when everything is used up, in milliseconds.
    package var probeWait: Int64 = 900_000
    /// Whether a poll's reply tells the day's calls: Salesforce's does, HubSpot's search does not.
    package var pollsTellUsage: Bool
    /// Whether the day ends at midnight somewhere (HubSpot), or is always the last 24 hours.
    package var hasMidnight: Bool

    package init(side: Side) {
        self.pollsTellUsage = side == .salesforce
        self.hasMidnight = side == .hubspot
    }

    /// A day in milliseconds.
    package static let day: Int64 = 86_400_000

    /// How many calls of so many a class leaves for the classes above it: it stops there.
    ///
    /// The last of them are nobody's by right: they go to who has waited the longest it may.
    package func limit(of priority: PriorityClass, in calls: Int) -> Int {
        guard calls > 0 else { return 0 }
        let percent =
            switch priority {
            case .manual: 98
            case .newRecord: 96
            case .ownerAndStage: 93
            case .field: 90
            case .backfill: 70
            case .audit: 50
            }
        return min(calls - 1, calls * percent / 100)
    }

    /// The longest that a class waits for its next call while there are any at all, in milliseconds.
    package func waitMax(of priority: PriorityClass) -> Int64 {
        switch priority {
        case .manual: 900_000
        case .newRecord: 1_800_000
        case .ownerAndStage: 3_600_000
        case .field: 7_200_000
        case .backfill: 21_600_000
        case .audit: 86_400_000
        }
    }
}
