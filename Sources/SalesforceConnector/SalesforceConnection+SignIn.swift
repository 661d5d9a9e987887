import CRMInterface
import HTTPTransport
package import SyncCore

extension SalesforceConnection {
    /// Sends with the session; reads are repeated a few times where that is safe.
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
                failure = SalesforceFailures.error(reply.response, self.configuration.apiVersion)
            } catch {
                failure = SalesforceFailures.error(error)
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

    /// Sends once; a dead session is renewed once and the request sent again, as none was acted on.
    ///
    /// A write is not: the guard read before it has grown old meanwhile, so its 401 is the answer
    /// and the caller decides again.
    func sendOnce(
        _ request: HTTPRequest,
        _ call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse {
        let session = try await self.currentSession(replacing: nil)
        let reply = try await self.gate.send(Self.signed(request, session), as: call)
        if reply.response.status == 403 {
            let error = SalesforceFailures.error(
                reply.response,
                self.configuration.apiVersion
            )
            if error.code == .limitReached, let wait = error.disposition.wait {
                await self.gate.refused(forMilliseconds: wait)
            }
        }
        guard reply.response.status == 401 else { return reply }
        let fresh = try await self.currentSession(replacing: session.accessToken)
        guard !call.isWrite else { return reply }
        return try await self.gate.send(Self.signed(request, fresh), as: call)
    }

    private static func signed(_ request: HTTPRequest, _ session: SalesforceSession) -> HTTPRequest
    {
        var request = request
        request.url = session.instanceURL + request.url
        request.headers.append(HTTPHeader("Authorization", "Bearer \(session.accessToken)"))
        return request
    }

    /// A session that is good as far as is known; many callers cause one refresh.
    func currentSession(replacing stale: String?) async throws(CallFailure) -> SalesforceSession {
        while self.isSigningIn {
            await withCheckedContinuation { self.waitingForSignIn.append($0) }
        }
        if let session = self.session, session.accessToken != stale { return session }
        self.isSigningIn = true
        defer {
            self.isSigningIn = false
            let waiting = self.waitingForSignIn
            self.waitingForSignIn = []
            for continuation in waiting { continuation.resume() }
        }
        switch self.configuration.auth {
        case .clientCredentials:
            return try await self.signIn(self.requests.token(refreshToken: nil)).session
        case .jwtBearer(let username, let privateKey):
            let assertion: String
            do {
                assertion = try self.requests.assertion(
                    username: username,
                    privateKey: privateKey,
                    at: self.time.wallMilliseconds
                )
            } catch {
                throw .refused(error)
            }
            return try await self.signIn(self.requests.token(assertion: assertion)).session
        case .refreshToken(let configured): return try await self.refresh(configured)
        }
    }

    private func refresh(_ configured: String) async throws(CallFailure) -> SalesforceSession {
        var token = configured
        do {
            let rotated = try await self.credentials.refreshToken(
                of: .salesforce,
                descendingFrom: configured
            )
            token = rotated ?? configured
        } catch {
            throw .refused(error)
        }
        return try await self.signIn(
            self.requests.token(refreshToken: token),
            replacing: (configured, token)
        ).session
    }

    /// Exchanges the code of a consent and goes on with the session that it gave.
    ///
    /// - Returns: the refresh token, for the caller to store before anything else is sent.
    package func connect(
        code: String,
        redirectURI: String,
        verifier: String
    ) async throws(SyncError) -> String? {
        do {
            let request = self.requests.token(
                code: code,
                redirectURI: redirectURI,
                verifier: verifier
            )
            return try await self.signIn(request).reply.refreshToken
        } catch {
            throw SalesforceFailures.error(error)
        }
    }

    private func signIn(
        _ request: HTTPRequest,
        replacing token: (configured: String, used: String)? = nil
    ) async throws(CallFailure) -> (session: SalesforceSession, reply: SalesforceTokenReply) {
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
            let reply = try SalesforceTokenReply(answer.response, self.configuration)
            if let rotated = reply.refreshToken, let token, rotated != token.used {
                // Each rotated token works once: it is durable before anything else is sent
                // (Salesforce Help: remoteaccess_oauth_refresh_token_flow).
                try await self.credentials.save(
                    refreshToken: rotated,
                    of: .salesforce,
                    descendingFrom: token.configured
                )
            }
            let session = SalesforceSession(
                accessToken: reply.accessToken,
                instanceURL: reply.instanceURL,
                orgID: reply.orgID,
                userID: reply.userID
            )
            self.session = session
            return (session, reply)
        } catch {
            throw .refused(error)
        }
    }

    /// How often a read is sent before its failure is reported.
    private static let readAttemptsMax = 4
}
