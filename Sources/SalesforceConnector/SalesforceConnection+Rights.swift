package import CRMInterface
package import SyncCore
import WireJSON

/// What the integration user may do.
extension SalesforceConnection {
    /// The user's rights on the org, on these objects and on their fields.
    ///
    /// One call for the org, and one for 25 objects: what a describe leaves out may not be read, and it says of
    /// everything else whether it may be written (REST API: resources_sobject_describe).
    package func rights(on objects: [String]) async throws(SyncError) -> AccessRights {
        var rights = AccessRights()
        let reply = try await self.composite(
            [self.requests.paths.query(SalesforceRequests.userRightsQuery)],
            endpoint: "composite",
            purpose: "schema",
            object: nil,
            priority: .manual
        )
        let row = reply.bodies.first?["records"]?.elements.first
        for column in SalesforceRequests.userRights {
            // `PermissionsApiEnabled` is `ApiEnabled` to administrators' tools.
            rights.user[String(column.dropFirst("Permissions".count))] = row?[column]?.boolean
        }
        for body in try await self.describes(objects) {
            guard let name = body["name"]?.string else { continue }
            rights.objects[name] = SalesforceResponses.rights(body)
        }
        return rights
    }
}
