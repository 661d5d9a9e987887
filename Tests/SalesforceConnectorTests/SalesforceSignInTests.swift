import SalesforceConnector
import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SyncCore
import Testing

struct SalesforceSignInTests {
    private static let dead = SalesforceFixture.reply(
        401,
        #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#
    )

    private static let empty = SalesforceFixture.composite([
        (200, #"{"totalSize":0,"done":true,"records":[]}"#)
    ])

    private static func scan(_ fixture: SalesforceFixture) async throws(SyncError) {
        _ = try await fixture.connection.scan([
            FeedScan(
                mapping: SalesforceFixture.mapping,
                object: "Contact",
                range: .changes(since: ServerTime(milliseconds: 0))
            )
        ])
    }

    @Test func `ten calls at once sign in once, a dead session is renewed once for all`()
        async throws
    {
        let fixture = SalesforceFixture { request, _ throws(CallFailure) in
            request.header("Authorization") == "Bearer t1" ? Self.dead : Self.empty
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await Self.scan(fixture) } }
            try await group.waitForAll()
        }
        #expect(await fixture.gate.tokenCalls == 2)
    }

    @Test func `a session that dies at once is not renewed for ever`() async {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in Self.dead }
        let error = await #expect(throws: SyncError.self) { try await Self.scan(fixture) }
        #expect(error?.code == .credentials)
        #expect(await fixture.gate.tokenCalls == 2)
    }

    @Test func `S12: the org's own address is used, and its id is told without a call`()
        async throws
    {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in Self.empty }
        let account = try await fixture.connection.account()
        #expect(account.id.hasPrefix("00D5g000000ABCD"))
        #expect(account.id.count == 18)
        #expect(account.recordBaseURL == "https://acme.my.salesforce.com")
        #expect(await fixture.gate.requests.count == 1)
        #expect(await fixture.gate.calls.map(\.cost) == [0])
    }

    @Test func `a rotated refresh token is kept before the session is used`() async throws {
        let rotated = SalesforceFixture.reply(
            200,
            #"{"access_token":"t","instance_url":"https://acme.my.salesforce.com","#
                + #""refresh_token":"rotated"}"#
        )
        let credentials = KeptCredentials()
        let fixture = SalesforceFixture(
            credentials: credentials,
            token: { _ in rotated },
            { _, _ throws(CallFailure) in Self.empty }
        )
        try await Self.scan(fixture)
        let kept = try await credentials.refreshToken(
            of: .salesforce,
            descendingFrom: "refresh-canary"
        )
        #expect(kept == "rotated")

        let full = SyncError(code: .storeFull, cause: "The disk is full.", nextStep: "Make room.")
        let failing = SalesforceFixture(
            credentials: KeptCredentials(failing: full),
            token: { _ in rotated },
            { _, _ throws(CallFailure) in Self.empty }
        )
        await #expect(throws: full) { try await Self.scan(failing) }
        #expect(await failing.gate.requests.allSatisfy(SalesforceFixture.isToken))
    }

    @Test(arguments: ["invalid_grant", "invalid_client", "inactive_org canary"])
    func `refused credentials are named, without a secret`(word: String) async {
        let fixture = SalesforceFixture(
            token: { _ in
                SalesforceFixture.reply(
                    400,
                    #"{"error":"\#(word)","error_description":"secret-canary refresh-canary"}"#
                )
            },
            { _, _ throws(CallFailure) in Self.empty }
        )
        let error = await #expect(throws: SyncError.self) { try await Self.scan(fixture) }
        #expect(error?.code == .credentials)
        #expect(error.map { "\($0)".contains("canary") } == false)
    }
}
