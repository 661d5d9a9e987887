import CRMInterface
import HTTPTransport
package import SyncCore

/// Credentials in memory; a save can fail.
package final class KeptCredentials: CredentialStore {
    private let kept = Locked<[Side: [String: String]]>([:])
    private let failure: SyncError?

    package init(failing failure: SyncError? = nil) {
        self.failure = failure
    }

    package func refreshToken(
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError) -> String? {
        self.kept.withLock { $0[side]?[configured] }
    }

    package func save(
        refreshToken: String,
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError) {
        if let failure = self.failure { throw failure }
        self.kept.withLock { $0[side] = [configured: refreshToken] }
    }
}
