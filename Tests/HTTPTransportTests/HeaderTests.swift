import HTTPTransport
import Testing

struct HeaderTests {
    private let headers = [
        HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Twice", "first"),
        HTTPHeader("x-twice", "second"), HTTPHeader("X-Empty", ""),
    ]

    @Test(
        arguments: [
            ("Content-Type", "application/json"), ("content-type", "application/json"),
            ("CONTENT-TYPE", "application/json"), ("X-Twice", "first"), ("x-twice", "first"),
            ("X-Empty", ""), ("Content", nil), ("Content-Type ", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `a header is found by its name in any case, the first of several`(
        name: String,
        value: String?
    ) {
        let request = HTTPRequest(method: .get, url: "https://a.example/", headers: self.headers)
        #expect(request.header(name) == value)
        #expect(HTTPResponse(status: 200, headers: self.headers).header(name) == value)
    }

    @Test func `nothing prints a query, a header's value or a body`() {
        let canary = "CANARY"
        let request = HTTPRequest(
            method: .patch,
            url: "https://a.example/path?key=\(canary)",
            headers: [HTTPHeader("Authorization", canary)],
            body: Array(canary.utf8)
        )
        let response = HTTPResponse(
            status: 404,
            headers: [HTTPHeader("Set-Cookie", canary)],
            body: Array(canary.utf8)
        )
        #expect("\(request)" == "PATCH https://a.example/path")
        #expect("\(response)" == "HTTP 404, 6 bytes")
        #expect("\(request.headers) \(response.headers)" == "[Authorization] [Set-Cookie]")
        for text in ["\([request])", "\([response])", String(reflecting: request.headers)] {
            #expect(!text.contains(canary))
        }
    }
}
