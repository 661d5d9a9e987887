package import CRMInterface
package import SyncCore

/// `queryAll` shows what is deleted: there is no other list to look at.
extension SalesforceConnection {
    package func archived(
        _ object: String,
        next: String?
    ) async throws(SyncError) -> Paged<String> {
        Paged(items: [])
    }
}
