@testable import DuetCLI
import HTTPTransport
import SyncCore
import Testing

@Suite struct ConsentTests {
    private static let request = ConsentRequest(
        side: .salesforce,
        address: "https://login.salesforce.com/",
        state: "s-1",
        port: 0
    )

    @Test(
        arguments: [
            ("http://localhost:8414/oauth-callback?code=aPrx%3D%3D&state=s-1", "aPrx==", "s-1"),
            ("  http://localhost:8414/oauth-callback?state=s-1&code=na1-x#frag\n", "na1-x", "s-1"),
            ("code=abc&state=s-1", "abc", "s-1"),
            (
                "aPrx4sgoM2Nd1zWeFVlOWveD0HhYmiDiLmlLnXEBgX01tpVOQMWVSUuafFPHu3kCSjzk4CUTZg%3D%3D",
                nil, nil
            ),
        ] as [(String, String?, String?)]
    )
    func `the pasted address is read, or the code alone`(
        text: String,
        code: String?,
        state: String?
    ) throws {
        let reply = try ConsentReply(text, of: .salesforce)
        #expect(
            reply.code
                == code
                ?? "aPrx4sgoM2Nd1zWeFVlOWveD0HhYmiDiLmlLnXEBgX01tpVOQMWVSUuafFPHu3kCSjzk4CUTZg=="
        )
        #expect(reply.state == state)
    }

    @Test(
        arguments: [
            ("error=access_denied&state=s-1", "choose Allow"),
            ("error=OAUTH_APP_BLOCKED&error_description=this+app+is+blocked", "Policies"),
            ("error=redirect_uri_mismatch", "callback address"),
            ("error=invalid_scope", "scopes"),
            ("", "code="), ("what is this", "code="), ("code=&state=s-1", "code="),
        ]
    )
    func `each refusal has its next step`(text: String, part: String) throws {
        let error = #expect(throws: SyncError.self) { try ConsentReply(text, of: .salesforce) }
        #expect(error?.nextStep.contains(part) == true)
    }

    @Test func `only the reply of this very consent is taken from the browser`() {
        func answer(_ target: String) -> (status: Int, query: String?) {
            let answer = CallbackListener.answer(target, Self.request)
            return (answer.status, answer.query)
        }
        #expect(answer("/oauth-callback?code=a&state=s-1").query == "code=a&state=s-1")
        #expect(answer("/oauth-callback?error=access_denied&state=s-1").query != nil)
        #expect(answer("/oauth-callback?code=a&state=s-2") == (400, nil))
        #expect(answer("/oauth-callback?code=a") == (400, nil))
        #expect(answer("/oauth-callback?code=a&state=s-1&state=s-2") == (400, nil))
        #expect(answer("/favicon.ico") == (404, nil))
    }

    @Test func `the browser's reply ends the waiting, on this machine's own port`() async throws {
        let transport = CurlTransport(settings: CurlSettings())
        defer { transport.shutDown() }
        let (ports, open) = AsyncStream<Int>.makeStream()
        let reply = try await withThrowingTaskGroup(of: ConsentReply?.self) { group in
            group.addTask {
                try await CallbackListener(Self.request, time: LiveTime()).reply { open.yield($0) }
            }
            group.addTask {
                for await port in ports {
                    let place = "http://127.0.0.1:\(port)/oauth-callback"
                    let foreign = try await transport.send(
                        HTTPRequest(method: .get, url: place + "?code=evil&state=s-2")
                    )
                    #expect(foreign.status == 400)
                    let page = try await transport.send(
                        HTTPRequest(method: .get, url: place + "?code=good&state=s-1")
                    )
                    #expect(page.status == 200)
                    #expect(String(decoding: page.body, as: UTF8.self).contains("close this page"))
                    return nil
                }
                return nil
            }
            var found: ConsentReply?
            for try await one in group { found = found ?? one }
            return found
        }
        #expect(reply == ConsentReply(code: "good", state: "s-1"))
    }

    @Test(
        arguments: [
            ("production", "https://login.salesforce.com"),
            (" Sandbox ", "https://test.salesforce.com"),
            ("acme.my.salesforce.com", "https://acme.my.salesforce.com"),
            (
                "https://acme.lightning.force.com/lightning/page/home",
                "https://acme.my.salesforce.com"
            ),
            (
                "https://acme--dev.sandbox.lightning.force.com/",
                "https://acme--dev.sandbox.my.salesforce.com"
            ),
            (
                "https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home",
                "https://acme.my.salesforce.com"
            ),
            ("https://acme.my.salesforce.mil", "https://acme.my.salesforce.mil"),
            ("https://acme.lightning.crmforce.mil/x", "https://acme.my.salesforce.mil"),
            ("http://127.0.0.1:8082", "http://127.0.0.1:8082"),
        ]
    )
    func `S32: any address of the org leads to the host that signs in`(
        text: String,
        url: String
    )
        throws
    {
        #expect(try LoginHost(text).url == url)
    }

    @Test(
        arguments: [
            "", "acme", "http://acme.my.salesforce.com", "https://acme.my.site.com/customers",
            "https://user@acme.my.salesforce.com", "ftp://acme.my.salesforce.com",
        ]
    )
    func `S32: what is no host to sign in at is refused`(text: String) {
        let error = #expect(throws: SyncError.self) { try LoginHost(text) }
        #expect(error?.nextStep.contains("My Domain") == true)
    }
}
