package import SyncCore

/// Where rotated tokens are kept; a save is durable before it returns.
package protocol CredentialStore: Sendable {
    func credential(of side: Side) async throws(SyncError) -> StoredCredential?
    func save(_ credential: StoredCredential, of side: Side) async throws(SyncError)
}
