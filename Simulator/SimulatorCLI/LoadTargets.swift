import HTTPTransport
import WireJSON

/// Where a client sends its requests, and the records it may name.
struct LoadTargets: Sendable {
    let served: ServedProcess
    let transport: CurlTransport
    let accessToken: String
    /// HubSpot ids of contacts.
    let contacts: [String]
    /// Salesforce ids of Contacts.
    let people: [String]

    static let version = "v67.0"

    /// Signs in, lifts the vendors' limits and learns some ids.
    ///
    /// - Throws: `LoadFailure` where an answer is not what it should be.
    init(_ served: ServedProcess, _ transport: CurlTransport) async throws {
        self.served = served
        self.transport = transport
        let most = 1_000_000_000
        let limits = [
            "hubspotBurstCalls", "hubspotSearchesPerSecond", "hubspotDailyCalls",
            "salesforceDailyCalls",
        ].map { "\"\($0)\":\(most)" }.joined(separator: ",")
        _ = try await Self.json(
            transport,
            HTTPRequest(
                method: .post,
                url: served.hubspotURL + "/_control/faults",
                body: Array("{\(limits)}".utf8)
            )
        )
        let form =
            "grant_type=client_credentials&client_id=\(served.salesforceClient.id)"
            + "&client_secret=\(served.salesforceClient.secret)"
        let grant = try await Self.json(
            transport,
            HTTPRequest(
                method: .post,
                url: served.salesforceURL + "/services/oauth2/token",
                headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8)
            )
        )
        guard let token = grant["access_token"]?.string else {
            throw LoadFailure("Salesforce gave no token.")
        }
        self.accessToken = token
        let page = try await Self.json(
            transport,
            HTTPRequest(
                method: .get,
                url: served.hubspotURL + "/crm/v3/objects/contacts?limit=100",
                headers: [HTTPHeader("Authorization", "Bearer \(served.hubspotToken)")]
            )
        )
        self.contacts = page["results"]?.elements.compactMap { $0["id"]?.string } ?? []
        let rows = try await Self.json(
            transport,
            HTTPRequest(
                method: .get,
                url: served.salesforceURL + "/services/data/\(Self.version)/query"
                    + "?q=SELECT+Id+FROM+Contact+LIMIT+2000",
                headers: [HTTPHeader("Authorization", "Bearer \(token)")]
            )
        )
        self.people = rows["records"]?.elements.compactMap { $0["Id"]?.string } ?? []
        guard self.contacts.count > 10, self.people.count > 10 else {
            throw LoadFailure("There are too few records: --records takes 1000 or more.")
        }
    }

    private static func json(
        _ transport: CurlTransport,
        _ request: HTTPRequest
    ) async throws -> JSON {
        let response = try await transport.send(request)
        guard response.status == 200, let json = try? JSON(parsing: response.body) else {
            throw LoadFailure("\(request) was answered with \(response.status).")
        }
        return json
    }
}
