package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

/// In Salesforce a custom object has one name, which any call takes, and what belongs together says so in fields.
extension SalesforceConnection {
    package func customObjects() async throws(SyncError) -> [CustomObject] { [] }

    package func describe(_ objects: [String]) async throws(SyncError) -> [ObjectDescription] {
        var described: [ObjectDescription] = []
        for body in try await self.describes(objects) {
            described.append(try SalesforceResponses.description(body))
        }
        return described
    }

    /// The describes themselves; objects that are not there, or that the user may not see, are left out.
    ///
    /// 25 a call (REST API: resources_composite_composite_post).
    func describes(_ objects: [String]) async throws(SyncError) -> [JSON] {
        var described: [JSON] = []
        for start in stride(from: 0, to: objects.count, by: Self.partsMax) {
            let part = objects[start..<min(start + Self.partsMax, objects.count)]
            var reply = try await self.send(
                self.requests.composite(gets: part.map(self.requests.paths.describe)),
                CallDescription(endpoint: "describe", purpose: "schema", priority: .manual)
            )
            let json = try SalesforceResponses.json(taking: &reply.response)
            described += try SalesforceResponses.described(json, count: part.count)
        }
        return described
    }

    private static let partsMax = 25

    package func tieKinds(from: String, to: String) async throws(SyncError) -> [TieKind] { [] }
}
