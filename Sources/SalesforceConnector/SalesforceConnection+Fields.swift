package import CRMInterface
import HTTPTransport
package import SyncCore

/// Fields that people ask for.
extension SalesforceConnection {
    /// Makes custom fields one after the other; nobody sees them before a profile or a permission set lists them.
    ///
    /// - Returns: why one was not made, by object and name; a reply that got lost is told as such though the field may be
    ///   there.
    package func make(_ fields: [NewField]) async -> [String: SyncError] {
        var refused: [String: SyncError] = [:]
        for field in fields {
            do {
                _ = try await self.send(
                    self.requests.make(field),
                    CallDescription(
                        endpoint: "tooling",
                        purpose: "schema",
                        object: field.object,
                        priority: .manual
                    )
                )
            } catch {
                refused["\(field.object).\(field.name)"] = error
            }
        }
        return refused
    }
}
