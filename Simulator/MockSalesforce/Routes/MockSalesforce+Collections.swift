import HTTPTransport
import WireJSON

extension MockSalesforce {
    private static let rowsMax = 200
    private static let readIDsMax = 2000
    private static let chunksMax = 10

    mutating func collections(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        switch (request.method, request.path.count) {
        case (.post, 2): return try self.writeRows(request, context, as: .create)
        case (.patch, 2): return try self.writeRows(request, context, as: .update)
        case (.delete, 2): return try self.writeRows(request, context, as: .delete)
        case (.patch, 4):
            let table = try self.objectTable(request.path[2])
            let object = self.org.tables[table].object
            guard let place = object.place(of: request.path[3]),
                object.fields[place].isIDLookup || object.fields[place].type == .id
            else {
                throw RequestFailure(
                    "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: "
                        + request.path[3],
                    status: 404
                )
            }
            return try self.writeRows(request, context, as: .upsert(table: table, place: place))
        case (.post, 3), (.get, 3):
            return try self.readRows(request, context.now)
        case (.get, _), (.post, _), (.put, _), (.patch, _), (.delete, _):
            throw RequestFailure.notFound
        }
    }

    private mutating func writeRows(
        _ request: RESTRequest,
        _ context: WriteContext,
        as verb: CollectionVerb
    ) throws(RequestFailure) -> RESTReply {
        let rows = try self.rows(request, verb)
        let repeated = self.repeatedKeys(rows, verb)
        let isAllOrNone = request.forcesAllOrNone || Self.isAllOrNone(request)
        let saved = isAllOrNone ? self.org : nil
        var context = context
        self.beginSave(&context)
        var outcomes: [RowOutcome] = []
        outcomes.reserveCapacity(rows.count)
        for row in rows {
            outcomes.append(self.writeRow(row, repeated, context, verb))
        }
        let hasFailure = outcomes.contains { $0.errors != nil }
        if hasFailure, let saved {
            self.org = saved
            for place in outcomes.indices where outcomes[place].errors == nil {
                outcomes[place].rollBack(keepsID: verb.keepsID)
            }
        }
        var reply = RESTReply.json(reserving: outcomes.count * 64) { writer in
            writer.array { writer in
                for outcome in outcomes { outcome.write(to: &writer) }
            }
        }
        reply.hasFailedRows = hasFailure
        return reply
    }

    mutating func writeRow(
        _ row: CollectionRow,
        _ repeated: Set<String>,
        _ context: WriteContext,
        _ verb: CollectionVerb
    ) -> RowOutcome {
        do throws(RequestFailure) {
            switch verb {
            case .create:
                let table = try self.objectTable(row.type)
                try self.requireWritable(table, \.isCreateable)
                try self.requireUnlocked(nil, context)
                return RowOutcome(id: try self.org.create(table, row.inputs, context))
            case .update, .delete:
                return try self.writeByID(row, repeated, context, verb)
            case .upsert(let table, let place):
                return try self.upsertRow(row, repeated, context, table, place)
            }
        } catch {
            // Lists report a bad JSON type as an error of the row.
            let errors = error.errors.map { error in
                error.code == "JSON_PARSER_ERROR"
                    ? MockSalesforceError("INVALID_TYPE_ON_FIELD_IN_RECORD", error.message)
                    : error
            }
            let id = row.id.flatMap { SalesforceID.canonical($0) }
            return RowOutcome(id: verb.keepsID ? id : nil, errors: errors)
        }
    }

    private mutating func writeByID(
        _ row: CollectionRow,
        _ repeated: Set<String>,
        _ context: WriteContext,
        _ verb: CollectionVerb
    ) throws(RequestFailure) -> RowOutcome {
        guard let text = row.id, !text.isEmpty else {
            throw RequestFailure(
                "MISSING_ARGUMENT",
                "Id not specified in an update call",
                fields: []
            )
        }
        guard let id = SalesforceID.canonical(text), let table = self.org.table(ofID: id) else {
            throw RequestFailure("MALFORMED_ID", "malformed id \(text)", fields: [])
        }
        let object = self.org.tables[table].object
        if case .update = verb, row.type.lowercased() != object.name.lowercased() {
            throw RequestFailure(
                "MALFORMED_ID",
                "\(row.type) ID: id value of incorrect type: \(text)",
                fields: ["Id"]
            )
        }
        if repeated.contains(id) {
            throw RequestFailure("DUPLICATE_VALUE", "Duplicate id specified: \(id)", fields: [])
        }
        guard let place = self.org.tables[table].row(ofID: id) else {
            throw RequestFailure(
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
                fields: []
            )
        }
        try self.requireReachable(self.org.tables[table].rows[place], context)
        if case .delete = verb {
            try self.requireWritable(table, \.isDeletable)
            try self.org.requireNoShadow(table, place, context)
            try self.org.requireUnreferenced(table, place)
            self.org.delete(table, place, context)
        } else {
            try self.requireWritable(table, \.isEditable)
            try self.org.update(table, place, row.inputs, context)
        }
        return RowOutcome(id: id)
    }

    private mutating func upsertRow(
        _ row: CollectionRow,
        _ repeated: Set<String>,
        _ context: WriteContext,
        _ table: Int,
        _ place: Int
    ) throws(RequestFailure) -> RowOutcome {
        let field = self.org.tables[table].object.fields[place]
        if field.type == .id {
            guard row.id != nil else {
                try self.requireWritable(table, \.isCreateable)
                try self.requireUnlocked(nil, context)
                let id = try self.org.create(table, row.inputs, context)
                return RowOutcome(id: id, isCreated: true)
            }
            var outcome = try self.writeByID(row, repeated, context, .update)
            outcome.isCreated = false
            return outcome
        }
        let value = try FieldConversion(field: field, trimsText: context.trimsText)
            .convert(row.value(of: field.name))
        guard let key = field.indexKey(value) else {
            throw RequestFailure(
                "MISSING_ARGUMENT",
                "\(field.name) not specified",
                fields: []
            )
        }
        if repeated.contains(key) {
            throw RequestFailure(
                "DUPLICATE_VALUE",
                "Duplicate external id specified: \(value.wireText)",
                fields: []
            )
        }
        let holders = self.visibleHolders(table, place, value)
        guard holders.count <= 1 else {
            let ids = holders.map { self.org.tables[table].rows[$0].id }.joined(separator: ", ")
            throw RequestFailure(
                "DUPLICATE_EXTERNAL_ID",
                "\(field.name): more than one record found for external id field: [\(ids)]",
                fields: []
            )
        }
        try self.requireWritable(table, holders.isEmpty ? \.isCreateable : \.isEditable)
        guard let holder = holders.first else {
            try self.requireUnlocked(nil, context)
            return RowOutcome(
                id: try self.org.create(table, row.inputs, context),
                isCreated: true
            )
        }
        let record = self.org.tables[table].rows[holder]
        try self.requireReachable(record, context)
        try self.org.update(table, holder, row.inputs, context)
        return RowOutcome(id: record.id, isCreated: false)
    }

    private func readRows(_ request: RESTRequest, _ now: Int64) throws(RequestFailure) -> RESTReply
    {
        let table = try self.objectTable(request.path[2])
        let isGet = request.method == .get
        func list(_ name: String) -> [String] {
            let text = isGet ? request.target.value(name) : nil
            return text?.split(separator: ",").map { String($0) }
                ?? request.body?[name]?.elements.compactMap(\.string) ?? []
        }
        let ids = list("ids")
        let fields = list("fields")
        guard ids.count <= Self.readIDsMax else {
            throw RequestFailure(
                "EXCEEDED_ID_LIMIT",
                "record limit reached. cannot submit more than 2000 records into this call"
            )
        }
        guard !fields.isEmpty else {
            throw RequestFailure("JSON_PARSER_ERROR", "The fields parameter is required")
        }
        let projection = try self.projection(table, fields)
        var rows = RowWriter(org: self.org, now: now, version: request.version)
        let data = self.org.tables[table]
        return RESTReply.json(reserving: ids.count * 256) { writer in
            writer.array { writer in
                for id in ids {
                    guard let id = SalesforceID.canonical(id), let row = data.row(ofID: id),
                        !data.rows[row].isHidden,
                        let version = data.rows[row].visible(at: now), !version.isDeleted
                    else {
                        writer.null()
                        continue
                    }
                    rows.write(row, projection, to: &writer)
                }
            }
        }
    }

    private func rows(
        _ request: RESTRequest,
        _ verb: CollectionVerb
    ) throws(RequestFailure) -> [CollectionRow] {
        var rows: [CollectionRow] = []
        if case .delete = verb {
            let ids = request.target.value("ids") ?? ""
            rows = ids.split(separator: ",").map { CollectionRow(id: String($0)) }
        } else {
            guard let records = request.body?["records"], records.kind == .array else {
                throw RequestFailure(
                    "JSON_PARSER_ERROR",
                    "The property 'records' is required and must be a list"
                )
            }
            for record in records.elements {
                rows.append(try self.collectionRow(record, verb))
            }
        }
        guard rows.count <= Self.rowsMax else {
            throw RequestFailure(
                "EXCEEDED_ID_LIMIT",
                "record limit reached. cannot submit more than 200 records into this call"
            )
        }
        var chunks = 0
        var last: String?
        for row in rows {
            let type = row.id.map { String($0.prefix(3)) } ?? row.type.lowercased()
            if type != last { chunks += 1 }
            last = type
        }
        guard chunks <= Self.chunksMax else {
            throw RequestFailure(
                "EXCEEDED_MAX_TYPES_LIMIT",
                "number of chunks of consecutive records of one type exceeds 10"
            )
        }
        return rows
    }

    private func collectionRow(
        _ record: JSON,
        _ verb: CollectionVerb
    ) throws(RequestFailure) -> CollectionRow {
        var row = CollectionRow(type: record["attributes"]?["type"]?.string ?? "")
        if case .upsert(let table, let place) = verb {
            let object = self.org.tables[table].object
            if row.type.isEmpty { row.type = object.name }
            row.inputs = FieldInput.members(of: record)
            guard object.fields[place].type == .id else { return row }
        } else {
            guard !row.type.isEmpty else {
                throw RequestFailure(
                    "INVALID_INPUT",
                    "The attribute 'type' is required on each record"
                )
            }
            row.inputs = FieldInput.members(of: record)
            if case .create = verb { return row }
        }
        row.id = (record["id"] ?? record["Id"])?.string
        row.inputs.removeAll { $0.name.lowercased() == "id" }
        return row
    }

    func repeatedKeys(_ rows: [CollectionRow], _ verb: CollectionVerb) -> Set<String> {
        var seen: Set<String> = []
        var repeated: Set<String> = []
        for row in rows {
            var key: String?
            switch verb {
            case .create: key = nil
            case .update, .delete: key = row.id.flatMap { SalesforceID.canonical($0) }
            case .upsert(let table, let place):
                let field = self.org.tables[table].object.fields[place]
                key =
                    field.type == .id
                    ? row.id.flatMap { SalesforceID.canonical($0) }
                    : field.indexKey(.text(row.value(of: field.name).wireText))
            }
            if let key, !key.isEmpty, !seen.insert(key).inserted { repeated.insert(key) }
        }
        return repeated
    }

    func objectTable(_ name: String) throws(RequestFailure) -> Int {
        guard let table = self.org.readableTable(name) else {
            throw RequestFailure(
                "INVALID_TYPE",
                "sObject type '\(name)' is not supported.",
                fields: []
            )
        }
        return table
    }

    private static func isAllOrNone(_ request: RESTRequest) -> Bool {
        request.body?["allOrNone"]?.boolean ?? (request.target.value("allOrNone") == "true")
    }
}
