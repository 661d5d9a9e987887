package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

extension HubSpotConnection {
    /// Those who are there and those who have left: 500 a call each.
    package func owners(
        withQueues: Bool
    ) async throws(SyncError) -> [OwnerDescription] {
        var owners: [OwnerDescription] = []
        for isArchived in [false, true] {
            var next: String?
            for _ in 0..<Self.ownerPagesMax {
                var reply = try await self.send(
                    self.requests.owners(next: next, isArchived: isArchived),
                    CallDescription(endpoint: "owners", purpose: "schema", priority: .manual)
                )
                let json = try HubSpotResponses.json(taking: &reply.response)
                let page = try HubSpotResponses.owners(json)
                owners += page.items
                next = page.next
                if next == nil { break }
            }
        }
        return owners
    }

    /// More people than any portal has.
    private static let ownerPagesMax = 200
}
