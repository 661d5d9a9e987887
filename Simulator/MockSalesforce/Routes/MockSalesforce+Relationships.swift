import HTTPTransport
import WireJSON

/// Records that are reached over the names of relationships: `/sobjects/Contact/003…/Account`.
///
/// A reference leads to its record, which is read, changed or deleted as under its own address; the
/// name of children gives their rows as a query does (REST API, sObject Relationships, since 36.0).
extension MockSalesforce {
    /// As many references as SOQL follows.
    private static let referencesMax = 5

    /// Whether the part after the object is an id and not the name of a field.
    func isRelationship(_ table: Int, _ request: RESTRequest) -> Bool {
        request.path.count > 3
            && self.org.tables[table].object.place(of: request.path[2]) == nil
            && SalesforceID.canonical(request.path[2]).map { self.org.table(ofID: $0) } == table
    }

    mutating func related(
        _ table: Int,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let names = request.path.dropFirst(3)
        guard names.count <= Self.referencesMax else { throw RequestFailure.notFound }
        var (table, id) = (table, SalesforceID.canonical(request.path[2]) ?? "")
        for (index, name) in zip(names.indices, names) {
            let holder = try self.relatedVersion(table, id, context.now)
            let object = self.org.tables[table].object
            if let place = object.place(ofRelationship: name) {
                // A reference that is empty cannot be followed.
                guard let next = holder.value(place).text, let target = self.org.table(ofID: next),
                    self.org.tables[target].object.access.isReadable
                else { throw RequestFailure.notFound }
                (table, id) = (target, next)
                continue
            }
            guard index == names.indices.last,
                let children = self.org.childRelationships(of: table).first(where: {
                    $0.name?.lowercased() == name.lowercased()
                })
            else { throw RequestFailure.notFound }
            return try self.relatedRows(children, of: id, request, context.now)
        }
        var own = request
        own.path = ["sobjects", self.org.tables[table].object.name, id]
        return try self.record(table, own, context)
    }

    private func relatedVersion(
        _ table: Int,
        _ id: String,
        _ now: Int64
    ) throws(RequestFailure) -> MockVersion {
        guard let row = self.org.tables[table].row(ofID: id) else { throw RequestFailure.notFound }
        let record = self.org.tables[table].rows[row]
        guard !record.isHidden, let version = record.visible(at: now), !version.isDeleted else {
            throw RequestFailure.notFound
        }
        return version
    }

    private mutating func relatedRows(
        _ children: MockChildRelationship,
        of id: String,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        let object = self.org.tables[children.table].object
        var fields = object.fields.filter(\.isVisible).map(\.name)
        if let names = request.target.value("fields") {
            fields = names.split(separator: ",").map(String.init)
            _ = try self.projection(children.table, fields)
        }
        let statement =
            "SELECT \(fields.joined(separator: ", ")) FROM \(object.name) "
            + "WHERE \(object.fields[children.place].name) = '\(id)'"
        let query = try SOQLParser.parse(statement)
        return try self.answer(query, statement, request, now, self.pageRows(request))
    }
}
