import CRMInterface
import HTTPTransport
package import SyncCore

extension HubSpotConnection {
    /// Sends with the token; reads are repeated a few times where that is safe.
    func send(
        _ request: HTTPRequest,
        _ call: CallDescription
    ) async throws(SyncError) -> MeteredResponse {
        var attempt = 0
        while true {
            attempt += 1
            let failure: SyncError
            do {
                let reply = try await self.sendOnce(request, call)
                if (200..<300).contains(reply.response.status) { return reply }
                failure = HubSpotFailures.error(reply.response, self.configuration.apiVersion)
            } catch {
                failure = HubSpotFailures.error(error)
            }
            guard case .retry(let delay) = failure.disposition, attempt < Self.readAttemptsMax,
                failure.code != .cancelled
            else { throw failure }
            do {
                try await self.time.sleep(milliseconds: min(delay, 15_000))
            } catch {
                throw failure
            }
        }
    }

    /// Sends once; an expired token is renewed once and the request sent again, as none was acted
    /// on.
    ///
    /// Tokens are renewed ahead of time: a 401 is no valid sign that one is due
    /// (docs/developer-tooling/platform/usage-guidelines).
    ///
    /// A write is not: the guard read before it has grown old meanwhile, so its 401 is the answer
    /// and the caller decides again.
    func sendOnce(
        _ request: HTTPRequest,
        _ call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse {
        let token = try await self.accessToken(replacing: nil)
        let reply = try await self.gate.send(Self.signed(request, token), as: call)
        if reply.response.status == 429 {
            let error = HubSpotFailures.error(reply.response, self.configuration.apiVersion)
            if error.code == .limitReached, let wait = error.disposition.wait {
                await self.gate.refused(forMilliseconds: wait)
            }
        }
        guard HubSpotFailures.isExpired(reply.response) else { return reply }
        switch self.configuration.auth {
        case .token: return reply
        case .oauth:
            let fresh = try await self.accessToken(replacing: token)
            guard !call.isWrite else { return reply }
            return try await self.gate.send(Self.signed(request, fresh), as: call)
        }
    }

    private static func signed(_ request: HTTPRequest, _ token: String) -> HTTPRequest {
        var request = request
        request.headers.append(HTTPHeader("Authorization", "Bearer \(token)"))
        return request
    }

    /// A token that is good now; many callers cause one refresh.
    func accessToken(replacing stale: String?) async throws(CallFailure) -> String {
        while self.isSigningIn {
            await withCheckedContinuation { self.waitingForSignIn.append($0) }
        }
        if let session = self.session, session.accessToken != stale {
            let isDue = session.renewAt.map { self.time.monotonicMilliseconds >= $0 } ?? false
            if !isDue { return session.accessToken }
        }
        switch self.configuration.auth {
        case .token(let token): return token
        case .oauth(let id, let secret, let configured):
            self.isSigningIn = true
            defer {
                self.isSigningIn = false
                let waiting = self.waitingForSignIn
                self.waitingForSignIn = []
                for continuation in waiting { continuation.resume() }
            }
            return try await self.refresh(id: id, secret: secret, configured: configured)
        }
    }

    private func refresh(
        id: String,
        secret: String,
        configured: String
    ) async throws(CallFailure) -> String {
        var token = configured
        do {
            let rotated = try await self.credentials.refreshToken(
                of: .hubspot,
                descendingFrom: configured
            )
            token = rotated ?? configured
        } catch {
            throw .refused(error)
        }
        return try await self.signIn(
            self.requests.token(id: id, secret: secret, refreshToken: token),
            replacing: (configured, token)
        ).accessToken
    }

    /// Exchanges the code of a consent and goes on with the token that it gave.
    ///
    /// - Returns: the refresh token, for the caller to store before anything else is sent; none
    ///   where the configuration signs in without OAuth.
    package func connect(
        code: String,
        redirectURI: String,
        verifier: String
    ) async throws(SyncError) -> String? {
        guard case .oauth(let id, let secret, _) = self.configuration.auth else { return nil }
        do {
            let request = self.requests.token(
                id: id,
                secret: secret,
                code: code,
                redirectURI: redirectURI,
                verifier: verifier
            )
            return try await self.signIn(request).refreshToken
        } catch {
            throw HubSpotFailures.error(error)
        }
    }

    private func signIn(
        _ request: HTTPRequest,
        replacing token: (configured: String, used: String)? = nil
    ) async throws(CallFailure) -> HubSpotTokenReply {
        let answer = try await self.gate.send(
            request,
            as: CallDescription(
                endpoint: "token",
                purpose: "signIn",
                cost: 0,
                window: .token,
                priority: .manual
            )
        )
        do {
            let reply = try HubSpotTokenReply(answer.response, self.configuration)
            if let rotated = reply.refreshToken, let token, rotated != token.used {
                // Durable before the new token is used.
                try await self.credentials.save(
                    refreshToken: rotated,
                    of: .hubspot,
                    descendingFrom: token.configured
                )
            }
            let now = self.time.monotonicMilliseconds
            self.session = HubSpotSession(
                accessToken: reply.accessToken,
                renewAt: now + max(reply.lifetime - 120_000, reply.lifetime / 2),
                portalID: reply.portalID
            )
            return reply
        } catch {
            throw .refused(error)
        }
    }

    /// How often a read is sent before its failure is reported.
    private static let readAttemptsMax = 4
}
