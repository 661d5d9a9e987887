package import HTTPTransport
package import SyncCore
import WireJSON

/// Why Salesforce gives no token.
extension SalesforceFailures {
    /// What one refusal of the token endpoint means.
    private struct Refusal {
        /// `error` of the reply; any where it is empty.
        var error = ""
        /// How `error_description` begins, in lower case.
        var text: String
        var cause: String
        var nextStep: String
    }

    /// The error of a token request that was refused; neither the reply's text nor a secret is in
    /// it.
    ///
    /// Salesforce Help: OAuth 2.0 authorization errors. The texts are those that clients were sent:
    /// restforce (expired, inactive user), cal.com (inactive organization), Workbench (ip
    /// restricted), simple-salesforce (user hasn't approved).
    package static func signIn(
        _ response: HTTPResponse,
        _ configuration: SalesforceConfiguration
    ) -> SyncError {
        guard (400..<500).contains(response.status), ![408, 420, 429].contains(response.status)
        else {
            return Self.error(response, configuration.apiVersion)
        }
        let json = try? JSON(parsing: response.body)
        let word = json?["error"]?.string ?? ""
        let text = (json?["error_description"]?.string ?? "").lowercased()
        let isSandbox = configuration.loginURL.hasPrefix("https://test.")
        let found = Self.refusals.first {
            ($0.error.isEmpty || $0.error == word) && text.hasPrefix($0.text)
        }
        if let found { return Self.credentials(found.cause, found.nextStep) }
        let known = ["invalid_grant", "invalid_client", "invalid_client_id", "invalid_app_access"]
        let code = known.contains(word) ? " (\(word))" : ""
        return Self.credentials(
            "Salesforce does not accept the app's credentials\(code).",
            "Check client id, secret, refresh token and loginURL ("
                + (isSandbox
                    ? "login.salesforce.com for production" : "test.salesforce.com for a sandbox")
                + "), then connect the app again."
        )
    }

    private static func credentials(_ cause: String, _ nextStep: String) -> SyncError {
        SyncError(code: .credentials, side: .salesforce, cause: cause, nextStep: nextStep)
    }

    private static let refusals: [Refusal] =
        Self.ofUsers + Self.ofTokens + Self.ofHosts + Self.ofApps

    private static let ofUsers = [
        Refusal(
            text: "inactive user",
            cause: "Salesforce's integration user is inactive.",
            nextStep: "Activate the user in Setup, or connect the app as another one."
        ),
        Refusal(
            text: "inactive org",
            cause: "The Salesforce org is inactive.",
            nextStep:
                "Check the org's contract or trial; a refreshed sandbox must be connected again."
        ),
        Refusal(
            text: "ip restricted",
            cause: "Salesforce refuses sign-ins from this machine's address.",
            nextStep:
                "Add the address to the profile's login IP ranges, or relax IP restrictions in "
                + "the app's policies."
        ),
        Refusal(
            error: "invalid_grant",
            text: "user hasn't approved this consumer",
            cause: "Salesforce's integration user has not approved the app.",
            nextStep: "Let admins pre-authorise the app's users and add the user's profile or "
                + "permission set to it."
        ),
        Refusal(
            error: "invalid_app_access",
            text: "",
            cause: "Salesforce's integration user is not admitted to the app.",
            nextStep: "Add the user's profile or permission set to the app's policies."
        ),
    ]

    private static let ofTokens = [
        Refusal(
            error: "invalid_grant",
            text: "expired access/refresh token",
            cause: "Salesforce's refresh token has expired or was revoked.",
            nextStep: "Connect the app again and put its new refresh token where the configuration "
                + "reads it from."
        ),
        // The same words stand for a code and for an assertion whose `exp` is over.
        Refusal(
            error: "invalid_grant",
            text: "expired authorization code",
            cause: "Salesforce says that the sign-in came too late.",
            nextStep: "Connect the app again within 15 minutes, and check this machine's clock."
        ),
        Refusal(
            error: "invalid_grant",
            text: "invalid authorization code",
            cause: "Salesforce does not know the code of the consent; each works once.",
            nextStep: "Connect the app again."
        ),
        Refusal(
            error: "invalid_grant",
            text: "invalid code verifier",
            cause: "The code of the consent belongs to another attempt to connect.",
            nextStep: "Connect the app again, in one go."
        ),
        Refusal(
            error: "invalid_grant",
            text: "invalid assertion",
            cause: "Salesforce does not accept the signature of the app's key.",
            nextStep: "Upload the certificate that belongs to the private key to the app."
        ),
    ]

    private static let ofHosts =
        ["audience", "request not supported on this domain"].map { text in
            Refusal(
                error: "invalid_grant",
                text: text,
                cause: "The app signs in at the wrong Salesforce host.",
                nextStep: Self.hosts
            )
        }
        + ["external client app is not installed", "client identifier invalid"].map { text in
            Refusal(
                text: text,
                cause: "Salesforce does not know the app at this login host.",
                nextStep: "Check the client id. " + Self.hosts
            )
        }

    private static let hosts =
        "Set `loginURL`: https://login.salesforce.com for production, https://test.salesforce.com "
        + "for a sandbox, the org's My Domain for client credentials."

    private static let ofApps = [
        Refusal(
            error: "invalid_client",
            text: "",
            cause: "Salesforce does not accept the app's client secret.",
            nextStep: "Put the secret of the app where the configuration reads it from."
        ),
        Refusal(
            error: "redirect_uri_mismatch",
            text: "",
            cause: "The app does not list the address that its consent leads back to.",
            nextStep: "Add the callback address to the app, letter by letter."
        ),
    ]
}
