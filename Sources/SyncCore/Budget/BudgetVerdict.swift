/// The budget's answer to who wants to call.
package enum BudgetVerdict: Sendable, Hashable {
    case granted
    /// Nothing is lost: ask again then, or when a reply has told a new number.
    case deferred(until: Int64, because: Reason)

    package enum Reason: Sendable, Hashable {
        /// Our own share of the last 24 hours is used up.
        case share
        /// What is left of it is kept for more urgent classes.
        case urgency
        /// All apps together have come to the reserve.
        case reserve
        /// The CRM itself said that the day is used up.
        case refused
    }

    package var isGranted: Bool { self == .granted }
}
