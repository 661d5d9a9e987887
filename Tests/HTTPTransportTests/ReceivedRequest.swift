import HTTPTransport

/// A request as the loopback server read it off the wire.
struct ReceivedRequest: Sendable {
    var method: String
    /// Path and query.
    var target: String
    var headers: [HTTPHeader]
    var body: [UInt8] = []

    /// Reads the head of a request, without its empty line.
    init(head: [UInt8]) {
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.split(separator: "\r\n").map(String.init)
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        self.method = words.first ?? ""
        self.target = words.dropFirst().first ?? ""
        self.headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.dropFirst().first.map { $0.drop { $0 == " " } } ?? ""
            return HTTPHeader(String(parts[0]), String(value))
        }
    }

    /// All values of a header, in the order in which they came.
    func values(_ name: String) -> [String] {
        self.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}
