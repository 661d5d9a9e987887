import HTTPTransport

/// The fields of a request to the token endpoints.
struct OAuthForm: Sendable {
    private var fields: [String: String] = [:]

    /// `nil` where the body is no form; the query counts in the first version only.
    init?(_ request: HTTPRequest, query: [(name: String, value: String)]) {
        let type = request.header("Content-Type")?.lowercased() ?? ""
        guard type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else {
            return nil
        }
        for item in query { self.fields[item.name] = item.value }
        for item in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            self.fields[HubSpotTarget.decoded(pair[0])] = HubSpotTarget.decoded(pair[1])
        }
    }

    subscript(_ name: String) -> String? { self.fields[name] }

    /// The scopes of a field, which are separated by spaces.
    func scopes(_ name: String) -> [String] {
        (self.fields[name] ?? "").split(separator: " ").map(String.init)
    }
}
