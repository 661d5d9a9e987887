package import SyncCore

/// What one CRM's daily calls allow at this moment, for who plans more than one call.
package struct BudgetOutlook: Sendable {
    /// How many calls of a class may go at once; a class that is missing has no bound.
    package var rooms: [PriorityClass: Int] = [:]
    /// Why the classes that may not call now may not.
    package var refusals: [PriorityClass: SyncError] = [:]
    /// How long the next look for changes is put off, in milliseconds.
    package var pollWait: Int64 = 0
    /// Whether the day's number is so old that a call is worth its price.
    package var wantsUsage = false

    package init() {}

    /// Nothing is bounded.
    package static let free = BudgetOutlook()
}
