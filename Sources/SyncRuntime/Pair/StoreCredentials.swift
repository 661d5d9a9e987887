package import CRMInterface
package import SyncCore
package import SyncStore

/// Keeps rotated refresh tokens in the pair's store: durable before they are used.
package struct StoreCredentials: CredentialStore {
    private let store: any SyncStore

    package init(store: any SyncStore) {
        self.store = store
    }

    package func credential(of side: Side) async throws(SyncError) -> StoredCredential? {
        guard let text = try await self.store.text(Self.name(side)) else { return nil }
        // Two lines: the configured token and the one that replaced it.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 2 else { return nil }
        return StoredCredential(configured: lines[0], refreshToken: lines[1])
    }

    package func save(_ credential: StoredCredential, of side: Side) async throws(SyncError) {
        let text = credential.configured + "\n" + credential.refreshToken
        try await self.store.setText(text, for: Self.name(side))
    }

    private static func name(_ side: Side) -> String { "credential.\(side.rawValue)" }
}
