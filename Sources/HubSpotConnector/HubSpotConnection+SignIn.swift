import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

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
    /// A write is not: the guard read before it has grown old meanwhile, so its 401 is the answer and
    /// the caller decides again.
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
    private func accessToken(replacing stale: String?) async throws(CallFailure) -> String {
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
        let stored: StoredCredential?
        do {
            stored = try await self.credentials.credential(of: .hubspot)
        } catch {
            throw .refused(error)
        }
        let token =
            stored?.configured == configured ? stored?.refreshToken ?? configured : configured
        let reply = try await self.gate.send(
            self.requests.token(id: id, secret: secret, refreshToken: token),
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
            let access = json["access_token"]?.string
        else { throw .refused(self.refused(reply.response)) }
        if let rotated = json["refresh_token"]?.string, rotated != token {
            // Durable before the new token is used.
            do {
                try await self.credentials.save(
                    StoredCredential(configured: configured, refreshToken: rotated),
                    of: .hubspot
                )
            } catch {
                throw .refused(error)
            }
        }
        let lifetime = (json["expires_in"]?.integer ?? 1_800) * 1_000
        let now = self.time.monotonicMilliseconds
        self.session = HubSpotSession(
            accessToken: access,
            renewAt: now + max(lifetime - 120_000, lifetime / 2),
            portalID: json["hub_id"]?.numberText
        )
        return access
    }

    private func refused(_ response: HTTPResponse) -> SyncError {
        // 410: the token's path has a version too.
        guard (400..<500).contains(response.status), ![410, 429].contains(response.status) else {
            return HubSpotFailures.error(response, self.configuration.apiVersion)
        }
        return SyncError(
            code: .credentials,
            side: .hubspot,
            cause: "HubSpot does not accept the app's refresh token or secret.",
            nextStep: "Connect the app again and put its new refresh token where the "
                + "configuration reads it from."
        )
    }

    /// How often a read is sent before its failure is reported.
    private static let readAttemptsMax = 4
}
