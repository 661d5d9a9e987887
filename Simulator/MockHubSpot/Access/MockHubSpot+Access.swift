import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// A request without a valid credential, and the reply to it.
    struct AccessRefusal: Error {
        var response: HTTPResponse
    }

    /// The place of the app that signed the request.
    mutating func signedIn(_ request: HTTPRequest, _ now: Int64) -> Result<Int, AccessRefusal> {
        let header = request.header("Authorization") ?? ""
        guard header.hasPrefix("Bearer "), header.count > 7 else {
            return .failure(AccessRefusal(response: self.missingCredential(now)))
        }
        let token = String(header.dropFirst(7))
        for (place, app) in self.settings.apps.enumerated() {
            if case .staticToken(let known) = app.credential, known == token {
                return .success(place)
            }
        }
        guard let session = self.tokens[token] else {
            // A token that cannot be decoded reads as expired since 1970.
            return .failure(
                AccessRefusal(response: self.expired("1970-01-01T00:00:00Z", 20_543, now))
            )
        }
        guard now < session.expiresAt else {
            let time = ServerTime.iso(session.expiresAt)
            return .failure(AccessRefusal(response: self.expired(time, 0, now)))
        }
        return .success(session.app)
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

    private mutating func expired(_ time: String, _ days: Int, _ now: Int64) -> HTTPResponse {
        let age = days > 0 ? "\(days) day(s)" : "1 second(s)"
        return self.error(
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

    /// `POST /oauth/…/token` with a refresh token.
    mutating func token(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        let text = String(decoding: request.body, as: UTF8.self)
        var form: [String: String] = [:]
        for item in text.split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { form[String(pair[0])] = HubSpotTarget.decoded(pair[1]) }
        }
        for (place, app) in self.settings.apps.enumerated() {
            guard case .oauth(let id, let secret, let refresh) = app.credential,
                form["client_id"] == id
            else { continue }
            guard form["client_secret"] == secret else {
                return self.tokenError("BAD_CLIENT_SECRET", now)
            }
            guard form["refresh_token"] == refresh else {
                return self.tokenError("BAD_REFRESH_TOKEN", now)
            }
            let access = "C" + self.generator.hex(40)
            self.tokens[access] = (place, now + self.settings.tokenLifetime)
            var writer = JSONWriter()
            writer.object { root in
                root.member("token_use", "access_token")
                root.member("token_type", "bearer")
                root.member("access_token", access)
                root.member("refresh_token", refresh)
                root.member("expires_in", self.settings.tokenLifetime / 1_000)
                root.member("hub_id", self.settings.portalID)
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        }
        return self.tokenError("BAD_CLIENT_ID", now)
    }

    private mutating func tokenError(_ status: String, _ now: Int64) -> HTTPResponse {
        let correlation = self.generator.uuid(at: now)
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", status)
            root.member("message", "missing or invalid refresh token or client credentials")
            root.member("correlationId", correlation)
        }
        return HTTPResponse(status: 400, body: writer.bytes)
    }

    func accountDetails() -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("portalId", self.settings.portalID)
            root.member("accountType", self.settings.accountType)
            root.member("timeZone", self.settings.timeZone)
            root.member("companyCurrency", self.settings.companyCurrency)
            root.member("uiDomain", self.settings.uiDomain)
            root.member("dataHostingLocation", self.settings.dataHostingLocation)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
