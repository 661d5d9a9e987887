import HTTPTransport
import WireJSON

extension FuzzRun {
    /// A server that works answers every request with a reply that its client can read.
    static func fault(_ response: HTTPResponse?, to path: String, of side: Side) -> String? {
        guard let response else { return "no reply" }
        let status = response.status
        guard (200..<500).contains(status) else { return "status \(status)" }
        guard !response.body.isEmpty else {
            // CometD's own server says no more than the number.
            return status >= 400 && !path.contains("cometd")
                ? "status \(status) without a word" : nil
        }
        guard status != 204 else { return "status 204 with a body" }
        let type = response.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        guard !type.isEmpty else { return "a body of no type" }
        guard type.lowercased().hasPrefix("application/json") else { return nil }
        guard let json = try? JSON(parsing: response.body) else {
            // A batch's request is what somebody uploaded, as it came.
            return path.contains("/async/") && path.contains("/request")
                ? nil : "a body that is not JSON"
        }
        guard status >= 400 else { return nil }
        return Self.isError(json, of: side) ? nil : "status \(status) in no form of an error"
    }

    /// Whether a client finds in it what went wrong.
    private static func isError(_ json: JSON, of side: Side) -> Bool {
        switch side {
        case .hubspot: json["message"]?.string?.isEmpty == false
        case .salesforce:
            json["error"]?.string != nil || json["exceptionCode"]?.string != nil
                || json["hasErrors"]?.boolean == true
                || !json.elements.isEmpty
                    && json.elements.allSatisfy {
                        $0["errorCode"]?.string != nil && $0["message"]?.string != nil
                            || $0["successful"]?.boolean == false
                    }
        }
    }
}
