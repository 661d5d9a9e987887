/// What the loopback server does with a request that it has read.
enum ScriptedReply: Sendable {
    /// Writes these bytes and reads the next request on the same connection.
    case bytes([UInt8])
    /// Writes these bytes and closes the connection.
    case bytesThenClose([UInt8])
    /// Never answers; the client must give up.
    case silence
    /// Closes the connection and takes no further one.
    case goAway

    static func text(_ text: String) -> ScriptedReply { .bytes(Array(text.utf8)) }

    /// A whole reply with this body.
    static func ok(_ body: [UInt8] = [], headers: [String] = [], status: Int = 200) -> ScriptedReply
    {
        let lines = ["HTTP/1.1 \(status) Some Reason", "Content-Length: \(body.count)"] + headers
        return .bytes(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }
}
