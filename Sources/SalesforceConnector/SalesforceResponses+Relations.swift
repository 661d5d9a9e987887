package import CRMInterface
package import SyncCore
package import WireJSON

/// Reads how records hang together.
extension SalesforceResponses {
    /// Records with their parents' fields and their children.
    package static func related(_ json: JSON) throws(SyncError) -> Paged<PlainRecord> {
        try Self.records(json)
    }
}
