import HTTPTransport
import WireJSON

/// `composite/tree`: records with their children, created together or not at all.
extension MockSalesforce {
    private static let treeRecordsMax = 200
    private static let treeDepthMax = 5

    /// One record of a tree and the place of its parent among those before it.
    private struct Node {
        var table: Int
        var reference: String
        var inputs: [FieldInput]
        var parent: (node: Int, field: String)?
    }

    mutating func tree(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.post], request)
        guard request.path.count == 3 else { throw RequestFailure.notFound }
        let table = try self.objectTable(request.path[2])
        guard let records = request.body?["records"], records.kind == .array else {
            throw RequestFailure("JSON_PARSER_ERROR", "The property 'records' is required")
        }
        var nodes: [Node] = []
        for record in records.elements {
            try self.collect(record, table, nil, depth: 1, into: &nodes)
        }
        let saved = self.org
        var context = context
        self.beginSave(&context)
        var ids: [String] = []
        var failures: [(reference: String, errors: [MockSalesforceError])] = []
        for node in nodes {
            do throws(RequestFailure) {
                try self.requireWritable(node.table, \.isCreateable)
                try self.requireUnlocked(nil, context)
                var inputs = node.inputs
                if let parent = node.parent, parent.node < ids.count {
                    inputs.append(FieldInput(parent.field, .text(ids[parent.node])))
                }
                ids.append(try self.org.create(node.table, inputs, context))
            } catch {
                ids.append("")
                failures.append((node.reference, error.errors))
            }
        }
        guard failures.isEmpty else {
            self.org = saved
            return Self.treeReply(status: 400, hasErrors: true) { writer in
                for failure in failures {
                    writer.object { writer in
                        writer.member("referenceId", failure.reference)
                        RESTReply.writeRowErrors(failure.errors, to: &writer)
                    }
                }
            }
        }
        return Self.treeReply(status: 201, hasErrors: false) { writer in
            for (node, id) in zip(nodes, ids) {
                writer.object { writer in
                    writer.member("referenceId", node.reference)
                    writer.member("id", id)
                }
            }
        }
    }

    private static func treeReply(
        status: Int,
        hasErrors: Bool,
        _ results: (inout JSONWriter) -> Void
    ) -> RESTReply {
        RESTReply.json(status: status) { writer in
            writer.object { writer in
                writer.member("hasErrors", hasErrors)
                writer.name("results")
                writer.array(results)
            }
        }
    }

    private func collect(
        _ record: JSON,
        _ table: Int,
        _ parent: (node: Int, field: String)?,
        depth: Int,
        into nodes: inout [Node]
    ) throws(RequestFailure) {
        guard nodes.count < Self.treeRecordsMax, depth <= Self.treeDepthMax else {
            throw RequestFailure(
                "LIMIT_EXCEEDED",
                "A tree may hold at most 200 records in 5 levels"
            )
        }
        guard record.kind == .object, let attributes = record["attributes"],
            let type = attributes["type"]?.string, self.org.table(type) == table,
            let reference = attributes["referenceId"]?.string,
            !nodes.contains(where: { $0.reference == reference })
        else {
            throw RequestFailure(
                "INVALID_INPUT",
                "Each record needs attributes with its type and a referenceId of its own"
            )
        }
        let children = self.org.childRelationships(of: table)
        var node = Node(table: table, reference: reference, inputs: [], parent: parent)
        var below: [(MockChildRelationship, [JSON])] = []
        for member in record.members where member.name != "attributes" {
            guard member.value.kind == .object, let list = member.value["records"] else {
                node.inputs.append(FieldInput(member.name, member.value))
                continue
            }
            let known = children.first { $0.name?.lowercased() == member.name.lowercased() }
            guard let known else {
                throw RequestFailure(
                    "INVALID_FIELD",
                    "No such relation '\(member.name)' on entity '\(type)'"
                )
            }
            below.append((known, list.elements))
        }
        let place = nodes.count
        nodes.append(node)
        for (relationship, records) in below {
            let field = self.org.tables[relationship.table].object.fields[relationship.place].name
            for record in records {
                try self.collect(
                    record,
                    relationship.table,
                    (place, field),
                    depth: depth + 1,
                    into: &nodes
                )
            }
        }
    }
}
