import HTTPTransport
import MockHubSpot
import MockSalesforce
import WireJSON

/// An app of somebody else's in both CRMs, which writes over their APIs as the engine does.
///
/// What goes wrong is the engine's share: its own calls pass by all faults, so that it knows what
/// became of them.
enum OtherApp {
    static let hubspot = MockHubSpotApp(
        id: 1_160_501,
        name: "Plants",
        credential: .staticToken("pat-na1-plants"),
        burstMax: 1_000_000
    )

    static let salesforce = MockSalesforceCredential(
        clientID: "3MVG9plants",
        clientSecret: "plants-secret",
        refreshToken: "5Aep861plants",
        userID: SalesforceID.withChecksum("005000000000201"),
        name: "Plants"
    )

    /// Sends to HubSpot; `nil` for everything but a success.
    static func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        to hubspot: inout MockHubSpot,
        at now: Int64
    ) -> HTTPResponse? {
        let faults = hubspot.faults
        hubspot.faults = MockHubSpotFaults()
        defer { hubspot.faults = faults }
        let request = self.request(
            method,
            MockTransport.hubspotURL + path,
            body,
            token: "pat-na1-plants",
            host: "hubspot.mock"
        )
        return self.success(hubspot.handle(request, at: now).response)
    }

    /// Sends to Salesforce, with a session of its own; `nil` for everything but a success.
    static func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        to salesforce: inout MockSalesforce,
        at now: Int64
    ) -> HTTPResponse? {
        let faults = salesforce.faults
        salesforce.faults = MockSalesforceFaults()
        defer { salesforce.faults = faults }
        let form =
            "grant_type=client_credentials&client_id=\(Self.salesforce.clientID)"
            + "&client_secret=\(Self.salesforce.clientSecret)"
        let signIn = HTTPRequest(
            method: .post,
            url: MockTransport.salesforceURL + "/services/oauth2/token",
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Host", "salesforce.mock"),
            ],
            body: Array(form.utf8)
        )
        guard let reply = self.success(salesforce.handle(signIn, at: now).response),
            let token = (try? JSON(parsing: reply.body))?["access_token"]?.string
        else { return nil }
        let request = self.request(
            method,
            MockTransport.salesforceURL + "/services/data/v62.0" + path,
            body,
            token: token,
            host: "salesforce.mock"
        )
        return self.success(salesforce.handle(request, at: now).response)
    }

    private static func request(
        _ method: HTTPMethod,
        _ url: String,
        _ body: String,
        token: String,
        host: String
    ) -> HTTPRequest {
        HTTPRequest(
            method: method,
            url: url,
            headers: [
                HTTPHeader("Authorization", "Bearer \(token)"), HTTPHeader("Host", host),
                HTTPHeader("Content-Type", "application/json"),
            ],
            body: Array(body.utf8)
        )
    }

    private static func success(_ response: HTTPResponse?) -> HTTPResponse? {
        response.flatMap { (200..<300).contains($0.status) ? $0 : nil }
    }
}
