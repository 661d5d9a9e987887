import CRMInterface
import HTTPTransport
import SyncCore

/// Credentials in memory; a save can fail.
final class KeptCredentials: CredentialStore {
    private let kept = Locked<[Side: StoredCredential]>([:])
    private let failure: SyncError?

    init(failing failure: SyncError? = nil) {
        self.failure = failure
    }

    func credential(of side: Side) async throws(SyncError) -> StoredCredential? {
        self.kept.withLock { $0[side] }
    }

    func save(_ credential: StoredCredential, of side: Side) async throws(SyncError) {
        if let failure = self.failure { throw failure }
        self.kept.withLock { $0[side] = credential }
    }
}
