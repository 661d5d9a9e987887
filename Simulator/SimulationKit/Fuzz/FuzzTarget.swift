import HTTPTransport
import MockHubSpot
import MockSalesforce
import WireJSON

/// A mock that takes requests nobody in their right mind sends; one of the two.
///
/// Both are changed in place: a copy would double every table at each request.
struct FuzzTarget: Sendable {
    var hubspot: MockHubSpot?
    var salesforce: MockSalesforce?
    /// The credential of most requests.
    private var token = ""
    /// HubSpot's app itself, which alone may read the journal of webhooks.
    private var appToken = ""

    init(hubspot: MockHubSpot, at now: Int64) {
        self.hubspot = hubspot
        self.signIn(at: now)
    }

    init(salesforce: MockSalesforce, at now: Int64) {
        self.salesforce = salesforce
        self.signIn(at: now)
    }

    /// The reply; `nil` for a broken connection.
    mutating func answer(_ request: HTTPRequest, at now: Int64) -> HTTPResponse? {
        if case .respond(let response)? = self.hubspot?.handle(request, at: now) {
            return response
        }
        switch self.salesforce?.handle(request, at: now) {
        case .respond(let response)?: return response
        case .hold(let held)?:
            return self.salesforce?.resume(held, at: now, isOver: true).response
        case .dropConnection?, nil: return nil
        }
    }

    func token(for path: String) -> String {
        path.contains("webhooks-journal") ? self.appToken : self.token
    }

    /// Tokens end with time, and requests may have revoked them.
    mutating func signIn(at now: Int64) {
        if let credential = self.salesforce?.settings.credentials.first {
            let form =
                "grant_type=client_credentials&client_id=\(credential.clientID)"
                + "&client_secret=\(credential.clientSecret)"
            self.token = self.granted("/services/oauth2/token", form, at: now) ?? self.token
        } else {
            let form =
                "grant_type=client_credentials&client_id=hubspot-client"
                + "&client_secret=hubspot-secret"
            self.token = "pat-na1-integration"
            self.appToken = self.granted("/oauth/2026-03/token", form, at: now) ?? self.appToken
        }
    }

    private mutating func granted(_ path: String, _ form: String, at now: Int64) -> String? {
        let request = HTTPRequest(method: .post, url: "http://mock" + path, body: Array(form.utf8))
        return self.answer(request, at: now).flatMap { try? JSON(parsing: $0.body) }?[
            "access_token"
        ]?
        .string
    }
}
