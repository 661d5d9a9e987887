package import SyncCore

/// Where rotated refresh tokens are kept, by the configured one that they descend from: when another is configured,
/// what is kept no longer applies.
package protocol CredentialStore: Sendable {
    /// The newest token that the configured one became; `nil` where it was never rotated.
    func refreshToken(
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError) -> String?

    /// Durable before it returns.
    func save(
        refreshToken: String,
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError)
}
