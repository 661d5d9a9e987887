import HTTPTransport

/// `login()` and `logout()` of the SOAP API, which many scripts still sign in and out with (jsforce
/// among them); no other call is modelled.
extension MockSalesforce {
    /// The last version that has `login()`.
    private static let loginVersionMax = 64.0

    /// `path`: `services`, `Soap`, `u` or `c`, and the version, with an organization's id or without.
    mutating func soap(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let isPartner = target.path[2] == "u"
        let kind = isPartner ? "partner" : "enterprise"
        guard request.method == .post else { return Self.onlyPost(target.path) }
        guard let version = Double(target.path[3]), (20...68).contains(version) else {
            return Self.fault(
                "UNSUPPORTED_API_VERSION",
                "Invalid Api version specified on URL",
                kind
            )
        }
        let envelope = XMLNode.parse(request.body)
        guard let call = envelope?["Body"]?.children.first else {
            return Self.clientFault("The request is no SOAP message")
        }
        if call.name == "logout" {
            return self.soapLogout(envelope?["Header"]?["SessionHeader"], kind, now)
        }
        guard call.name == "login" else {
            let name = "{urn:\(kind).soap.sforce.com}\(call.name)"
            return Self.clientFault("No operation available for request \(name)")
        }
        guard version <= Self.loginVersionMax else {
            let text =
                "The SOAP Login operation is not available in the API version specified "
                + "(\(target.path[3])). Refer to the documentation for supported versions."
            return Self.fault("INVALID_OPERATION", text, kind)
        }
        let username = call["username"]?.text ?? ""
        let password = call["password"]?.text ?? ""
        guard self.faults.signInRefusal == nil,
            let place = self.credential(username: username, password: password)
        else {
            let text = "Invalid username, password, security token; or user locked out."
            return Self.fault("INVALID_LOGIN", text, kind)
        }
        return self.loginResult(place, kind, Self.origin(request, target), target, now)
    }

    /// Ends the session of the header; its token is as good as none afterwards.
    private mutating func soapLogout(
        _ header: XMLNode?,
        _ kind: String,
        _ now: Int64
    ) -> HTTPResponse {
        let token = header?["sessionId"]?.text ?? ""
        guard self.sessions.session(token)?.isAlive(at: now) == true else {
            let text =
                "Invalid Session ID found in SessionHeader: Illegal Session. "
                + "Session not found, missing session key"
            return Self.fault("INVALID_SESSION_ID", text, kind)
        }
        self.sessions.expire(token)
        return Self.envelope(
            status: 200,
            "xmlns=\"urn:\(kind).soap.sforce.com\"",
            "<logoutResponse/>"
        )
    }

    /// Whose user name and password they are; the security token may follow the password.
    func credential(username: String, password: String) -> Int? {
        self.settings.credentials.firstIndex { credential in
            Self.username(credential).lowercased() == username.lowercased()
                && (password == credential.password + credential.securityToken
                    || (password == credential.password
                        && !self.settings.requiresSecurityToken))
        }
    }

    private mutating func loginResult(
        _ place: Int,
        _ kind: String,
        _ origin: String,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let lifetime = self.settings.sessionLifetime
        let session = self.sessions.open(
            place,
            organizationID: self.organizationID,
            expiresAt: lifetime.map { now + $0 }
        )
        let credential = self.settings.credentials[place]
        let base = self.settings.instanceURL ?? origin
        let organization = String(self.organizationID.prefix(15))
        func url(_ letter: String) -> String {
            "\(base)/services/Soap/\(letter)/\(target.path[3])/\(organization)"
        }
        let result = [
            XMLNode.element("metadataServerUrl", url("m")),
            XMLNode.element("passwordExpired", "false"),
            XMLNode.element("sandbox", "false"),
            XMLNode.element("serverUrl", url(target.path[2])),
            XMLNode.element("sessionId", session),
            XMLNode.element("userId", credential.userID),
            "<userInfo>\(self.userInfo(credential))</userInfo>",
        ]
        return Self.envelope(
            status: 200,
            "xmlns=\"urn:\(kind).soap.sforce.com\"",
            "<loginResponse><result>\(result.joined())</result></loginResponse>"
        )
    }

    /// Every member of the partner WSDL's `GetUserInfoResult`, in its order; those without a value
    /// are null.
    ///
    /// An org with several currencies has no symbol for all of them, and its users have a currency
    /// of their own.
    private func userInfo(_ credential: MockSalesforceCredential) -> String {
        let currencies = self.org.currencies
        let name = Self.username(credential)
        let profile = self.settings.permissions?.profile(of: credential.userID) ?? 0
        let members: [(String, String?)] = [
            ("accessibilityMode", "false"), ("chatterExternal", "false"),
            ("currencySymbol", currencies == nil ? "$" : nil),
            ("orgAttachmentFileSizeLimit", "5242880"),
            ("orgDefaultCurrencyIsoCode", currencies?.corporate ?? "USD"),
            ("orgDefaultCurrencyLocale", "en_US"), ("orgDisallowHtmlAttachments", "false"),
            ("orgHasPersonAccounts", String(self.org.hasPersonAccounts)),
            ("organizationId", self.organizationID),
            ("organizationMultiCurrency", String(currencies != nil)),
            ("organizationName", self.settings.organizationName),
            ("profileId", SalesforceID.make(prefix: "00e", number: profile + 1)), ("roleId", nil),
            (
                "sessionSecondsValid",
                String((self.settings.sessionLifetime ?? 7_200_000) / 1000)
            ),
            ("userDefaultCurrencyIsoCode", currencies?.user), ("userEmail", name),
            ("userFullName", credential.name), ("userId", credential.userID),
            ("userLanguage", "en_US"), ("userLocale", "en_US"), ("userName", name),
            ("userTimeZone", "GMT"), ("userType", "Standard"), ("userUiSkin", "Theme3"),
        ]
        return members.map { name, value in
            value.map { XMLNode.element(name, $0) } ?? "<\(name) xsi:nil=\"true\"/>"
        }
        .joined()
    }

    // MARK: - Refusals

    private static func onlyPost(_ path: [String]) -> HTTPResponse {
        let page =
            "<html><body><h2>HTTP ERROR 405</h2>\n<p>Problem accessing /"
            + path.joined(separator: "/") + ". Reason:\n<pre>    Only POST allowed</pre></p>"
            + "</body></html>\n"
        return HTTPResponse(
            status: 405,
            headers: [HTTPHeader("Content-Type", "text/html;charset=utf-8")],
            body: Array(page.utf8)
        )
    }

    private static func fault(_ code: String, _ text: String, _ kind: String) -> HTTPResponse {
        let isLogin = code == "INVALID_LOGIN"
        let name = isLogin ? "sf:LoginFault" : "sf:UnexpectedErrorFault"
        let detail =
            "<\(name) xsi:type=\"\(name)\">" + XMLNode.element("sf:exceptionCode", code)
            + XMLNode.element("sf:exceptionMessage", text) + "</\(name)>"
        let content =
            "<soapenv:Fault>" + XMLNode.element("faultcode", "sf:\(code)")
            + XMLNode.element("faultstring", "\(code): \(text)")
            + "<detail>\(detail)</detail></soapenv:Fault>"
        return Self.envelope(
            status: 500,
            "xmlns:sf=\"urn:fault.\(kind).soap.sforce.com\"",
            content
        )
    }

    private static func clientFault(_ text: String) -> HTTPResponse {
        let content =
            "<soapenv:Fault>" + XMLNode.element("faultcode", "soapenv:Client")
            + XMLNode.element("faultstring", text) + "</soapenv:Fault>"
        return Self.envelope(status: 500, "", content)
    }

    private static func envelope(
        status: Int,
        _ namespace: String,
        _ content: String
    ) -> HTTPResponse {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
            + "\(namespace) xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + "<soapenv:Body>\(content)</soapenv:Body></soapenv:Envelope>"
        return HTTPResponse(
            status: status,
            headers: [HTTPHeader("Content-Type", "text/xml; charset=utf-8")],
            body: Array(text.utf8)
        )
    }
}
