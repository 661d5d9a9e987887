package import CRMInterface
import HTTPTransport
package import SyncCore

/// HubSpot's feed shows no deletes: its list of archived records does.
extension HubSpotConnection {
    package func archived(
        _ object: String,
        next: String?
    ) async throws(SyncError) -> Paged<String> {
        var reply = try await self.send(
            self.requests.records(
                of: object,
                properties: ["hs_object_id"],
                isArchived: true,
                next: next
            ),
            CallDescription(
                endpoint: "list",
                purpose: "sweep",
                object: object,
                priority: .audit
            )
        )
        let page = try HubSpotResponses.records(try HubSpotResponses.json(taking: &reply.response))
        return Paged(items: page.items.map(\.id), next: page.next)
    }
}
