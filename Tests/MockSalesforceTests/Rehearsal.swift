import HTTPTransport
import MockSalesforce
import WireJSON

/// A client of one mock at a time that the test sets.
struct Rehearsal {
    static let start: Int64 = 1_790_000_000_000

    var mock: MockSalesforce
    var now = Self.start
    var token = ""

    init(_ settings: MockSalesforceSettings = MockSalesforceSettings()) {
        self.mock = MockSalesforce(settings: settings)
        self.signIn()
    }

    mutating func signIn() {
        let credential = self.mock.settings.credentials[0]
        let reply = self.post(form: [
            "grant_type=client_credentials", "client_id=\(credential.clientID)",
            "client_secret=\(credential.clientSecret)",
        ])
        self.token = reply.json["access_token"]?.string ?? ""
    }

    mutating func post(form: [String]) -> Answer {
        let request = HTTPRequest(
            method: .post,
            url: "https://acme.my.salesforce.com/services/oauth2/token",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.joined(separator: "&").utf8)
        )
        return Answer(self.mock.handle(request, at: self.now))
    }

    /// Sends a request to a path below `/services/data/v62.0`.
    mutating func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        headers: [HTTPHeader] = [],
        fault: MockSalesforceFault? = nil
    ) -> Answer {
        let request = HTTPRequest(
            method: method,
            url: "https://acme.my.salesforce.com/services/data/v62.0" + path,
            headers: [HTTPHeader("Authorization", "Bearer \(self.token)")] + headers,
            body: body.map { Array($0.utf8) } ?? []
        )
        return Answer(self.mock.handle(request, at: self.now, fault: fault))
    }

    mutating func query(
        _ statement: String,
        all: Bool = false,
        headers: [HTTPHeader] = []
    ) -> Answer {
        let path = (all ? "/queryAll?q=" : "/query?q=") + Self.encode(statement)
        return self.send(.get, path, headers: headers)
    }

    /// The values of one column of a query, with `-` for null.
    mutating func column(_ name: String, _ statement: String, all: Bool = false) -> [String] {
        let answer = self.query(statement, all: all)
        guard answer.status == 200 else { return [answer.errorCode] }
        return answer.json["records"]?.elements.map { record in
            let value = name.split(separator: ".").reduce(Optional(record)) { json, step in
                json?[String(step)]
            }
            return value?.string ?? value?.numberText ?? value?.boolean.map { "\($0)" } ?? "-"
        } ?? []
    }

    mutating func seed(_ object: String, _ fields: [(String, String)]) throws -> String {
        try self.mock.seed(
            object: object,
            fields: fields.map { .init($0.0, .text($0.1)) },
            at: self.now
        )
    }

    static func encode(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,()'".utf8)
        var encoded = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                encoded.append(Character(Unicode.Scalar(byte)))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
