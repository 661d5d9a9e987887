package import CRMInterface
package import HTTPTransport
import Signatures
package import SyncCore

/// What signing in at either CRM needs: a person, a place for what comes of it, and a way to the CRM.
package struct ConnectDesk: Sendable {
    package var dialog: ConnectDialog
    package var environment: [String: String]
    package var vault: Vault
    /// Whose needs are looked at: the file's, or those of contacts where there is none yet.
    package var configuration: Configuration
    package var time: any TimeSource
    /// Opens the way to the CRM: not before the person is done, so that nothing waits for people.
    package var access: @Sendable () async throws(SyncError) -> ConnectAccess
    /// Waits for a person's consent.
    package var consent: @Sendable (ConsentRequest) async throws(SyncError) -> ConsentReply
    package var port = ConsentRequest.usualPort

    package init(
        dialog: ConnectDialog,
        environment: [String: String],
        vault: Vault,
        configuration: Configuration,
        time: any TimeSource,
        access: @escaping @Sendable () async throws(SyncError) -> ConnectAccess,
        consent: @escaping @Sendable (ConsentRequest) async throws(SyncError) -> ConsentReply
    ) {
        self.dialog = dialog
        self.environment = environment
        self.vault = vault
        self.configuration = configuration
        self.time = time
        self.access = access
        self.consent = consent
    }

    /// A value from the environment, or from the person.
    ///
    /// - Throws: what names the variable, where nobody answers; an empty line is an answer where there may be none.
    func value(
        _ variable: String,
        _ question: String,
        isSecret: Bool,
        mayBeEmpty: Bool = false,
        of side: Side
    ) throws(SyncError) -> String {
        if let value = self.environment[variable], !value.isEmpty {
            self.dialog.say("\(question) taken from \(variable).")
            return value
        }
        guard let answer = self.dialog.ask(question + ":", isSecret), mayBeEmpty || !answer.isEmpty
        else {
            throw SyncError(
                code: .usage,
                side: side,
                cause: "There is no answer to: \(question).",
                nextStep: "Type it in, or set \(variable)."
            )
        }
        return answer
    }

    /// Sends the person to the CRM and waits for the code; the verifier is what its exchange is signed with.
    ///
    /// `address`: made of the state and the verifier.
    func code(
        of side: Side,
        address: (_ state: String, _ verifier: String) -> String
    ) async throws(SyncError) -> (code: String, verifier: String) {
        let state = Self.unguessable()
        let verifier = Self.unguessable()
        let reply = try await self.consent(
            ConsentRequest(
                side: side,
                address: address(state, verifier),
                state: state,
                port: self.port
            )
        )
        guard reply.state == nil || reply.state == state else {
            throw SyncError(
                code: .credentials,
                side: side,
                cause: "That address is of another sign-in.",
                nextStep: "Open the address that is shown now, and paste the one it ends at."
            )
        }
        return (reply.code, verifier)
    }

    /// Stores a grant before it is used, then asks whose it is; another account than the one that is synced here is
    /// refused, and what was stored before is put back.
    ///
    /// `known`: the account that what is synced here belongs to.
    package func keep(
        _ connected: Connected,
        of side: Side,
        known: String?,
        account: () async throws(SyncError) -> AccountIdentity
    ) async throws(SyncError) {
        // What cannot be opened is nothing to go back to.
        let before = try? self.vault.connected(side)
        var random = LiveRandom()
        try self.vault.save(connected, of: side, &random)
        let found: String
        do {
            found = try await account().id
        } catch {
            // A key that is refused is no key; a CRM that is not reached says nothing of it.
            guard error.code == .credentials else {
                self.dialog.say("It is kept in \(self.vault.path(side)), and could not be tried.")
                throw error
            }
            try self.putBack(before, of: side)
            throw error
        }
        let name = side == .hubspot ? "portal" : "org"
        if let known, known != found {
            try self.putBack(before, of: side)
            throw SyncError(
                code: .wrongAccount,
                side: side,
                cause: "That is \(name) \(found), and what is synced here belongs to \(known).",
                nextStep: "Sign in at \(known), or connect the other one from another folder."
            )
        }
        var named = connected
        named.account = found
        try self.vault.save(named, of: side, &random)
        self.dialog.say("Connected with \(Words.name(of: side)) \(name) \(found).")
        if let before = before?.account, before != found {
            self.dialog.say("It was \(before) before.")
        }
    }

    private func putBack(_ before: Connected?, of side: Side) throws(SyncError) {
        guard let before else { return self.vault.remove(side) }
        var random = LiveRandom()
        try self.vault.save(before, of: side, &random)
    }

    /// 43 characters of 256 random bits: what RFC 7636 asks of a verifier.
    private static func unguessable() -> String {
        var random = LiveRandom()
        return Base64.encodeForURL(SecretKey.randomBytes(32, &random))
    }
}
