package import HTTPTransport
package import SyncCore
import WireJSON

/// Why HubSpot gives no token.
extension HubSpotFailures {
    /// What one refusal of the token endpoint means.
    private struct Refusal {
        /// `status` of the reply.
        var status: String
        var cause: String
        var nextStep: String
    }

    /// The error of a token request that was refused; neither the reply's text nor a secret is in
    /// it.
    ///
    /// HubSpot names the reason in `status` where other replies say `error` (public logs of apps:
    /// BAD_REFRESH_TOKEN, BAD_AUTH_CODE, EXPIRED_AUTH_CODE, BAD_CLIENT_ID; the others alike).
    package static func signIn(
        _ response: HTTPResponse,
        _ configuration: HubSpotConfiguration
    ) -> SyncError {
        // 410: the token's path has a version too.
        guard (400..<500).contains(response.status), ![408, 410, 429].contains(response.status)
        else {
            return Self.error(response, configuration.apiVersion)
        }
        let status = (try? JSON(parsing: response.body))?["status"]?.string ?? ""
        let found = Self.refusals.first { $0.status == status }
        return SyncError(
            code: .credentials,
            side: .hubspot,
            cause: found?.cause ?? "HubSpot does not accept the app's refresh token or secret.",
            nextStep: found?.nextStep ?? Self.again
        )
    }

    private static let again =
        "Connect the app again and put its new refresh token where the configuration reads it from."

    private static let refusals = [
        Refusal(
            status: "BAD_REFRESH_TOKEN",
            cause:
                "HubSpot's refresh token is not valid: the app was uninstalled, or it is another "
                + "app's.",
            nextStep: Self.again
        ),
        Refusal(
            status: "BAD_AUTH_CODE",
            cause: "HubSpot does not know the code of the consent; each works once.",
            nextStep: "Connect the app again."
        ),
        Refusal(
            status: "EXPIRED_AUTH_CODE",
            cause: "HubSpot says that the sign-in came too late.",
            nextStep: "Connect the app again, in one go."
        ),
        Refusal(
            status: "BAD_CLIENT_ID",
            cause: "HubSpot does not know the app's client id.",
            nextStep: "Put the client id of the app where the configuration reads it from."
        ),
        Refusal(
            status: "BAD_CLIENT_SECRET",
            cause: "HubSpot does not accept the app's client secret.",
            nextStep: "Put the secret of the app where the configuration reads it from."
        ),
        Refusal(
            status: "BAD_REDIRECT_URI",
            cause: "The app does not list the address that its consent leads back to.",
            nextStep: "Add the redirect address to the app, letter by letter."
        ),
        Refusal(
            status: "BAD_SCOPES",
            cause: "The app's scopes are not those that the consent asks for.",
            nextStep: "Give the app the scopes that Duet asks for, then connect it again."
        ),
    ]
}
