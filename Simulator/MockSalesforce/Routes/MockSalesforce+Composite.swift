import HTTPTransport
import WireJSON

extension MockSalesforce {
    private static let subrequestsMax = 25
    private static let queriesMax = 5

    /// One subrequest as the client wrote it.
    struct Subrequest {
        var reference: String
        var request: RESTRequest
        var url: String
        var body: JSON?
    }

    mutating func composite(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.post], request)
        let parts = try self.subrequests(request)
        let isAllOrNone = request.body?["allOrNone"]?.boolean ?? false
        let replies = self.run(parts, isAllOrNone, context).replies
        return RESTReply.json(reserving: Self.size(replies)) { writer in
            writer.object { Self.write(replies, to: &$0) }
        }
    }

    static func size(_ replies: [(reference: String, reply: RESTReply)]) -> Int {
        replies.reduce(256) { $0 + ($1.reply.body?.count ?? 0) + 128 }
    }

    static func write(
        _ replies: [(reference: String, reply: RESTReply)],
        to writer: inout JSONWriter
    ) {
        writer.name("compositeResponse")
        writer.array { writer in
            for (reference, reply) in replies { Self.write(reply, reference, to: &writer) }
        }
    }

    /// Carries subrequests out one after the other; with all or none a failure undoes them all.
    mutating func run(
        _ parts: [Subrequest],
        _ isAllOrNone: Bool,
        _ context: WriteContext
    ) -> (replies: [(reference: String, reply: RESTReply)], isWhole: Bool) {
        let saved = isAllOrNone ? self.org : nil
        var replies: [(reference: String, reply: RESTReply)] = []
        var failed: Int?
        for part in parts {
            let reply = self.perform(part, after: replies, isAllOrNone, context)
            replies.append((part.reference, reply))
            if isAllOrNone, reply.status >= 400 || reply.hasFailedRows {
                failed = replies.count - 1
                break
            }
        }
        if let failed, let saved {
            self.org = saved
            let halted = RESTReply(
                RequestFailure(
                    "PROCESSING_HALTED",
                    "The transaction was rolled back since another operation in the same "
                        + "transaction failed."
                )
            )
            replies = parts.enumerated().map { place, part in
                (part.reference, place == failed ? replies[failed].reply : halted)
            }
        }
        return (replies, failed == nil)
    }

    private static func write(
        _ reply: RESTReply,
        _ reference: String,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("body")
            if let body = reply.body { writer.raw(body) } else { writer.null() }
            writer.name("httpHeaders")
            writer.object { writer in
                for header in reply.headers { writer.member(header.name, header.value) }
            }
            writer.member("httpStatusCode", reply.status)
            writer.member("referenceId", reference)
        }
    }

    private mutating func perform(
        _ part: Subrequest,
        after replies: [(reference: String, reply: RESTReply)],
        _ isAllOrNone: Bool,
        _ context: WriteContext
    ) -> RESTReply {
        var request = part.request
        do throws(RequestFailure) {
            let references = ReplyReferences(replies: replies)
            if part.url.contains("@{") {
                request = RESTRequest(
                    method: request.method,
                    target: RequestTarget(try references.resolve(part.url)),
                    headers: request.headers,
                    body: request.body
                )
            }
            request.body = try references.resolve(part.body)
        } catch {
            return RESTReply(error)
        }
        request.forcesAllOrNone = isAllOrNone
        guard request.isAllowedInside else {
            return RESTReply(
                RequestFailure(
                    "INVALID_INPUT",
                    "The requested resource cannot be part of a composite request"
                )
            )
        }
        var context = context
        if !isAllOrNone { context.transaction = self.org.changeCount }
        return self.route(request, context)
    }

    private func subrequests(_ request: RESTRequest) throws(RequestFailure) -> [Subrequest] {
        guard let list = request.body?["compositeRequest"], list.kind == .array else {
            throw RequestFailure(
                "JSON_PARSER_ERROR",
                "The property 'compositeRequest' is required"
            )
        }
        guard list.count <= Self.subrequestsMax else {
            throw RequestFailure(
                "LIMIT_EXCEEDED",
                "A composite request may hold at most 25 subrequests"
            )
        }
        var parts: [Subrequest] = []
        var references: Set<String> = []
        var queries = 0
        for element in list.elements {
            let part = try self.subrequest(element)
            guard references.insert(part.reference).inserted else {
                throw RequestFailure(
                    "INVALID_INPUT",
                    "Duplicate reference id: \(part.reference)"
                )
            }
            let path = part.request.path
            if ["query", "queryAll"].contains(path.first)
                || path.starts(with: ["composite", "sobjects"])
            {
                queries += 1
            }
            parts.append(part)
        }
        guard queries <= Self.queriesMax else {
            throw RequestFailure(
                "LIMIT_EXCEEDED",
                "A composite request may hold at most 5 query and sObject Collections subrequests"
            )
        }
        return parts
    }

    func subrequest(_ element: JSON) throws(RequestFailure) -> Subrequest {
        guard let method = element["method"]?.string.flatMap(HTTPMethod.init(rawValue:)),
            let url = element["url"]?.string, let reference = element["referenceId"]?.string,
            !reference.isEmpty
        else {
            throw RequestFailure(
                "JSON_PARSER_ERROR",
                "Each subrequest needs the properties method, url and referenceId"
            )
        }
        let isPlain = reference.utf8.allSatisfy {
            $0 == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        }
        guard isPlain else {
            throw RequestFailure("INVALID_INPUT", "Provided referenceId is not valid: \(reference)")
        }
        var headers: [HTTPHeader] = []
        for member in element["httpHeaders"]?.members ?? [] {
            guard
                !["accept", "authorization", "content-type"].contains(member.name.lowercased())
            else {
                throw RequestFailure(
                    "INVALID_INPUT",
                    "The header \(member.name) is not allowed in a subrequest"
                )
            }
            headers.append(HTTPHeader(member.name, member.value.string ?? ""))
        }
        let request = RESTRequest(
            method: method,
            target: RequestTarget(url),
            headers: headers,
            body: nil
        )
        return Subrequest(
            reference: reference,
            request: request,
            url: url,
            body: element["body"]
        )
    }

    /// `composite/batch`: each part is billed, commits by itself and names its own version.
    mutating func batch(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.post], request)
        guard let list = request.body?["batchRequests"], list.kind == .array else {
            throw RequestFailure("JSON_PARSER_ERROR", "The property 'batchRequests' is required")
        }
        guard list.count <= Self.subrequestsMax else {
            throw RequestFailure(
                "LIMIT_EXCEEDED",
                "A batch request may hold at most 25 subrequests"
            )
        }
        let haltsOnError = request.body?["haltOnError"]?.boolean ?? false
        var replies: [RESTReply] = []
        var hasErrors = false
        for element in list.elements {
            if hasErrors, haltsOnError {
                let halted = RequestFailure(
                    "BATCH_PROCESSING_HALTED",
                    "Batch processing was halted due to errors in a previous request",
                    status: 412
                )
                replies.append(RESTReply(halted))
                continue
            }
            guard let method = element["method"]?.string.flatMap(HTTPMethod.init(rawValue:)),
                let url = element["url"]?.string
            else { throw RequestFailure("JSON_PARSER_ERROR", "method and url are required") }
            let target = RequestTarget(
                url.hasPrefix("/services/") ? url : "/services/data/\(url)"
            )
            let part = RESTRequest(
                method: method,
                target: target,
                headers: [],
                body: element["richInput"]
            )
            var context = context
            context.transaction = self.org.changeCount
            let reply =
                part.isAllowedInside
                ? self.route(part, context)
                : RESTReply(
                    RequestFailure(
                        "INVALID_INPUT",
                        "The requested resource cannot be part of a batch request"
                    )
                )
            if reply.status >= 400 { hasErrors = true }
            replies.append(reply)
        }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("hasErrors", hasErrors)
                writer.name("results")
                writer.array { writer in
                    for reply in replies {
                        writer.object { writer in
                            writer.member("statusCode", reply.status)
                            writer.name("result")
                            if let body = reply.body { writer.raw(body) } else { writer.null() }
                        }
                    }
                }
            }
        }
    }
}
