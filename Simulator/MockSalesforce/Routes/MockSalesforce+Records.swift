import HTTPTransport
import WireJSON

extension MockSalesforce {
    mutating func createRecord(
        _ table: Int,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let inputs = try Self.body(request)
        try self.requireWritable(table, \.isCreateable)
        try self.requireUnlocked(nil, context)
        let id = try self.org.create(table, inputs, context)
        return self.created(table, id, request, isUpsert: false)
    }

    mutating func record(
        _ table: Int,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get, .patch, .delete], request)
        let id = request.path[2]
        guard let row = self.org.tables[table].row(ofID: SalesforceID.canonical(id) ?? "") else {
            throw RequestFailure(
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: \(id)",
                status: 404
            )
        }
        if request.method == .get { return try self.read(table, row, request, context.now) }
        return try self.writeRecord(table, row, request, context)
    }

    mutating func recordByExternalID(
        _ table: Int,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get, .patch, .delete], request)
        let object = self.org.tables[table].object
        guard let place = object.place(of: request.path[2]), object.fields[place].isIDLookup else {
            throw RequestFailure(
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: "
                    + request.path[2],
                status: 404
            )
        }
        let rows = self.visibleHolders(table, place, .text(request.path[3]))
        guard rows.count <= 1 else { return self.severalMatches(table, rows, request) }
        if let row = rows.first {
            if request.method == .get { return try self.read(table, row, request, context.now) }
            try self.refuseKeyInBody(object.fields[place], request)
            return try self.writeRecord(table, row, request, context, isUpsert: true)
        }
        guard request.method == .patch else { throw RequestFailure.notFound }
        try self.refuseKeyInBody(object.fields[place], request)
        try self.requireWritable(table, \.isCreateable)
        try self.requireUnlocked(nil, context)
        let key = FieldInput(object.fields[place].name, .text(request.path[3]))
        let id = try self.org.create(table, try Self.body(request) + [key], context)
        return self.created(table, id, request, isUpsert: true)
    }

    private mutating func writeRecord(
        _ table: Int,
        _ row: Int,
        _ request: RESTRequest,
        _ context: WriteContext,
        isUpsert: Bool = false
    ) throws(RequestFailure) -> RESTReply {
        let record = self.org.tables[table].rows[row]
        try self.requireReachable(record, context)
        let isDelete = request.method == .delete
        try self.requireWritable(table, isDelete ? \.isDeletable : \.isEditable)
        if let text = request.header("If-Unmodified-Since"),
            let limit = SalesforceTime.parseHTTP(text), record.current.stamp > limit
        {
            throw RequestFailure.preconditionFailed
        }
        if !isDelete { try self.requireTag(table, record.current, request) }
        if isDelete {
            try self.org.requireNoShadow(table, row, context)
            try self.org.requireUnreferenced(table, row)
            self.org.delete(table, row, context)
            return RESTReply(status: 204)
        }
        let inputs = try Self.body(request)
        if inputs.contains(where: { $0.name.lowercased() == "id" }) {
            throw RequestFailure(
                "INVALID_FIELD",
                "The Id field should not be specified in the sobject data."
            )
        }
        try self.org.update(table, row, inputs, context)
        guard isUpsert else { return RESTReply(status: 204) }
        return RESTReply.json { writer in
            Self.writeSuccess(record.id, isCreated: false, to: &writer)
        }
    }

    private func read(
        _ table: Int,
        _ row: Int,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let record = self.org.tables[table].rows[row]
        guard !record.isHidden, let version = record.visible(at: now), !version.isDeleted else {
            throw RequestFailure.notFound
        }
        if let text = request.header("If-Modified-Since"),
            let limit = SalesforceTime.parseHTTP(text), version.stamp <= limit
        {
            return RESTReply(status: 304)
        }
        let tag = self.entityTag(table, version)
        if let tag, let text = request.header("If-None-Match"),
            EntityTags(text)?.match(tag) ?? false
        {
            return RESTReply(status: 304)
        }
        if let tag, let text = request.header("If-Match"), let tags = EntityTags(text),
            !tags.match(tag)
        {
            throw RequestFailure.preconditionFailed
        }
        var projection = QueryPlanner.projectAll(table, of: self.org)
        if let names = request.target.value("fields") {
            let fields = names.split(separator: ",").map { String($0) }
            projection = try self.projection(table, fields)
        }
        var rows = RowWriter(org: self.org, now: now, version: request.version)
        var reply = RESTReply.json { writer in rows.write(row, projection, to: &writer) }
        reply.headers.append(
            HTTPHeader("Last-Modified", SalesforceTime.formatHTTP(version.stamp))
        )
        if let tag { reply.headers.append(HTTPHeader("ETag", tag)) }
        return reply
    }

    /// The named fields of an object; one unknown name fails them all.
    func projection(_ table: Int, _ names: [String]) throws(RequestFailure) -> Projection {
        var projection = Projection(table: table)
        let object = self.org.tables[table].object
        for name in names {
            guard let place = object.place(of: name) else {
                throw RequestFailure(
                    "INVALID_FIELD",
                    "No such column '\(name)' on sobject of type \(object.name)"
                )
            }
            projection.add(place, of: object)
        }
        return projection
    }

    private func created(
        _ table: Int,
        _ id: String,
        _ request: RESTRequest,
        isUpsert: Bool
    ) -> RESTReply {
        var reply = RESTReply.json(status: 201) { writer in
            Self.writeSuccess(id, isCreated: isUpsert ? true : nil, to: &writer)
        }
        let name = self.org.tables[table].object.name
        reply.headers.append(
            HTTPHeader("Location", "/services/data/\(request.version)/sobjects/\(name)/\(id)")
        )
        return reply
    }

    static func writeSuccess(_ id: String, isCreated: Bool?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("success", true)
            writer.name("errors")
            writer.array { _ in }
            if let isCreated { writer.member("created", isCreated) }
        }
    }

    private func severalMatches(
        _ table: Int,
        _ rows: [Int],
        _ request: RESTRequest
    ) -> RESTReply {
        let object = self.org.tables[table]
        return RESTReply.json(status: 300) { writer in
            writer.array { writer in
                for row in rows {
                    writer.string(
                        "/services/data/\(request.version)/sobjects/\(object.object.name)/"
                            + object.rows[row].id
                    )
                }
            }
        }
    }

    private func refuseKeyInBody(
        _ field: MockField,
        _ request: RESTRequest
    ) throws(RequestFailure) {
        let names = request.body?.members.map { $0.name.lowercased() } ?? []
        guard !names.contains(field.name.lowercased()) else {
            throw RequestFailure(
                "INVALID_FIELD",
                "The \(field.name) field should not be specified in the sobject data."
            )
        }
    }

    private static func body(_ request: RESTRequest) throws(RequestFailure) -> [FieldInput] {
        guard let body = request.body, body.kind == .object else {
            throw RequestFailure.noBody
        }
        return FieldInput.members(of: body)
    }

    /// The rows that an external id finds: live ones that the user can see.
    func visibleHolders(_ table: Int, _ place: Int, _ value: Value) -> [Int] {
        self.org.holders(table, place, value).filter { !self.org.tables[table].rows[$0].isHidden }
    }

    func requireWritable(
        _ table: Int,
        _ right: KeyPath<MockSalesforceObjectAccess, Bool>
    ) throws(RequestFailure) {
        let object = self.org.tables[table].object
        if object.isWritable, !object.access[keyPath: right] {
            // Recorded for creates; the two others are refused like a record that is not shared.
            throw right == \.isCreateable
                ? RequestFailure(
                    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                    "entity type cannot be inserted: \(object.label)",
                    fields: []
                )
                : RequestFailure(
                    "INSUFFICIENT_ACCESS_OR_READONLY",
                    "insufficient access rights on object id",
                    fields: [],
                    status: 403
                )
        }
        guard object.isWritable else {
            throw RequestFailure(
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                "entity type \(object.name) does not support this operation here",
                fields: []
            )
        }
    }

    /// Refuses rows that are deleted, not shared or held by another transaction.
    mutating func requireReachable(
        _ row: MockRow,
        _ context: WriteContext
    ) throws(RequestFailure) {
        if row.isPurged {
            throw RequestFailure(
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
                fields: [],
                status: 404
            )
        }
        if row.current.isDeleted { throw RequestFailure.isDeleted }
        if row.isHidden {
            throw RequestFailure(
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "insufficient access rights on cross-reference id: \(row.id.prefix(15))",
                fields: []
            )
        }
        try self.requireUnlocked(row.id, context)
    }

    mutating func requireUnlocked(
        _ id: String?,
        _ context: WriteContext
    ) throws(RequestFailure) {
        let isHit = self.faultCounts.hitsLockedRow(self.faults)
        let isHeld = id.map { self.faults.lockedRecordIDs.contains($0) } ?? false
        guard isHit || isHeld || context.areRowsLocked else { return }
        if isHit { self.faultsFired[.lockedRows, default: 0] += 1 }
        throw RequestFailure.isLocked(id ?? "<unknown>")
    }
}
