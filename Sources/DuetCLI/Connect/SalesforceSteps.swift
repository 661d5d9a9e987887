/// What an administrator does once in Salesforce, in the order of its pages.
enum SalesforceSteps {
    enum Way {
        /// With the address that the browser is led back to.
        case consent(String)
        case clientCredentials
        case signed
    }

    /// Salesforce Help: create_a_local_external_client_app, remoteaccess_oauth_client_credentials_flow,
    /// remoteaccess_oauth_jwt_flow.
    static func text(_ way: Way, at host: LoginHost) -> String {
        let place =
            host.isOrg
            ? "Open \(host.appsURL)"
            : "Sign in at \(host.url), open Setup, then External Client App Manager"
        let steps = [
            "\(place), New External Client App: name Duet, distribution state Local.",
            "Enable OAuth; callback address \(Self.callback(way)); scopes \"Manage user data via APIs (api)\" and "
                + "\"Perform requests at any time (refresh_token, offline_access)\".",
        ]
        let numbered = (steps + Self.rest(way)).enumerated().map { place, step in
            "  \(place + 1). \(step)"
        }
        return
            (["An app of the org's own lets Duet in. An administrator makes it once:"] + numbered)
            .joined(separator: "\n")
    }

    private static func callback(_ way: Way) -> String {
        switch way {
        case .consent(let address): address
        case .clientCredentials, .signed:
            ConsentRequest.callback(port: ConsentRequest.usualPort)
        }
    }

    private static func rest(_ way: Way) -> [String] {
        let keys = "Settings, OAuth Settings, Consumer Key and Secret shows what to paste here."
        return switch way {
        case .consent:
            [
                "Under Security: Require Proof Key for Code Exchange (PKCE). Create it.", keys,
                "The browser then asks who is to sync: sign in as the user made for Duet.",
            ]
        case .clientCredentials:
            [
                "Under Flow Enablement: Enable Client Credentials Flow. Create it.",
                "Policies, Edit: Enable Client Credentials Flow, Run As the user made for Duet.",
                keys,
            ]
        case .signed:
            [
                "Under Flow Enablement: Enable JWT Bearer Flow, and upload the certificate of your key. Create it.",
                "Policies, Edit: \"Admin approved users are pre-authorized\", and add the permission set of the user "
                    + "made for Duet.",
                keys,
            ]
        }
    }
}
