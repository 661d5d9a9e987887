import HTTPTransport
import WireJSON

/// The Tooling API as far as a sync needs it: its own fields.
extension MockSalesforce {
    private static let externalIDsMax = 25
    private static let customFieldsMax = 500

    mutating func tooling(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard self.has(.viewSetup, context.author) else {
            throw Self.lacking("View Setup and Configuration")
        }
        let path = request.path
        switch path.dropFirst().first {
        case "query" where path.count == 2:
            try Self.allow([.get], request)
            return try self.toolingQuery(request, context)
        case "sobjects" where path.count > 2 && path[2].lowercased() == "customfield":
            if path.count == 3 {
                try Self.allow([.post], request)
                return try self.createField(request, context)
            }
            guard path.count == 4 else { throw RequestFailure.notFound }
            try Self.allow([.get, .patch, .delete], request)
            return try self.customField(request, context)
        // Custom objects are made by the Metadata API; this one reads them only.
        case "sobjects"
        where (3...4).contains(path.count) && path[2].lowercased() == "customobject":
            try Self.allow([.get], request)
            guard path.count == 4 else { throw RequestFailure.notFound }
            return try self.customObject(request)
        default: throw RequestFailure.notFound
        }
    }

    private func toolingQuery(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard let statement = request.target.value("q") else {
            throw RequestFailure("MALFORMED_QUERY", "A query string has to be specified")
        }
        let query = try SOQLParser.parse(statement)
        var mock = self
        switch query.object.lowercased() {
        case "customfield": mock.org.addCustomFields()
        case "customobject": mock.org.addCustomObjects()
        case "entitydefinition", "fielddefinition":
            try mock.org.addDefinitions(for: query, context.author)
        default:
            throw SOQLError.invalidType(
                query.object,
                Array(statement.utf8),
                at: query.objectOffset
            )
        }
        let asksName = query.items.contains { item in
            guard case .expression(let expression, _) = item else { return false }
            return expression.path.parts.last?.lowercased() == "fullname"
        }
        if asksName { try mock.requireOneRow(query, statement, context.now) }
        var request = request
        request.version += "/tooling"
        request.path = ["query"]
        return try mock.answer(query, statement, request, context.now, Self.definitionRowsMax)
    }

    private func requireOneRow(
        _ query: SOQLQuery,
        _ statement: String,
        _ now: Int64
    ) throws(RequestFailure) {
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(statement.utf8),
            now: now,
            includesDeleted: false
        )
        let plan = try planner.plan(query)
        let run = QueryRun(org: self.org, now: now, includesDeleted: false, plan: plan)
        let count = run.rows().count
        guard count > 1 else { return }
        throw RequestFailure(
            "MALFORMED_QUERY",
            "When retrieving results with Metadata or FullName fields, the query qualifications "
                + "must specify no more than one row for retrieval. Result size: \(count)"
        )
    }

    // MARK: - CustomField

    private mutating func createField(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try self.requireCustomizing(context)
        guard let body = request.body, body.kind == .object else {
            throw RequestFailure.noBody
        }
        let fullName = (body["FullName"] ?? body["fullName"])?.string ?? ""
        let parts = fullName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let metadata = body["Metadata"], metadata.kind == .object else {
            throw RequestFailure(
                "REQUIRED_FIELD_MISSING",
                "Required fields are missing: [FullName, Metadata]",
                fields: ["FullName", "Metadata"]
            )
        }
        let (objects, name) = (try self.targets(String(parts[0])), String(parts[1]))
        guard MockSalesforceCustomObject.isName(name) else {
            throw CustomFieldMetadata.failure(
                "The name of a custom field has letters, digits and single underscores, begins "
                    + "with a letter and ends with __c: \(name)",
                "FullName"
            )
        }
        for object in objects { try self.requireRoom(for: name, on: object, metadata) }
        for object in objects {
            let field = try CustomFieldMetadata.field(name, on: object, metadata)
            try self.org.requireRelationship(field)
            self.org.addField(field)
            self.org.clearValues(of: name, in: object)
        }
        self.settings.metadataChangedAt = context.now
        let made = self.org.customFields.first { at, field in
            field.name == name && self.org.tables[at.table].object.name == objects[0]
        }
        return RESTReply.json(status: 201) { writer in
            writer.object { writer in
                writer.member("id", made?.at.id ?? "")
                writer.member("success", true)
                for name in ["errors", "warnings", "infos"] {
                    writer.name(name)
                    writer.array { _ in }
                }
            }
        }
    }

    /// The objects that get the field: those of activities share theirs.
    private func targets(_ name: String) throws(RequestFailure) -> [String] {
        if name == "Activity" { return ["Task", "Event"] }
        let table = self.org.table(name)
        if let table, self.org.tables[table].object.isSecured, !["Task", "Event"].contains(name) {
            return [self.org.tables[table].object.name]
        }
        throw RequestFailure(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "Entity Enumeration Or ID: bad value for restricted picklist field: \(name)",
            fields: ["TableEnumOrId"]
        )
    }

    private func requireRoom(
        for name: String,
        on object: String,
        _ metadata: JSON
    ) throws(RequestFailure) {
        guard let table = self.org.table(object) else { return }
        let custom = self.org.tables[table].object.fields.filter { $0.isCustom && !$0.isRemoved }
        guard !custom.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw RequestFailure(
                "DUPLICATE_DEVELOPER_NAME",
                "There is already a field named \(name) on \(object).",
                fields: ["DeveloperName"]
            )
        }
        let keys = custom.count(where: \.isExternalID)
        let isKey = metadata["externalId"]?.boolean == true
        guard custom.count < Self.customFieldsMax, !isKey || keys < Self.externalIDsMax else {
            throw RequestFailure(
                "LIMIT_EXCEEDED",
                "\(object) has its \(isKey ? "external id" : "custom") fields already",
                fields: []
            )
        }
    }

    private mutating func customField(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let id = SalesforceID.canonical(request.path[3])
        guard let (at, field) = self.org.customFields.first(where: { $0.at.id == id }) else {
            throw RequestFailure.notFound
        }
        let object = self.org.tables[at.table].object.name
        switch request.method {
        case .get:
            let isCustom = self.org.tables[at.table].object.isCustom
            let holder = isCustom ? self.org.definitionID(at.table) : object
            return Self.reply(at, field, of: (object, holder), request)
        case .delete:
            try self.requireCustomizing(context)
            self.removeField(field.name, of: object, at: context.now)
        case .patch, .post, .put:
            try self.requireCustomizing(context)
            guard let metadata = request.body?["Metadata"], metadata.kind == .object else {
                throw RequestFailure("JSON_PARSER_ERROR", "The property 'Metadata' is required")
            }
            let changed = try CustomFieldMetadata.field(field.name, on: object, metadata)
            guard changed.type == field.type else {
                throw CustomFieldMetadata.failure("The type cannot be changed here", "Metadata")
            }
            try self.org.requireRelationship(changed)
            self.org.addField(changed)
            self.settings.metadataChangedAt = context.now
        }
        return RESTReply(status: 204)
    }

    private func customObject(_ request: RESTRequest) throws(RequestFailure) -> RESTReply {
        let id = SalesforceID.canonical(request.path[3])
        let table = self.org.tables.indices.first {
            self.org.tables[$0].object.isCustom && !self.org.tables[$0].object.isRemoved
                && self.org.definitionID($0) == id
        }
        guard let table, let id else { throw RequestFailure.notFound }
        let name = self.org.tables[table].object.name
        let url = "/services/data/\(request.version)/tooling/sobjects/CustomObject/\(id)"
        return RESTReply.json { writer in
            writer.object { writer in
                writer.name("attributes")
                writer.object { writer in
                    writer.member("type", "CustomObject")
                    writer.member("url", url)
                }
                writer.member("Id", id)
                writer.member("DeveloperName", String(name.dropLast(3)))
                writer.member("ManageableState", "unmanaged")
                writer.member("SharingModel", "ReadWrite")
                for name in ["Description", "ExternalName", "NamespacePrefix"] {
                    writer.name(name)
                    writer.null()
                }
            }
        }
    }

    private static func reply(
        _ at: CustomFieldPlace,
        _ field: MockField,
        of object: (name: String, id: String),
        _ request: RESTRequest
    ) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                writer.name("attributes")
                writer.object { writer in
                    writer.member("type", "CustomField")
                    writer.member(
                        "url",
                        "/services/data/\(request.version)/tooling/sobjects/CustomField/\(at.id)"
                    )
                }
                writer.member("Id", at.id)
                writer.member("TableEnumOrId", object.id)
                writer.member("DeveloperName", String(field.name.dropLast(3)))
                writer.member("ManageableState", "unmanaged")
                writer.member("FullName", "\(object.name).\(field.name)")
                writer.name("Metadata")
                CustomFieldMetadata.write(field, to: &writer)
            }
        }
    }

    private func requireCustomizing(_ context: WriteContext) throws(RequestFailure) {
        guard self.has(.customizeApplication, context.author) else {
            throw Self.lacking("Customize Application")
        }
    }
}
