package import HTTPTransport

extension HTTPRequest {
    /// The whole request as one text, for tables of literals: verb and address, a line for each
    /// header, an empty one, the body.
    package var wholeText: String {
        let lines =
            ["\(self.method.rawValue) \(self.url)"]
            + self.headers.map { "\($0.name): \($0.value)" }
        let head = lines.joined(separator: "\n")
        guard !self.body.isEmpty else { return head }
        return head + "\n\n" + String(decoding: self.body, as: UTF8.self)
    }
}
