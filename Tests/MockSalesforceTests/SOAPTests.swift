import HTTPTransport
import MockSalesforce
import Testing

/// `login()` of the SOAP API.
@Suite struct SOAPTests {
    private static func login(_ password: String, call: String = "login") -> String {
        """
        <?xml version="1.0" encoding="utf-8" ?>
        <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
            <env:Header><urn:client>a &lt;b&gt;</urn:client></env:Header>
            <env:Body>
                <!-- who -->
                <n1:\(call) xmlns:n1="urn:partner.soap.sforce.com">
                    <n1:username>Integration.User@example.invalid</n1:username>
                    <n1:password><![CDATA[\(password)]]></n1:password>
                </n1:\(call)>
            </env:Body>
        </env:Envelope>
        """
    }

    private static func send(
        _ body: String,
        to path: String = "/services/Soap/u/59.0",
        _ method: HTTPMethod = .post,
        on rehearsal: inout Rehearsal
    ) -> Answer {
        let request = HTTPRequest(
            method: method,
            url: "https://acme.my.salesforce.com" + path,
            headers: [HTTPHeader("Content-Type", "text/xml"), HTTPHeader("SOAPAction", "login")],
            body: Array(body.utf8)
        )
        return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
    }

    private static func text(_ name: String, _ answer: Answer) -> String? {
        guard let start = answer.text.firstRange(of: "<\(name)>"),
            let end = answer.text.firstRange(of: "</\(name)>")
        else { return nil }
        return String(answer.text[start.upperBound..<end.lowerBound])
    }

    @Test(arguments: ["u", "c"])
    func `a user name and a password with its token open a session`(_ letter: String) throws {
        var rehearsal = Rehearsal()
        let reply = Self.send(
            Self.login("integration-passwordintegrationToken"),
            to: "/services/Soap/\(letter)/59.0/",
            on: &rehearsal
        )
        #expect(reply.status == 200)
        #expect(reply.header("Content-Type")?.hasPrefix("text/xml") == true)
        let organization = rehearsal.mock.organizationID.prefix(15)
        #expect(
            Self.text("serverUrl", reply)
                == "https://acme.my.salesforce.com/services/Soap/\(letter)/59.0/\(organization)"
        )
        #expect(Self.text("userName", reply) == "integration.user@example.invalid")
        rehearsal.token = try #require(Self.text("sessionId", reply))
        #expect(rehearsal.send(.get, "/limits").status == 200)
    }

    @Test func `a login tells all that the partner WSDL lists, in its order`() throws {
        var settings = MockSalesforceSettings()
        settings.organizationName = "R&B"
        var rehearsal = Rehearsal(settings)
        let login = Self.login("integration-passwordintegrationToken")
        let info = try #require(
            Self.text("userInfo", Self.send(login, on: &rehearsal))
        )
        let names = info.split(separator: "<").map { $0.prefix { $0.isLetter } }
            .filter { !$0.isEmpty }
        let listed = """
            accessibilityMode chatterExternal currencySymbol orgAttachmentFileSizeLimit \
            orgDefaultCurrencyIsoCode orgDefaultCurrencyLocale orgDisallowHtmlAttachments \
            orgHasPersonAccounts organizationId organizationMultiCurrency organizationName profileId \
            roleId sessionSecondsValid userDefaultCurrencyIsoCode userEmail userFullName userId \
            userLanguage userLocale userName userTimeZone userType userUiSkin
            """
        #expect(names == listed.split(separator: " "))
        for part in [
            "<currencySymbol>$</currencySymbol>", "<roleId xsi:nil=\"true\"/>",
            "<userDefaultCurrencyIsoCode xsi:nil=\"true\"/>",
            "<organizationName>R&amp;B</organizationName>",
        ] {
            #expect(info.contains(part), "\(part)")
        }
        let profile = try #require(info.firstRange(of: "<profileId>"))
        let id = String(info[profile.upperBound...].prefix(18))
        #expect(rehearsal.column("Id", "SELECT Id FROM Profile") == [id])
        settings.currencies = .init(currencies: [.init("EUR", rate: 1)], corporate: "EUR")
        rehearsal = Rehearsal(settings)
        let several = Self.send(login, on: &rehearsal).text
        #expect(several.contains("<currencySymbol xsi:nil=\"true\"/>"))
        #expect(several.contains("<userDefaultCurrencyIsoCode>EUR</userDefaultCurrencyIsoCode>"))
    }

    @Test func `a wrong password, or one without its token, is refused`() {
        var rehearsal = Rehearsal()
        for password in ["no", "integration-password", ""] {
            let reply = Self.send(Self.login(password), on: &rehearsal)
            #expect(reply.status == 500)
            #expect(Self.text("sf:exceptionCode", reply) == "INVALID_LOGIN")
            #expect(Self.text("faultcode", reply) == "sf:INVALID_LOGIN")
        }
        rehearsal.mock.settings.requiresSecurityToken = false
        #expect(Self.send(Self.login("integration-password"), on: &rehearsal).status == 200)
    }

    @Test func `a session that signs out is over`() throws {
        var rehearsal = Rehearsal()
        let reply = Self.send(
            Self.login("integration-passwordintegrationToken"),
            to: "/services/Soap/u/50.0",
            on: &rehearsal
        )
        rehearsal.token = try #require(Self.text("sessionId", reply))
        #expect(rehearsal.send(.get, "/recent").text == "[]")
        // As jsforce signs out.
        let out = """
            <se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header>\
            <SessionHeader xmlns="urn:partner.soap.sforce.com"><sessionId>\(rehearsal.token)\
            </sessionId></SessionHeader></se:Header><se:Body>\
            <logout xmlns="urn:partner.soap.sforce.com"/></se:Body></se:Envelope>
            """
        let done = Self.send(out, to: "/services/Soap/u/50.0", on: &rehearsal)
        #expect(done.status == 200)
        #expect(done.text.contains("<logoutResponse/>"))
        #expect(rehearsal.send(.get, "/limits").status == 401)
        let again = Self.send(out, to: "/services/Soap/u/50.0", on: &rehearsal)
        #expect(again.status == 500)
        #expect(Self.text("sf:exceptionCode", again) == "INVALID_SESSION_ID")
    }

    @Test func `version 65 has no login and no version at all is refused`() {
        var rehearsal = Rehearsal()
        let body = Self.login("integration-passwordintegrationToken")
        for (version, code) in [("65.0", "INVALID_OPERATION"), ("x", "UNSUPPORTED_API_VERSION")] {
            let reply = Self.send(body, to: "/services/Soap/u/\(version)", on: &rehearsal)
            #expect(reply.status == 500)
            #expect(Self.text("sf:exceptionCode", reply) == code)
        }
    }

    @Test func `other calls, other methods and what is no document are refused`() {
        var rehearsal = Rehearsal()
        let query = Self.send(Self.login("x", call: "query"), on: &rehearsal)
        #expect(
            Self.text("faultstring", query)
                == "No operation available for request {urn:partner.soap.sforce.com}query"
        )
        #expect(Self.send("", .get, on: &rehearsal).status == 405)
        for body in ["", "{}", "<a><b></a>", "<a", "<a>&#x;</a>", "<!-- ", "<![CDATA[", "</a>"] {
            #expect(Self.send(body, on: &rehearsal).status == 500)
        }
    }
}
