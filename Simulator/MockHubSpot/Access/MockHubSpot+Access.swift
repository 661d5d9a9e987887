import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// A request without a valid credential, and the reply to it.
    struct AccessRefusal: Error {
        var response: HTTPResponse
    }

    /// What the request's token lets it do.
    mutating func signedIn(
        _ request: HTTPRequest,
        _ now: Int64
    ) -> Result<AccessSession, AccessRefusal> {
        let header = request.header("Authorization") ?? ""
        // A scheme's letters have no case (RFC 9110, 11.1).
        guard header.prefix(7).lowercased() == "bearer ", header.count > 7 else {
            return .failure(AccessRefusal(response: self.missingCredential(now)))
        }
        let token = String(header.dropFirst(7))
        for (place, app) in self.settings.apps.enumerated() {
            if case .staticToken(let known) = app.credential, known == token {
                return .success(AccessSession(app: place, expiresAt: .max, scopes: app.scopes))
            }
        }
        guard let session = self.tokens[token] else {
            // A token that cannot be decoded reads as expired since 1970.
            return .failure(
                AccessRefusal(response: self.expired("1970-01-01T00:00:00Z", "20543 day(s)", now))
            )
        }
        guard now < session.expiresAt else {
            let time = ServerTime.iso(session.expiresAt)
            let age = Self.age((now - session.expiresAt) / 1_000)
            return .failure(AccessRefusal(response: self.expired(time, age, now)))
        }
        return .success(session)
    }

    private mutating func missingCredential(_ now: Int64) -> HTTPResponse {
        self.error(
            401,
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and "
                + "you can find more details at "
                + "https://developers.hubspot.com/docs/methods/auth/oauth-overview",
            category: "INVALID_AUTHENTICATION",
            now: now
        )
    }

    /// In the largest unit that is whole, as HubSpot words it.
    private static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(max(1, seconds)) second(s)"
        case ..<3_600: "\(seconds / 60) minute(s)"
        case ..<86_400: "\(seconds / 3_600) hour(s)"
        default: "\(seconds / 86_400) day(s)"
        }
    }

    private mutating func expired(_ time: String, _ age: String, _ now: Int64) -> HTTPResponse {
        self.error(
            401,
            "The OAuth token used to make this call expired \(age) ago.",
            category: "EXPIRED_AUTHENTICATION",
            now: now
        ) { root in
            root.name("context")
            root.object { context in
                context.name("expire time")
                context.array { $0.string(time) }
            }
        }
    }
}
