package import CRMInterface
package import SyncCore
package import WireJSON

/// Reads how records hang together.
extension SalesforceResponses {
    /// The answer to `SalesforceRequests.related`, whichever form the request took.
    package static func related(_ json: JSON) throws(SyncError) -> Paged<PlainRecord> {
        guard json["compositeResponse"] != nil else { return try Self.records(json) }
        return try Self.records(try Self.bodies(json, count: 1)[0])
    }
}
