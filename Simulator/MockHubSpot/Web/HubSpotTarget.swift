import HTTPTransport

/// Where a request goes, whatever prefix and version its path has.
struct HubSpotTarget: Sendable {
    /// The path's parts after the host, without empty ones.
    let path: [String]
    private let query: [(name: String, value: String)]

    init(_ request: HTTPRequest) {
        let url = request.url
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let target = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.path = (parts.first ?? "").split(separator: "/").map { Self.decoded($0) }
        self.query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item in
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(pair[0]), pair.count > 1 ? Self.decoded(pair[1]) : "")
        }
    }

    /// The first value of a query parameter.
    func parameter(_ name: String) -> String? {
        self.query.first { $0.name == name }?.value
    }

    /// All values of a parameter: repeated, or separated by commas.
    func list(_ name: String) -> [String] {
        self.query.filter { $0.name == name }.flatMap {
            $0.value.split(separator: ",").map(String.init)
        }
    }

    var isArchived: Bool { self.parameter("archived")?.lowercased() == "true" }

    /// The parts after the object's name: `["search"]`, `["batch", "read"]`, `["171"]`.
    var objectPath: [String] {
        guard let place = self.path.firstIndex(of: "objects") else { return [] }
        var rest = Array(self.path[(place + 1)...])
        if let first = rest.first, Self.versions.contains(first) { rest.removeFirst() }
        return rest
    }

    var recordID: String? { self.objectPath.count == 2 ? self.objectPath[1] : nil }

    func endpoint(_ method: HTTPMethod) -> MockHubSpotEndpoint {
        if self.path.first == "oauth" { return self.path.last == "token" ? .token : .unknown }
        if self.path.first == "account-info" { return .accountInfo }
        if self.path.contains("properties"), self.path.first == "crm" {
            return method == .get ? .propertyRead : .propertyWrite
        }
        let object = self.objectPath
        guard let name = object.first, Self.names.contains(name) else { return .unknown }
        let rest = Array(object.dropFirst())
        switch (method, rest.count, rest.first) {
        case (.get, 0, _): return .list
        case (.post, 0, _): return .create
        case (.post, 1, "search"?): return .search
        case (.post, 1, "merge"?): return .merge
        case (.post, 1, "gdpr-delete"?): return .gdprDelete
        case (.get, 1, _): return .read
        case (.patch, 1, _): return .update
        case (.delete, 1, _): return .archive
        case (.post, 2, "batch"?):
            switch rest[1] {
            case "read": return .batchRead
            case "create": return .batchCreate
            case "update": return .batchUpdate
            case "upsert": return .batchUpsert
            case "archive": return .batchArchive
            default: return .unknown
            }
        default: return .unknown
        }
    }

    private static let names: Set<String> = ["contacts", "contact", "0-1"]
    private static let versions: Set<String> = ["2025-09", "2026-03", "2026-09"]

    static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
