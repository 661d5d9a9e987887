package import CRMInterface
package import SyncCore
package import SyncStore

/// Makes sure that the credentials still lead to the portal and org the store belongs to.
package struct AccountCheck: Sendable {
    private let store: any SyncStore
    private let connections: [Side: any CRMConnection]

    package init(store: any SyncStore, connections: [Side: any CRMConnection]) {
        self.store = store
        self.connections = connections
    }

    /// Stores both accounts at first connect; later refuses any other.
    ///
    /// `credentials`: what identifies each side's credentials; an account that was
    /// proven with the same ones is not asked again.
    package func run(
        credentials: [Side: String]
    ) async throws(SyncError) -> [Side: StoredAccount] {
        var accounts = try await self.store.accounts()
        for side in Side.allCases {
            guard let connection = self.connections[side] else { continue }
            let known = accounts[side]
            if let known, known.verifiedCredential == credentials[side] { continue }
            let found = try await connection.account()
            if let known, known.id != found.id { throw Self.wrongAccount(side, known.id, found.id) }
            let account = StoredAccount(
                id: found.id,
                recordBaseURL: found.recordBaseURL,
                verifiedCredential: credentials[side]
            )
            try await self.store.save(account: account, of: side)
            accounts[side] = account
        }
        return accounts
    }

    private static func wrongAccount(_ side: Side, _ known: String, _ found: String) -> SyncError {
        let name = side == .hubspot ? "HubSpot portal" : "Salesforce org"
        return SyncError(
            code: .wrongAccount,
            side: side,
            cause:
                "These credentials lead to \(name) \(found), but this store belongs to \(known).",
            nextStep:
                "Use the old credentials, or another store; moving to another one is `duet relink`."
        )
    }
}
