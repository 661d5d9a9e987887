/// What a rule's grid says about one pair of states.
package enum MergeCell: Sendable, Hashable {
    case nothing
    /// Salesforce's value, or its blank, goes to HubSpot.
    case toHubSpot
    /// HubSpot's value, or its blank, goes to Salesforce.
    case toSalesforce
    /// The later change goes over.
    case newest
    /// The later change goes over; where that is not known, this side's value is kept (Z05).
    case newestElse(keeping: Side)
    /// Both are unchanged and differ: nothing until one side changes.
    case listed

    /// The cell with the two sides exchanged.
    package var mirrored: MergeCell {
        switch self {
        case .nothing, .newest, .listed: self
        case .toHubSpot: .toSalesforce
        case .toSalesforce: .toHubSpot
        case .newestElse(let side): .newestElse(keeping: side.other)
        }
    }
}
