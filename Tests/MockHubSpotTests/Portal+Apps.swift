import HTTPTransport
import MockHubSpot
import WireJSON

extension Portal {
    /// A request with other headers than the static token's.
    mutating func ask(
        _ method: HTTPMethod,
        _ url: String,
        _ body: String? = nil,
        headers: [HTTPHeader] = []
    ) -> HTTPResponse? {
        let request = HTTPRequest(
            method: method,
            url: url.hasPrefix("http") ? url : "http://127.0.0.1\(url)",
            headers: headers,
            body: body.map { Array($0.utf8) } ?? []
        )
        return self.mock.handle(request, at: self.now).response
    }

    /// A token of the OAuth app itself.
    mutating func appToken(_ scope: String = "") -> String {
        let form =
            "grant_type=client_credentials&client_id=hubspot-client&client_secret=hubspot-secret"
            + "&scope=\(scope)"
        let reply = self.ask(.post, "/oauth/2026-03/token", form)
        return reply.flatMap { try? JSON(parsing: $0.body) }?["access_token"]?.string ?? ""
    }

    /// A request that the app itself signs.
    mutating func asApp(
        _ token: String,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil
    ) -> (status: Int, json: JSON?) {
        let headers = [HTTPHeader("Authorization", "Bearer \(token)")]
        let response = self.ask(method, path, body, headers: headers)
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    /// A request that a developer signs with the account's key.
    mutating func asDeveloper(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        key: String = "developer-hapikey"
    ) -> (status: Int, json: JSON?) {
        let response = self.ask(method, "\(path)?hapikey=\(key)", body)
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }
}
