import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import WireJSON

/// How a bystander's requests come to a CRM: with its own credential, past all faults, which are the
/// engine's share, and billed by the CRM as any other app's.
struct BystanderLine {
    static let hubspot = MockHubSpotApp(
        id: 1_160_502,
        name: "Bystander",
        credential: .staticToken("pat-na1-bystander"),
        burstMax: 1_000_000
    )

    static let salesforce = MockSalesforceCredential(
        clientID: "3MVG9bystander",
        clientSecret: "bystander-secret",
        refreshToken: "5Aep861bystander",
        userID: SalesforceID.withChecksum("005000000000202"),
        name: "Bystander"
    )

    private let pair: SimulatedPair
    private var session = ""
    /// HubSpot's token of an installed app itself, for the journal.
    private var appToken = ""

    init(_ pair: SimulatedPair) {
        self.pair = pair
    }

    /// The reply; `nil` for a connection that broke.
    mutating func send(
        _ call: BystanderCall,
        _ path: String,
        _ body: String,
        to side: Side
    )
        -> HTTPResponse?
    {
        if call.signature == .app, self.appToken.isEmpty { self.appToken = self.signInAsApp() }
        if side == .salesforce, self.session.isEmpty { self.session = self.signIn() }
        let reply = self.sendOnce(call, path, body, to: side)
        guard let reply, Self.isOver(reply) else { return reply }
        // Both end by the clock, and Salesforce's whenever an administrator ends all of them.
        if side == .salesforce {
            self.session = self.signIn()
        } else {
            self.appToken = self.signInAsApp()
        }
        return self.sendOnce(call, path, body, to: side)
    }

    /// In three words for the same: REST's, the first Bulk API's and the identity's.
    private static func isOver(_ reply: HTTPResponse) -> Bool {
        func says(_ text: String) -> Bool { reply.body.firstRange(of: Array(text.utf8)) != nil }
        switch reply.status {
        case 401: return true
        case 400: return says("InvalidSessionId")
        case 403: return says("Bad_OAuth_Token")
        default: return false
        }
    }

    private func sendOnce(
        _ call: BystanderCall,
        _ path: String,
        _ body: String,
        to side: Side
    )
        -> HTTPResponse?
    {
        var headers = call.headers + [HTTPHeader("Content-Type", call.type)]
        let token = side == .salesforce ? self.session : "pat-na1-bystander"
        switch call.signature {
        case .own: headers.append(HTTPHeader("Authorization", "Bearer \(token)"))
        case .app: headers.append(HTTPHeader("Authorization", "Bearer \(self.appToken)"))
        case .nobody: break
        }
        let host = side == .hubspot ? MockTransport.hubspotURL : MockTransport.salesforceURL
        return self.ask(
            HTTPRequest(
                method: call.method,
                url: host + path,
                headers: headers,
                body: Array(body.utf8)
            ),
            side
        )
    }

    /// Sends past all faults and notes what the CRM counts for it as somebody else's calls.
    private func ask(_ request: HTTPRequest, _ side: Side) -> HTTPResponse? {
        var request = request
        request.headers.append(
            HTTPHeader("Host", side == .hubspot ? "hubspot.mock" : "salesforce.mock")
        )
        let (response, spent, now) = self.pair.world.with { state, now in
            let at = state.time(side, at: now)
            switch side {
            case .hubspot:
                let before = state.hubspot.callsUsed(at: at)
                let response = Self.ask(request, &state.hubspot, at)
                return (response, state.hubspot.callsUsed(at: at) - before, now)
            case .salesforce:
                let before = state.salesforce.callsUsed(at: at)
                let response = Self.ask(request, &state.salesforce, at)
                return (response, state.salesforce.callsUsed(at: at) - before, now)
            }
        }
        if spent > 0 {
            self.pair.foreign.withLock {
                $0.append(ForeignCalls(side: side, at: now, kind: .spent(spent)))
            }
        }
        return response
    }

    private static func ask(
        _ request: HTTPRequest,
        _ hubspot: inout MockHubSpot,
        _ now: Int64
    ) -> HTTPResponse? {
        let faults = hubspot.faults
        hubspot.faults = MockHubSpotFaults()
        defer { hubspot.faults = faults }
        return hubspot.handle(request, at: now).response
    }

    private static func ask(
        _ request: HTTPRequest,
        _ salesforce: inout MockSalesforce,
        _ now: Int64
    ) -> HTTPResponse? {
        let faults = salesforce.faults
        salesforce.faults = MockSalesforceFaults()
        defer { salesforce.faults = faults }
        switch salesforce.handle(request, at: now) {
        case .respond(let response): return response
        case .dropConnection: return nil
        // It waits for nothing.
        case .hold(let held): return salesforce.resume(held, at: now, isOver: true).response
        }
    }

    // MARK: - Signing in

    private func signIn() -> String {
        let form =
            "grant_type=client_credentials&client_id=\(Self.salesforce.clientID)"
            + "&client_secret=\(Self.salesforce.clientSecret)"
        return self.token(MockTransport.salesforceURL + "/services/oauth2/token", form, .salesforce)
    }

    private func signInAsApp() -> String {
        let form =
            "grant_type=client_credentials&client_id=hubspot-client&client_secret=hubspot-secret"
        return self.token(MockTransport.hubspotURL + "/oauth/2026-03/token", form, .hubspot)
    }

    private func token(_ url: String, _ form: String, _ side: Side) -> String {
        let request = HTTPRequest(
            method: .post,
            url: url,
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
        let reply = self.ask(request, side).flatMap { try? JSON(parsing: $0.body) }
        return reply?["access_token"]?.string ?? ""
    }
}
