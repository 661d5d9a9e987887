package import CRMInterface
package import SyncCore

/// What one CRM answered when it was asked about itself.
package struct AccountLook: Sendable {
    /// Why it was not asked more; the rest is empty then.
    package var refusal: SyncError?
    package var rights = AccessRights()
    /// HubSpot's objects by the name that the configuration has for them; those that are not shown are missing.
    package var objects: [String: ObjectDescription] = [:]
    /// Of the objects that are missing those that the CRM refuses to show, and what it says.
    package var refused: [String: SyncError] = [:]

    /// When HubSpot's own connection with Salesforce last wrote to each mapping's records, in wall milliseconds; of those
    /// that it never wrote to 0, and none where it was never installed.
    package var nativeSyncs: [String: Int64] = [:]

    package init() {}
}
