import HTTPTransport
import MockHubSpot
import WireJSON

/// A client of one portal that the test sets.
struct Portal {
    var mock = MockHubSpot()
    var now: Int64 = 1_790_000_000_000

    mutating func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil
    ) -> (status: Int, json: JSON?) {
        let request = HTTPRequest(
            method: method,
            url: "http://127.0.0.1\(path)",
            headers: [HTTPHeader("Authorization", "Bearer pat-na1-integration")],
            body: body.map { Array($0.utf8) } ?? []
        )
        let response = self.mock.handle(request, at: self.now).response
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    /// Makes a record and answers its id.
    mutating func make(_ object: String, _ properties: String) -> String {
        let body = #"{"properties":{\#(properties)}}"#
        return self.send(.post, "/crm/v3/objects/\(object)", body).json?["id"]?.string ?? ""
    }
}
