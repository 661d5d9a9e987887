/// The sync rules as grids: one cell per state of HubSpot and state of Salesforce.
///
/// Rows are HubSpot's state, columns Salesforce's, both in the order `0 v D X`. The cell for two
/// unchanged values applies only where they differ; equal values need nothing.
package enum MergeGrid {
    package static func cell(
        _ rule: SyncRule,
        hubspot: FieldState,
        salesforce: FieldState
    ) -> MergeCell {
        switch rule {
        case .preferSalesforce: Self.preferSalesforce[hubspot.rawValue][salesforce.rawValue]
        case .alwaysSalesforce: Self.alwaysSalesforce[hubspot.rawValue][salesforce.rawValue]
        case .twoWay: Self.twoWay[hubspot.rawValue][salesforce.rawValue]
        case .dontSync: .nothing
        case .preferHubSpot:
            Self.preferSalesforce[salesforce.rawValue][hubspot.rawValue].mirrored
        case .alwaysHubSpot:
            Self.alwaysSalesforce[salesforce.rawValue][hubspot.rawValue].mirrored
        case .fillEmpty: Self.fillEmpty[hubspot.rawValue][salesforce.rawValue]
        }
    }

    private static let preferSalesforce: [[MergeCell]] = [
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
        [.toSalesforce, .toHubSpot, .toHubSpot, .toHubSpot],
        [.toSalesforce, .toHubSpot, .toHubSpot, .newestElse(keeping: .hubspot)],
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
    ]

    private static let alwaysSalesforce: [[MergeCell]] = [
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
        [.nothing, .toHubSpot, .toHubSpot, .toHubSpot],
        [.nothing, .toHubSpot, .toHubSpot, .toHubSpot],
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
    ]

    private static let twoWay: [[MergeCell]] = [
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
        [.toSalesforce, .listed, .toHubSpot, .toHubSpot],
        [.toSalesforce, .toSalesforce, .newest, .newest],
        [.nothing, .toSalesforce, .newest, .nothing],
    ]

    private static let fillEmpty: [[MergeCell]] = [
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
        [.toSalesforce, .listed, .listed, .toSalesforce],
        [.toSalesforce, .listed, .listed, .toSalesforce],
        [.nothing, .toHubSpot, .toHubSpot, .nothing],
    ]
}
