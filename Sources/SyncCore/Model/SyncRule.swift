/// Who may write a mapped field, and who wins.
///
/// The file and the screen use `title`'s words too.
package enum SyncRule: String, Sendable, Hashable, CaseIterable, Codable {
    case preferSalesforce
    case alwaysSalesforce
    case twoWay
    case dontSync
    case preferHubSpot
    case alwaysHubSpot
    case fillEmpty

    /// What the screen says.
    package var title: String {
        switch self {
        case .preferSalesforce: "Prefer Salesforce unless blank"
        case .alwaysSalesforce: "Always use Salesforce"
        case .twoWay: "Two-way"
        case .dontSync: "Don't sync"
        case .preferHubSpot: "Prefer HubSpot unless blank"
        case .alwaysHubSpot: "Always use HubSpot"
        case .fillEmpty: "Fill if empty"
        }
    }
}
