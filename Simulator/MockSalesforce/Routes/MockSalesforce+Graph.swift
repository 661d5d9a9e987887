import HTTPTransport
import WireJSON

/// `composite/graph`: several composites in one call, each of them all or none.
extension MockSalesforce {
    private static let graphsMax = 75
    private static let nodesMax = 500
    /// When more graphs than that have failed, the rest are not tried.
    private static let failedGraphsMax = 14
    private static let kindsMax = 15

    private struct Graph {
        var id: String
        var parts: [Subrequest]
    }

    mutating func graphs(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.post], request)
        let graphs = try self.parsed(request)
        var failed = 0
        var results: [(id: String, replies: [(reference: String, reply: RESTReply)], isWhole: Bool)]
        results = []
        for graph in graphs {
            if failed > Self.failedGraphsMax {
                let halted = RESTReply(
                    RequestFailure(
                        "PROCESSING_HALTED",
                        "The graph was not processed since too many other graphs failed."
                    )
                )
                let replies = graph.parts.map { (reference: $0.reference, reply: halted) }
                results.append((graph.id, replies, false))
                continue
            }
            var context = context
            context.transaction = self.org.changeCount
            let (replies, isWhole) = self.run(graph.parts, true, context)
            if !isWhole { failed += 1 }
            results.append((graph.id, replies, isWhole))
        }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.name("graphs")
                writer.array { writer in
                    for result in results {
                        writer.object { writer in
                            writer.member("graphId", result.id)
                            writer.name("graphResponse")
                            writer.object { Self.write(result.replies, to: &$0) }
                            writer.member("isSuccessful", result.isWhole)
                        }
                    }
                }
            }
        }
    }

    private func parsed(_ request: RESTRequest) throws(RequestFailure) -> [Graph] {
        guard let list = request.body?["graphs"], list.kind == .array, !list.elements.isEmpty else {
            throw RequestFailure("JSON_PARSER_ERROR", "The property 'graphs' is required")
        }
        guard list.count <= Self.graphsMax else {
            throw RequestFailure("LIMIT_EXCEEDED", "Limit of 75 graphs per payload exceeded")
        }
        var graphs: [Graph] = []
        var ids: Set<String> = []
        var (nodes, kinds) = (0, Set<String>())
        for element in list.elements {
            guard let id = element["graphId"]?.string, ids.insert(id).inserted,
                let requests = element["compositeRequest"], requests.kind == .array
            else {
                throw RequestFailure(
                    "JSON_PARSER_ERROR",
                    "Each graph needs a graphId of its own and a compositeRequest"
                )
            }
            var graph = Graph(id: id, parts: [])
            var references: Set<String> = []
            for part in requests.elements {
                let part = try self.subrequest(part)
                guard references.insert(part.reference).inserted else {
                    throw RequestFailure(
                        "INVALID_INPUT",
                        "Duplicate reference id: \(part.reference)"
                    )
                }
                kinds.insert(try Self.kind(part.request))
                graph.parts.append(part)
            }
            nodes += graph.parts.count
            graphs.append(graph)
        }
        guard nodes <= Self.nodesMax else {
            throw RequestFailure("LIMIT_EXCEEDED", "Limit of 500 nodes per payload exceeded")
        }
        guard kinds.count <= Self.kindsMax else {
            throw RequestFailure("LIMIT_EXCEEDED", "Limit of 15 different nodes exceeded")
        }
        return graphs
    }

    /// Version, verb and object; only single records may be in a graph.
    private static func kind(_ request: RESTRequest) throws(RequestFailure) -> String {
        let path = request.path
        let isRecord =
            path.first == "sobjects"
            && (request.method == .post
                ? path.count == 2
                : (3...4).contains(path.count) && [.get, .patch, .delete].contains(request.method))
        guard isRecord else {
            throw RequestFailure(
                "INVALID_INPUT",
                "Only sObject rows are supported in a composite graph"
            )
        }
        return "\(request.version) \(request.method.rawValue) \(path[1].lowercased())"
    }
}
