import HTTPTransport
import WireJSON

/// A reply before the headers that every reply has.
struct RESTReply: Sendable {
    var status: Int
    var headers: [HTTPHeader] = []
    var body: [UInt8]?
    /// A Collections request whose rows did not all succeed.
    var hasFailedRows = false
    var contentType = "application/json;charset=UTF-8"

    init(status: Int, body: [UInt8]? = nil) {
        self.status = status
        self.body = body
    }

    init(_ failure: RequestFailure) {
        self.status = failure.status
        self.body = Self.errors(failure.errors)
        // RFC 9110, 15.5.6: whoever refuses a method names the others.
        if let allowed = failure.allowed { self.headers = [HTTPHeader("Allow", allowed)] }
    }

    /// A maintenance page, as a proxy in front of the org sends it.
    static var unavailable: RESTReply {
        Self.page(503, "Service Unavailable", "We are down for maintenance.")
    }

    /// A page for people, as a proxy sends it.
    static func page(_ status: Int, _ title: String, _ sentence: String) -> RESTReply {
        var reply = RESTReply(
            status: status,
            body: Array(
                """
                <html><head><title>\(title)</title></head>\
                <body><h1>\(sentence)</h1></body></html>
                """.utf8
            )
        )
        reply.contentType = "text/html;charset=UTF-8"
        return reply
    }

    static func json(
        status: Int = 200,
        reserving count: Int = 256,
        _ body: (inout JSONWriter) -> Void
    ) -> RESTReply {
        var writer = JSONWriter(reserving: count)
        body(&writer)
        return RESTReply(status: status, body: writer.bytes)
    }

    /// A document of the first Bulk API.
    static func xml(status: Int = 200, _ root: String, _ content: String) -> RESTReply {
        let space = "http://www.force.com/2009/06/asyncapi/dataload"
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<\(root) xmlns=\"\(space)\">\(content)</\(root)>"
        var reply = RESTReply(status: status, body: Array(text.utf8))
        reply.contentType = "application/xml"
        return reply
    }

    static func csv(_ bytes: [UInt8]) -> RESTReply {
        var reply = RESTReply(status: 200, body: bytes)
        reply.contentType = "text/csv"
        return reply
    }

    func http() -> HTTPResponse {
        var headers = self.headers
        if self.body != nil { headers.insert(HTTPHeader("Content-Type", self.contentType), at: 0) }
        return HTTPResponse(status: self.status, headers: headers, body: self.body ?? [])
    }

    /// The array of errors of a single request.
    static func errors(_ errors: [MockSalesforceError]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            for error in errors {
                writer.object { writer in
                    if let found = error.duplicates {
                        writer.name(found.spelling.single)
                        found.write(to: &writer)
                    }
                    // Recorded replies put the code first for this one.
                    if error.code == "NOT_FOUND" { writer.member("errorCode", error.code) }
                    writer.member("message", error.message)
                    if error.code != "NOT_FOUND" { writer.member("errorCode", error.code) }
                    if let fields = error.fields { Self.write(fields, to: &writer) }
                }
            }
        }
        return writer.bytes
    }

    /// The errors of one row of a list.
    static func writeRowErrors(_ errors: [MockSalesforceError], to writer: inout JSONWriter) {
        writer.name("errors")
        writer.array { writer in
            for error in errors {
                writer.object { writer in
                    writer.member("statusCode", error.code)
                    writer.member("message", error.message)
                    Self.write(error.fields ?? [], to: &writer)
                    if let found = error.duplicates, let name = found.spelling.row {
                        writer.name(name)
                        found.write(to: &writer)
                    }
                }
            }
        }
    }

    private static func write(_ fields: [String], to writer: inout JSONWriter) {
        writer.name("fields")
        writer.array { writer in
            for field in fields { writer.string(field) }
        }
    }
}
