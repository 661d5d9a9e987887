import HTTPTransport
import WireJSON

/// The control endpoints' replies: JSON, and errors with a clear sentence.
enum ControlReply {
    static func json(_ status: Int = 200, _ body: (inout JSONWriter) -> Void) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object(body)
        return HTTPResponse(
            status: status,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: writer.bytes
        )
    }

    static func error(_ sentence: String, status: Int = 400) -> HTTPResponse {
        Self.json(status) { $0.member("error", sentence) }
    }

    static func lines(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", "application/x-ndjson")],
            body: bytes
        )
    }
}
