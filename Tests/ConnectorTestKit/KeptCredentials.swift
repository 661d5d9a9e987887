package import CRMInterface
import HTTPTransport
package import SyncCore

/// Credentials in memory; a save can fail.
package final class KeptCredentials: CredentialStore {
    private let kept = Locked<[Side: StoredCredential]>([:])
    private let failure: SyncError?

    package init(failing failure: SyncError? = nil) {
        self.failure = failure
    }

    package func credential(of side: Side) async throws(SyncError) -> StoredCredential? {
        self.kept.withLock { $0[side] }
    }

    package func save(_ credential: StoredCredential, of side: Side) async throws(SyncError) {
        if let failure = self.failure { throw failure }
        self.kept.withLock { $0[side] = credential }
    }
}
