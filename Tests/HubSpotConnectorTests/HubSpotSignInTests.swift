import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing

struct HubSpotSignInTests {
    private static let oauth = HubSpotConfiguration.Auth.oauth(
        clientID: "client",
        clientSecret: "secret-canary",
        refreshToken: "refresh-canary"
    )

    private static let expired = HubSpotFixture.reply(
        401,
        #"{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["2026-11-24T07:00:00Z"]}}"#
    )

    private static func page() -> HTTPResponse { HubSpotFixture.reply(200, #"{"results":[]}"#) }

    private static func isToken(_ request: HTTPRequest) -> Bool { request.url.contains("/oauth/") }

    private static func scan(_ fixture: HubSpotFixture) async throws(SyncError) {
        _ = try await fixture.connection.scan([
            FeedScan(mapping: HubSpotFixture.mapping, object: "contacts", range: .all)
        ])
    }

    @Test func `many calls that find the token expired cause one refresh`() async throws {
        let fixture = HubSpotFixture(auth: Self.oauth) { request, _ throws(CallFailure) in
            if Self.isToken(request) {
                return HubSpotFixture.reply(200, #"{"access_token":"new","expires_in":1800}"#)
            }
            return request.header("Authorization") == "Bearer new" ? Self.page() : Self.expired
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await Self.scan(fixture) } }
            try await group.waitForAll()
        }
        #expect(await fixture.gate.tokenCalls == 1)
    }

    @Test func `an expired token is renewed once, not again and again`() async {
        let fixture = HubSpotFixture(auth: Self.oauth) { request, number throws(CallFailure) in
            Self.isToken(request)
                ? HubSpotFixture.reply(200, #"{"access_token":"t\#(number)"}"#) : Self.expired
        }
        await #expect(throws: SyncError.self) { try await Self.scan(fixture) }
        #expect(await fixture.gate.requests.count <= 4)
    }

    @Test func `a rotated refresh token is kept before the new token is used`() async throws {
        let rotated = #"{"access_token":"new","refresh_token":"rotated"}"#
        let credentials = KeptCredentials()
        let fixture = HubSpotFixture(
            auth: Self.oauth,
            credentials: credentials
        ) { request, _ throws(CallFailure) in
            Self.isToken(request) ? HubSpotFixture.reply(200, rotated) : Self.page()
        }
        try await Self.scan(fixture)
        let kept = try await credentials.refreshToken(
            of: .hubspot,
            descendingFrom: "refresh-canary"
        )
        #expect(kept == "rotated")

        let full = SyncError(code: .storeFull, cause: "The disk is full.", nextStep: "Make room.")
        let failing = HubSpotFixture(
            auth: Self.oauth,
            credentials: KeptCredentials(failing: full)
        ) { request, _ throws(CallFailure) in
            Self.isToken(request) ? HubSpotFixture.reply(200, rotated) : Self.page()
        }
        await #expect(throws: full) { try await Self.scan(failing) }
        #expect(await failing.gate.requests.allSatisfy(Self.isToken), "the new token was used")
    }

    @Test func `refused credentials are named, without a secret`() async throws {
        let fixture = HubSpotFixture(auth: Self.oauth) { _, _ throws(CallFailure) in
            HubSpotFixture.reply(400, #"{"error":"invalid_grant","message":"secret-canary"}"#)
        }
        let error = await #expect(throws: SyncError.self) { try await Self.scan(fixture) }
        #expect(error?.code == .credentials)
        #expect(error.map { "\($0)".contains("canary") } == false)
        #expect(error?.nextStep.hasSuffix(".") == true)
    }

    @Test func `a token that cannot be renewed is not renewed`() async {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in Self.expired }
        let error = await #expect(throws: SyncError.self) { try await Self.scan(fixture) }
        #expect(error?.code == .credentials)
        #expect(await fixture.gate.tokenCalls == 0)
    }
}
