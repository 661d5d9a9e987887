import Foundation
package import SyncCore

/// What a consent in the browser led back to.
package struct ConsentReply: Sendable, Hashable {
    package var code: String
    /// What was sent along, and must come back unchanged; `nil` where a person pasted the code alone.
    package var state: String?

    package init(code: String, state: String?) {
        self.code = code
        self.state = state
    }

    /// Reads the address that the browser was led to, what follows its question mark, or the code alone.
    ///
    /// - Throws: why the CRM gave no code.
    package init(_ text: String, of side: Side) throws(SyncError) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.contains("=") && (text.contains("code=") || text.contains("error=")) else {
            guard let code = text.removingPercentEncoding, !code.isEmpty, !text.contains(" ") else {
                throw Self.noCode(side)
            }
            self.init(code: code, state: nil)
            return
        }
        let query = text.split(separator: "?", maxSplits: 1).last.map(String.init) ?? text
        var parts: [String: String] = [:]
        for part in query.split(separator: "#")[0].split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { continue }
            parts[pair[0]] = pair[1].removingPercentEncoding ?? pair[1]
        }
        if let error = parts["error"] { throw Self.refused(side, error) }
        guard let code = parts["code"], !code.isEmpty else { throw Self.noCode(side) }
        self.init(code: code, state: parts["state"])
    }

    private static func noCode(_ side: Side) -> SyncError {
        SyncError(
            code: .usage,
            side: side,
            cause: "That holds no code.",
            nextStep:
                "Paste the whole address that the browser ended at: it begins with http://localhost and holds code=."
        )
    }

    /// Salesforce Help: OAuth 2.0 authorization errors; HubSpot sends `access_denied` alone.
    private static func refused(_ side: Side, _ word: String) -> SyncError {
        let name = Words.name(of: side)
        let (cause, next): (String, String) =
            switch word.uppercased() {
            case "ACCESS_DENIED":
                (
                    "The consent was refused in \(name).",
                    "Run it again and choose Allow, as a user who may."
                )
            case "OAUTH_APP_BLOCKED", "OAUTH_APP_ACCESS_DENIED", "OAUTH_APPROVAL_ERROR_GENERIC":
                (
                    "\(name) does not let this user use the app.",
                    "In Setup, External Client App Manager, the app, Policies: admit the user's profile or permission set."
                )
            case "INVALID_SCOPE":
                (
                    "The app lacks a scope that Duet asks for.",
                    "Give the app the scopes that `duet connect \(side.rawValue)` lists, then run it again."
                )
            case "REDIRECT_URI_MISMATCH":
                (
                    "The app does not list the address that its consent leads back to.",
                    "Add the callback address that `duet connect \(side.rawValue)` shows, letter by letter."
                )
            case "INVALID_REQUEST", "UNSUPPORTED_RESPONSE_TYPE":
                (
                    "\(name) does not let the app sign in this way.",
                    "In the app's OAuth settings, allow the authorization code with PKCE."
                )
            default:
                (
                    "\(name) refused the consent.",
                    "Look at the app's policies, then run it again."
                )
            }
        return SyncError(code: .credentials, side: side, cause: cause, nextStep: next)
    }
}

extension ConsentReply: CustomStringConvertible {
    package var description: String { "ConsentReply" }
}
