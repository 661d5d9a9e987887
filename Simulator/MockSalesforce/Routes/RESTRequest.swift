import HTTPTransport
import WireJSON

/// A request below `/services/data/vNN.0`, whether it came alone or inside another one.
struct RESTRequest: Sendable {
    var method: HTTPMethod
    /// `v62.0`.
    var version: String
    /// The path after the version, decoded.
    var path: [String]
    var target: RequestTarget
    var headers: [HTTPHeader]
    var body: JSON?
    /// The body as it came: an upload is not JSON.
    var bytes: [UInt8] = []
    /// The data that came along with a Bulk job.
    var attachment: [UInt8]?
    var isBodyMalformed = false
    /// What the address ended in, `xml` or `json`, which says how to answer; `nil` for neither.
    private var suffix: String?
    /// Set inside a Composite with `allOrNone:true`, which overrides inner flags.
    var forcesAllOrNone = false

    init(_ request: HTTPRequest, _ target: RequestTarget) {
        self.init(method: request.method, target: target, headers: request.headers, body: nil)
        self.takeSuffix()
        self.bytes = request.body
        if let type = self.header("Content-Type"), self.isForm(type) {
            let form = MultipartJob(request.body, contentType: type)
            self.body = form?.job
            self.attachment = form?.content
            self.isBodyMalformed = form == nil
        } else if !request.body.isEmpty, !self.isUpload {
            let isXML = self.isFirstBulk && request.body.first == UInt8(ascii: "<")
            let bytes = isXML ? Self.jobDocument(request.body) : request.body
            self.body = try? JSON(parsing: bytes)
            self.isBodyMalformed = self.body == nil
        }
    }

    init(method: HTTPMethod, target: RequestTarget, headers: [HTTPHeader], body: JSON?) {
        self.method = method
        // For HTTP libraries that cannot send every method.
        if method == .post, let name = target.value("_HttpMethod") {
            self.method = HTTPMethod(rawValue: name.uppercased()) ?? method
        }
        self.target = target
        self.version = target.path.count > 2 ? target.path[2] : ""
        self.path = Array(target.path.dropFirst(3))
        self.headers = headers
        self.body = body
    }

    /// Takes `.xml` or `.json` off the last part, but for one that is a record's key.
    private mutating func takeSuffix() {
        guard !self.isFirstBulk, let last = self.path.last,
            !(self.path.count == 4 && self.path[0] == "sobjects")
        else { return }
        for suffix in ["xml", "json"] where last.hasSuffix("." + suffix) {
            self.path[self.path.count - 1] = String(last.dropLast(suffix.count + 1))
            self.suffix = suffix
        }
    }

    /// Whether the answer is wanted in XML: the address says so, or else the header.
    var wantsXMLReply: Bool {
        if let suffix { return suffix == "xml" }
        let accepted = self.header("Accept")?.lowercased() ?? ""
        return accepted.contains("application/xml")
            && !["json", "html", "*/*"].contains { accepted.contains($0) }
    }

    /// `62.0` of `/services/data/v62.0/…`; the first Bulk API names it elsewhere.
    static func version(of target: RequestTarget) -> String {
        guard target.path.count > 2, target.path[1] == "data" else { return "" }
        return String(target.path[2].drop { $0 == "v" })
    }

    func header(_ name: String) -> String? {
        let lowered = name.lowercased()
        return self.headers.first { $0.name.lowercased() == lowered }?.value
    }

    /// Whether a Bulk job comes with its data.
    private func isForm(_ type: String) -> Bool {
        self.path == ["jobs", "ingest"] && self.method == .post
            && type.lowercased().hasPrefix("multipart/form-data")
    }

    private var isUpload: Bool {
        self.header("Content-Type")?.lowercased().hasPrefix("text/csv") ?? false
    }

    /// Whether a body comes under a name that no resource takes, such as a form's; one that comes
    /// without a name is read as JSON.
    var isOfUnknownMedia: Bool {
        guard !self.bytes.isEmpty, let type = self.header("Content-Type")?.lowercased() else {
            return false
        }
        return !["json", "xml", "text/csv", "multipart/"].contains { type.contains($0) }
    }

    /// Whether it may be a part of another request: those do not lie in each other.
    var isAllowedInside: Bool {
        guard self.target.path.count > 2, self.target.path[0] == "services",
            self.target.path[1] == "data"
        else { return false }
        if self.path.first == "tooling" { return false }
        return self.path.first != "composite" || self.path.dropFirst().first == "sobjects"
    }

    /// Calls against the daily limit: only `composite/batch` costs more than one.
    var cost: Int {
        guard self.kind == .compositeBatch else { return 1 }
        return max(1, self.body?["batchRequests"]?.count ?? 1)
    }

    var kind: MockSalesforceCall.Kind {
        switch self.path.first {
        case "query", "queryAll": self.path.count > 1 ? .queryMore : .query
        case "limits": .limits
        case "jobs", "job": .bulk
        case "search", "parameterizedSearch": .search
        case "composite": self.compositeKind
        case "sobjects": self.recordKind
        default: .other
        }
    }

    private var compositeKind: MockSalesforceCall.Kind {
        guard self.path.count > 1 else { return .composite }
        guard self.path[1] == "sobjects" else {
            return self.path[1] == "batch" ? .compositeBatch : .other
        }
        switch self.method {
        case .get: return .collectionRead
        case .post: return self.path.count > 2 ? .collectionRead : .collectionCreate
        case .patch: return self.path.count > 2 ? .collectionUpsert : .collectionUpdate
        case .delete: return .collectionDelete
        case .put: return .other
        }
    }

    private var recordKind: MockSalesforceCall.Kind {
        guard self.path.count > 1 else { return .describeGlobal }
        if self.path.last == "describe" { return .describe }
        if self.path.count == 3, ["updated", "deleted"].contains(self.path[2]) {
            return .updatedOrDeleted
        }
        switch self.method {
        case .get: return self.path.count == 2 ? .describe : .recordRead
        case .post: return .recordCreate
        case .patch: return self.path.count > 3 ? .recordUpsert : .recordUpdate
        case .delete: return .recordDelete
        case .put: return .other
        }
    }
}
