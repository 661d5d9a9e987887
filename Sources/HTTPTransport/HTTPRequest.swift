/// One HTTP request as a value.
///
/// It describes itself as method and path, without its query.
package struct HTTPRequest: Sendable, Hashable {
    package var method: HTTPMethod
    /// The absolute URL, percent-encoded.
    package var url: String
    /// In the order in which they are sent.
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(
        method: HTTPMethod,
        url: String,
        headers: [HTTPHeader] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, in any case.
    package func header(_ name: String) -> String? {
        let lowered = name.lowercased()
        return self.headers.first { $0.name.lowercased() == lowered }?.value
    }
}

extension HTTPRequest: CustomStringConvertible {
    package var description: String {
        let path = self.url.split(separator: "?", maxSplits: 1).first.map(String.init) ?? ""
        return "\(self.method.rawValue) \(path)"
    }
}
