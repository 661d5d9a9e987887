import CRMInterface
import Signatures
package import SyncCore
package import SyncStore

/// Keeps rotated refresh tokens in the pair's store: durable before they are used, and sealed with the configured token,
/// so that the store's file alone gives no access.
package struct StoreCredentials: CredentialStore {
    private let store: any SyncStore

    package init(store: any SyncStore) {
        self.store = store
    }

    package func refreshToken(
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError) -> String? {
        guard let text = try await self.store.text(Self.name(side)),
            let sealed = Base64.decode(text.utf8),
            let token = AES256GCM.open(
                sealed,
                key: Self.key(configured),
                context: Array(Self.name(side).utf8)
            )
        else { return nil }
        return String(decoding: token, as: UTF8.self)
    }

    package func save(
        refreshToken: String,
        of side: Side,
        descendingFrom configured: String
    ) async throws(SyncError) {
        let key = Self.key(configured)
        // Each token has a nonce of its own, and needs no randomness for it.
        let nonce = Array(
            SHA256.hmac(key: key, message: refreshToken.utf8).prefix(AES256GCM.nonceLength)
        )
        guard
            let sealed = AES256GCM.seal(
                Array(refreshToken.utf8),
                key: key,
                nonce: nonce,
                context: Array(Self.name(side).utf8)
            )
        else {
            throw SyncError(
                code: .internal,
                side: side,
                cause: "A new refresh token could not be sealed.",
                nextStep: "Check the installation of OpenSSL, then connect the app again."
            )
        }
        try await self.store.setText(Base64.encode(sealed), for: Self.name(side))
    }

    private static func key(_ configured: String) -> [UInt8] {
        SHA256.hmac(key: configured.utf8, message: "duet: rotated refresh tokens".utf8)
    }

    private static func name(_ side: Side) -> String { "credential.\(side.rawValue)" }
}
