/// A portal or an org as it was first connected.
package struct StoredAccount: Sendable, Hashable {
    package var id: String
    package var recordBaseURL: String
    /// The credential text that was proven to belong to the account, so that it need not be asked.
    package var verifiedCredential: String?

    package init(id: String, recordBaseURL: String, verifiedCredential: String?) {
        self.id = id
        self.recordBaseURL = recordBaseURL
        self.verifiedCredential = verifiedCredential
    }
}
