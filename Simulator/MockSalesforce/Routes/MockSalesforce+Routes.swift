import HTTPTransport
import WireJSON

extension MockSalesforce {
    /// Answers a request of an open session; inner requests of a Composite come here too.
    mutating func route(_ request: RESTRequest, _ context: WriteContext) -> RESTReply {
        if let rights = self.org.rights(of: context.author) {
            guard rights.permissions.contains(.apiEnabled) else {
                return RESTReply(Self.apiDisabled)
            }
            self.org.restrict(to: rights)
        }
        if request.isFirstBulk {
            return self.batchRoute(request, context)
        }
        var context = context
        context.duplicates = self.duplicateOptions(request)
        context.assignment = AssignmentChoice(header: request.header("Sforce-Auto-Assign"))
        do throws(RequestFailure) {
            guard Self.isVersion(request.version) else { throw RequestFailure.notFound }
            if request.isOfUnknownMedia {
                throw RequestFailure(
                    "UNSUPPORTED_MEDIA_TYPE",
                    "Content-Type header specified in HTTP request is not supported",
                    status: 415
                )
            }
            if request.isBodyMalformed {
                throw RequestFailure(
                    "JSON_PARSER_ERROR",
                    JSONFault.message(for: request.bytes)
                        ?? "Unexpected character encountered while parsing value at "
                        + "[line:1, column:1]"
                )
            }
            switch request.path.first {
            case .none: return self.resources(request, context)
            case "limits": return try self.limits(request, context)
            case "query", "queryAll": return try self.query(request, context)
            case "sobjects": return try self.records(request, context)
            // Reads over the API are no views: such a user has looked at nothing.
            case "recent" where request.path.count == 1:
                try Self.allow([.get], request)
                return RESTReply.json { writer in writer.array { _ in } }
            case "search": return try self.search(request, context.now)
            case "parameterizedSearch":
                return try self.parameterizedSearch(request, context.now)
            case "composite": return try self.compositeRoute(request, context)
            case "jobs": return try self.jobRoute(request, context)
            case "ui-api": return try self.objectInfo(request, context.now)
            case "tooling": return try self.tooling(request, context)
            case "event": return try self.eventSchema(request)
            case .some: throw RequestFailure.notFound
            }
        } catch {
            return RESTReply(error)
        }
    }

    private mutating func compositeRoute(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        switch request.path.dropFirst().first {
        case .none: return try self.composite(request, context)
        case "batch": return try self.batch(request, context)
        case "sobjects": return try self.collections(request, context)
        case "graph": return try self.graphs(request, context)
        case "tree": return try self.tree(request, context)
        case .some: throw RequestFailure.notFound
        }
    }

    private mutating func records(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let path = request.path
        guard path.count > 1 else {
            try Self.allow([.get], request)
            return self.describeGlobal(request)
        }
        if path.count == 3, path[2] == "eventSchema" { return try self.eventSchema(request) }
        guard let table = self.org.readableTable(path[1]) else { throw RequestFailure.notFound }
        switch path.count {
        case 2:
            try Self.allow([.get, .post], request)
            if request.method == .post { return try self.createRecord(table, request, context) }
            return self.describeBasic(table, request)
        case 3 where path[2] == "describe":
            try Self.allow([.get], request)
            return self.describe(table, request)
        case _ where self.isLayout(request): return try self.layouts(table, request)
        case _ where self.isListView(request):
            return try self.listViews(table, request, context.now)
        case 3 where path[2] == "updated" || path[2] == "deleted":
            try Self.allow([.get], request)
            return try self.replication(table, request, context.now)
        case 3: return try self.record(table, request, context)
        case _ where self.isRelationship(table, request):
            return try self.related(table, request, context)
        case 4: return try self.recordByExternalID(table, request, context)
        default: throw RequestFailure.notFound
        }
    }

    /// 21 to 30 were retired with Summer '25; 68 is Winter '27 (REST API: end of life).
    private static let versionNumbers = 31...68

    static var latestVersion: String { "\(Self.versionNumbers.upperBound).0" }

    /// `GET /services/data`: every version, oldest first.
    func versions() -> RESTReply {
        RESTReply.json { writer in
            writer.array { writer in
                for number in Self.versionNumbers
                where !self.faults.retiredVersions.contains("\(number).0") {
                    let season = ["Spring", "Summer", "Winter"][(number - 30) % 3]
                    let year = 14 + (number - 30 + (season == "Winter" ? 3 : 0)) / 3
                    writer.object { writer in
                        writer.member("label", "\(season) '\(year)")
                        writer.member("url", "/services/data/v\(number).0")
                        writer.member("version", "\(number).0")
                    }
                }
            }
        }
    }

    static func allow(
        _ methods: [HTTPMethod],
        _ request: RESTRequest
    ) throws(RequestFailure) {
        guard !methods.contains(request.method) else { return }
        // What can be read can be asked for its head; the server in front makes it of the reply.
        let names = methods.map(\.rawValue)
        let allowed = ((methods.contains(.get) ? ["HEAD"] : []) + names).joined(separator: ",")
        var failure = RequestFailure(
            "METHOD_NOT_ALLOWED",
            "HTTP Method '\(request.method.rawValue)' not allowed. Allowed are \(allowed)",
            status: 405
        )
        failure.allowed = allowed
        throw failure
    }

    private static func isVersion(_ version: String) -> Bool {
        Self.versionNumbers.contains { version == "v\($0).0" }
    }

    private func resources(_ request: RESTRequest, _ context: WriteContext) -> RESTReply {
        let host = request.target.origin.isEmpty ? nil : request.target.origin
        let origin =
            self.settings.instanceURL ?? host
            ?? "http://" + (request.header("Host") ?? "localhost")
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("identity", "\(origin)/id/\(self.organizationID)/\(context.author)")
                for name in [
                    "composite", "jobs", "limits", "parameterizedSearch", "query", "queryAll",
                    "recent", "search", "sobjects", "tooling", "ui-api",
                ] {
                    writer.member(name, "/services/data/\(request.version)/\(name)")
                }
            }
        }
    }
}
