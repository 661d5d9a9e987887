import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

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
    /// A write is not: the guard read before it has grown old meanwhile, so its 401 is the answer and
    /// the caller decides again.
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
        case .clientCredentials: return try await self.refresh(configured: nil)
        case .refreshToken(let configured): return try await self.refresh(configured: configured)
        }
    }

    private func refresh(configured: String?) async throws(CallFailure) -> SalesforceSession {
        var token = configured
        if let configured {
            do {
                let stored = try await self.credentials.credential(of: .salesforce)
                if stored?.configured == configured { token = stored?.refreshToken ?? configured }
            } catch {
                throw .refused(error)
            }
        }
        let reply = try await self.gate.send(
            self.requests.token(refreshToken: token),
            as: CallDescription(
                endpoint: "token",
                purpose: "signIn",
                cost: 0,
                window: .token,
                priority: .manual
            )
        )
        guard (200..<300).contains(reply.response.status),
            let json = try? JSON(parsing: reply.response.body),
            let access = json["access_token"]?.string,
            let instance = json["instance_url"]?.string
        else { throw .refused(self.refused(reply.response)) }
        if let rotated = json["refresh_token"]?.string, let configured, rotated != token {
            // Each rotated token works once: it is durable before anything else is sent.
            do {
                try await self.credentials.save(
                    StoredCredential(configured: configured, refreshToken: rotated),
                    of: .salesforce
                )
            } catch {
                throw .refused(error)
            }
        }
        let session = SalesforceSession(
            accessToken: access,
            instanceURL: instance.hasSuffix("/") ? String(instance.dropLast()) : instance,
            orgID: json["id"]?.string.flatMap(Self.orgID)
        )
        self.session = session
        return session
    }

    /// The org in `https://login.salesforce.com/id/00D…/005…`.
    private static func orgID(_ identity: String) -> String? {
        let parts = identity.split(separator: "/").map(String.init)
        guard let place = parts.lastIndex(of: "id"), parts.indices.contains(place + 1) else {
            return nil
        }
        return SalesforceID.long(parts[place + 1])
    }

    private func refused(_ response: HTTPResponse) -> SyncError {
        guard (400..<500).contains(response.status), response.status != 420 else {
            return SalesforceFailures.error(response, self.configuration.apiVersion)
        }
        let word = (try? JSON(parsing: response.body))?["error"]?.string ?? ""
        let known = ["invalid_grant", "invalid_client", "invalid_client_id", "invalid_app_access"]
        let code = known.contains(word) ? " (\(word))" : ""
        return SyncError(
            code: .credentials,
            side: .salesforce,
            cause: "Salesforce does not accept the app's credentials\(code).",
            nextStep:
                "Check client id, secret, refresh token and loginURL (test.salesforce.com for "
                + "a sandbox), then connect the app again."
        )
    }

    /// How often a read is sent before its failure is reported.
    private static let readAttemptsMax = 4
}
