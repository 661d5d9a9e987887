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

    /// An object's pipelines with their stages.
    package func pipelines(of object: String) async throws(SyncError) -> [PipelineDescription] {
        var reply = try await self.send(
            self.requests.pipelines(of: object),
            CallDescription(
                endpoint: "pipelines",
                purpose: "schema",
                object: object,
                priority: .manual
            )
        )
        return try HubSpotResponses.pipelines(try HubSpotResponses.json(taking: &reply.response))
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
