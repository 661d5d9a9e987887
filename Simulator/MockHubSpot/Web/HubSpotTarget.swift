import HTTPTransport

/// Where a request goes, whatever prefix and version its path has.
struct HubSpotTarget: Sendable {
    /// The path's parts after the host, without empty ones.
    let path: [String]
    /// The address as it was asked for.
    private let url: String
    let query: [(name: String, value: String)]
    /// `2026-09`, `v3`; `nil` where the path names none.
    let version: String?

    init(_ request: HTTPRequest) {
        let url = request.url
        // Links lead back through a proxy that speaks TLS in front of the server.
        let isSecure = request.header("X-Forwarded-Proto")?.lowercased() == "https"
        self.url =
            isSecure && url.hasPrefix("http://") ? "https" + url.dropFirst("http".count) : url
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let whole = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        // A fragment is the client's own.
        let target = whole.prefix { $0 != "#" }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = (parts.first ?? "").split(separator: "/").map { Self.decoded($0) }
        self.path = path
        let segments = path.first == "crm" ? path.dropFirst() : path[...]
        let version = segments.prefix(2).firstIndex { Self.versions.contains($0) }
        self.version = version.map { segments[$0] }
        self.family = segments.indices.filter { $0 != version }.map { segments[$0] }
        self.query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item in
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(pair[0]), pair.count > 1 ? Self.decoded(pair[1]) : "")
        }
    }

    /// The address of the page that begins there: this one's with another `after`.
    func link(after: String) -> String {
        let parts = self.url.split(separator: "?", maxSplits: 1)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&")
            .filter { !$0.hasPrefix("after=") }
        return parts[0] + "?" + (query + ["after=\(after)"]).joined(separator: "&")
    }

    /// The address of a part of what was asked for, such as a record that was made there.
    func address(of name: String) -> String {
        let address = self.url.prefix { $0 != "?" && $0 != "#" }
        return address + (address.hasSuffix("/") ? "" : "/") + Self.encoded(name)
    }

    /// The host that was asked, with its scheme.
    var origin: String {
        let start = self.url.firstRange(of: "://")?.upperBound ?? self.url.startIndex
        return String(self.url[..<(self.url[start...].firstIndex(of: "/") ?? self.url.endIndex)])
    }

    /// The first value of a query parameter.
    func parameter(_ name: String) -> String? {
        self.query.first { $0.name == name }?.value
    }

    /// The parameters whose names begin so, without the beginning.
    func properties(_ prefix: String) -> [(name: String, value: String)] {
        self.query.filter { $0.name.hasPrefix(prefix) }.map {
            (String($0.name.dropFirst(prefix.count)), $0.value)
        }
    }

    /// How many rows a page is asked to hold: at least one, at most so many.
    func limit(_ usual: Int, max: Int) -> Int {
        let asked = self.parameter("limit").flatMap { Int($0) } ?? usual
        return min(max, Swift.max(1, asked))
    }

    /// All values of a parameter: repeated, or separated by commas.
    func list(_ name: String) -> [String] {
        self.query.filter { $0.name == name }.flatMap {
            $0.value.split(separator: ",").map(String.init)
        }
    }

    var isArchived: Bool { self.parameter("archived")?.lowercased() == "true" }

    /// The path from the family's name on, without `crm` and the version, wherever that stands:
    /// `["objects", "contacts", "search"]`.
    let family: [String]

    /// The object's name and the parts after it: `["contacts", "batch", "read"]`.
    var objectPath: [String] {
        self.family.first == "objects" ? Array(self.family.dropFirst()) : []
    }

    /// Whether the path is of v3, whose associations are shown otherwise.
    var isLegacy: Bool { self.path.prefix(2).contains("v3") }

    /// Whether the path makes ties of kinds that each of its inputs names.
    var namesKinds: Bool {
        let path = self.family
        return path.count == 5 && path.first == "associations" && path[1] != "definitions"
            && path.suffix(2) == ["batch", "create"] && !self.isLegacy
    }

    /// Whether the path is of the property definitions of v1 and v2: `properties/v2/contact/…`.
    var isLegacyProperties: Bool {
        self.path.count > 1 && self.path[0] == "properties" && ["v1", "v2"].contains(self.path[1])
    }

    /// What a path of the deal splits API asks for: `read` or `upsert`.
    var dealSplitVerb: String? {
        let path = self.family
        let isDated = path.count == 3 && path[0] == "deal-splits"
        let isOfDeals =
            path.count == 5 && path[0] == "objects" && path[2] == "splits"
            && MockHubSpotObject.deals.answers(to: path[1])
        guard isDated || isOfDeals, path[path.count - 2] == "batch" else { return nil }
        return ["read", "upsert"].contains(path[path.count - 1]) ? path[path.count - 1] : nil
    }

    var recordID: String? { self.objectPath.count == 2 ? self.objectPath[1] : nil }

    func endpoint(_ method: HTTPMethod) -> MockHubSpotEndpoint {
        if self.path.first == "oauth" { return .token }
        if self.path.first == "account-info" { return .accountInfo }
        if self.isLegacyProperties { return .legacy }
        if let other = self.feedEndpoint { return other }
        let isRead = method == .get || self.path.suffix(2) == ["batch", "read"]
        switch self.family.first {
        case "properties": return isRead ? .propertyRead : .propertyWrite
        case "owners": return .owners
        case "pipelines": return .pipelines
        case "associations": return isRead ? .associationRead : .associationWrite
        case "lists": return .lists
        case "schemas", "crm-object-schemas": return .schemas
        case "objects", "deal-splits": break
        case "companies", "contacts", "deals", "engagements", "crm-pipelines", "integrations":
            return .legacy
        case "limits", "object-library", "property-validations", "settings", "meta":
            return .accountInfo
        case .some, .none: return .unknown
        }
        if let verb = self.dealSplitVerb { return verb == "read" ? .batchRead : .batchUpsert }
        let object = self.objectPath
        if object.count > 3, object[2] == "associations" {
            return isRead ? .associationRead : .associationWrite
        }
        guard !object.isEmpty else { return .unknown }
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

    static let versions: Set<String> = [
        "v1", "v3", "v4", "2025-09", "2026-03", "2026-09",
    ]

    /// Percent-encodes all but the unreserved characters.
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return encoded
    }

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
