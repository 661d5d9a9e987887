package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

extension SalesforceConnection {
    /// All users, 2,000 a call, and the queues if asked for.
    package func owners(
        withQueues: Bool
    ) async throws(SyncError) -> [OwnerDescription] {
        var owners = try await self.owners { self.requests.owners(next: $0) }
        if withQueues { owners += try await self.owners { self.requests.queues(next: $0) } }
        return owners
    }

    private func owners(
        _ request: (String?) -> HTTPRequest
    ) async throws(SyncError) -> [OwnerDescription] {
        var owners: [OwnerDescription] = []
        var next: String?
        for _ in 0..<Self.ownerPagesMax {
            var reply = try await self.send(
                request(next),
                CallDescription(endpoint: "owners", purpose: "schema", priority: .manual)
            )
            let json = try SalesforceResponses.json(taking: &reply.response)
            let page = try SalesforceResponses.owners(json)
            owners += page.items
            next = page.next
            if next == nil { break }
        }
        return owners
    }

    /// More people than any org has.
    private static let ownerPagesMax = 200
}
