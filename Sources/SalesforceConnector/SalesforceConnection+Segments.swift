package import CRMInterface
package import SyncCore

/// Segments are HubSpot's: Salesforce has none.
extension SalesforceConnection {
    package func members(
        of list: String,
        next: String?
    ) async throws(SyncError) -> Paged<SegmentMember>? {
        Paged(items: [])
    }
}
