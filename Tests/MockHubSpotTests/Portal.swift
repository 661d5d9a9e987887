import HTTPTransport
import MockHubSpot
import WireJSON

/// A client of one portal that the test sets.
struct Portal {
    var mock = MockHubSpot()
    var now: Int64 = 1_790_000_000_000
    var token = "pat-na1-integration"

    mutating func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil
    ) -> (status: Int, json: JSON?) {
        let response = self.raw(method, path, body)
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    /// The whole reply; `type` is the body's, if the request names one.
    mutating func raw(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        type: String? = nil
    ) -> HTTPResponse? {
        let request = HTTPRequest(
            method: method,
            url: "http://127.0.0.1\(path)",
            headers: [HTTPHeader("Authorization", "Bearer \(self.token)")]
                + (type.map { [HTTPHeader("Content-Type", $0)] } ?? []),
            body: body.map { Array($0.utf8) } ?? []
        )
        return self.mock.handle(request, at: self.now).response
    }

    /// Sends a form without a token, as OAuth's endpoints take it.
    mutating func form(_ path: String, _ fields: [String: String]) -> (status: Int, json: JSON?) {
        let body = fields.map { "\($0)=\($1)" }.joined(separator: "&")
        let response = self.raw(.post, path, body, type: "application/x-www-form-urlencoded")
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    /// Makes a record and answers its id.
    mutating func make(_ object: String, _ properties: String) -> String {
        let body = #"{"properties":{\#(properties)}}"#
        return self.send(.post, "/crm/v3/objects/\(object)", body).json?["id"]?.string ?? ""
    }
}
