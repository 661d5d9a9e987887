package import CRMInterface
import HTTPTransport
package import SyncCore

/// The account's own objects, and how its objects may be tied: one call each.
extension HubSpotConnection {
    package func customObjects() async throws(SyncError) -> [CustomObject] {
        var reply = try await self.send(
            self.requests.objects(),
            CallDescription(endpoint: "schemas", purpose: "schema", priority: .manual)
        )
        return try HubSpotResponses.customObjects(
            try HubSpotResponses.json(taking: &reply.response)
        )
    }

    package func tieKinds(from: String, to: String) async throws(SyncError) -> [TieKind] {
        var reply = try await self.send(
            self.requests.labels(from, to),
            CallDescription(
                endpoint: "labels",
                purpose: "schema",
                object: from,
                priority: .manual
            )
        )
        return try HubSpotResponses.labels(try HubSpotResponses.json(taking: &reply.response))
    }
}
