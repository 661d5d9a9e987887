import HTTPTransport
import MockSalesforce
import WireJSON

/// A reply as a test reads it.
struct Answer {
    var isDropped: Bool
    var status: Int
    var headers: [HTTPHeader]
    var text: String
    var json: JSON

    init(_ reply: MockSalesforceReply) {
        let response = reply.response
        self.isDropped = response == nil
        self.status = response?.status ?? 0
        self.headers = response?.headers ?? []
        let body = response?.body ?? []
        self.text = String(decoding: body, as: UTF8.self)
        self.json = (try? JSON(parsing: body)) ?? Self.null
    }

    func header(_ name: String) -> String? {
        self.headers.first { $0.name == name }?.value
    }

    /// The code of the first error of a request or of its only row.
    var errorCode: String {
        self.json[0]?["errorCode"]?.string ?? self.json["error"]?.string
            ?? self.json[0]?["errors"]?[0]?["statusCode"]?.string ?? "none"
    }

    var message: String {
        self.json[0]?["message"]?.string
            ?? self.json[0]?["errors"]?[0]?["message"]?.string ?? ""
    }

    /// `success` or the error code of each row of a Collections reply.
    var rows: [String] {
        self.json.elements.map { row in
            row["success"]?.boolean == true
                ? "success" : row["errors"]?[0]?["statusCode"]?.string ?? "none"
        }
    }

    private static var null: JSON {
        guard let json = try? JSON(parsing: Array("null".utf8)) else {
            preconditionFailure("the parser refuses null")
        }
        return json
    }
}
