package import CRMInterface

/// A way to one CRM, and what is known of the account there.
package struct ConnectAccess: Sendable {
    package var gate: any CallGate
    package var credentials: any CredentialStore
    /// The account that what is synced here belongs to; `nil` while nothing is.
    package var known: String?

    package init(gate: any CallGate, credentials: any CredentialStore, known: String?) {
        self.gate = gate
        self.credentials = credentials
        self.known = known
    }
}
