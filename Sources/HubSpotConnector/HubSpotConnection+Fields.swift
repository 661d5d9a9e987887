package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

/// Fields that people ask for.
extension HubSpotConnection {
    /// Makes properties of one object, in a group of Duet's own, one after the other.
    ///
    /// - Returns: why one was not made, by its name; a reply that got lost is told as such though the property may be there.
    package func make(_ fields: [NewField], of object: String) async -> [String: SyncError] {
        guard !fields.isEmpty else { return [:] }
        do {
            try await self.prepareGroup(of: object)
        } catch {
            return Dictionary(fields.map { ($0.name, error) }) { first, _ in first }
        }
        var refused: [String: SyncError] = [:]
        for field in fields {
            do {
                _ = try await self.send(self.requests.make(field), Self.call("properties", object))
            } catch {
                refused[field.name] = error
            }
        }
        return refused
    }

    private func prepareGroup(of object: String) async throws(SyncError) {
        var reply = try await self.send(
            self.requests.groups(of: object),
            Self.call("groups", object)
        )
        let json = try HubSpotResponses.json(taking: &reply.response)
        let names = json["results"]?.elements.compactMap { $0["name"]?.string } ?? []
        guard !names.contains(HubSpotRequests.group) else { return }
        _ = try await self.send(
            self.requests.makeGroup(of: object),
            Self.call("groups", object)
        )
    }

    private static func call(_ endpoint: String, _ object: String) -> CallDescription {
        CallDescription(endpoint: endpoint, purpose: "schema", object: object, priority: .manual)
    }
}
