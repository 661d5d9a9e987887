/// Rows that are worked out for one query.
extension MockOrg {
    /// The most records whose access one query may ask for.
    private static let accessIDsMax = 200

    /// Adds the tables that a statement over a definition can name.
    mutating func addDefinitions(
        for query: SOQLQuery,
        _ author: String
    ) throws(RequestFailure) {
        let described = self.tables.map(\.object).filter(\.access.isReadable)
        switch query.object.lowercased() {
        case "userpermissionaccess": self.addPermissionAccess(author)
        case "userrecordaccess": try self.addRecordAccess(query)
        default: self.addShapes(described)
        }
    }

    private mutating func addShapes(_ objects: [MockObject]) {
        self.add(Definitions.entity)
        self.add(Definitions.field)
        for object in objects {
            let durable = object.isCustom ? self.table(object.name).map(self.definitionID) : nil
            let developerName = object.isCustom ? String(object.name.dropLast(3)) : object.name
            self.fill(
                "EntityDefinition",
                id: object.name,
                [
                    ("DurableId", .text(durable ?? object.name)),
                    ("QualifiedApiName", .text(object.name)),
                    ("DeveloperName", .text(developerName)), ("MasterLabel", .text(object.label)),
                    ("Label", .text(object.label)), ("PluralLabel", .text(object.labelPlural)),
                    ("KeyPrefix", .text(object.keyPrefix)), ("IsQueryable", .boolean(true)),
                    ("IsTriggerable", .boolean(object.isWritable)),
                    ("IsSearchable", .boolean(object.isWritable)),
                    ("IsCustomizable", .boolean(object.isSecured)),
                ]
            )
            for field in object.fields where !field.isRemoved { self.fill(field, of: object) }
        }
    }

    private mutating func fill(_ field: MockField, of object: MockObject) {
        let id = "\(object.name).\(field.name)"
        let developerName = field.isCustom ? String(field.name.dropLast(3)) : field.name
        self.fill(
            "FieldDefinition",
            id: id,
            [
                ("DurableId", .text(id)), ("QualifiedApiName", .text(field.name)),
                ("DeveloperName", .text(developerName)), ("MasterLabel", .text(field.label)),
                ("Label", .text(field.label)), ("DataType", .text(Definitions.dataType(field))),
                ("RelationshipName", field.relationshipName.map { .text($0) } ?? .null),
                ("Length", .number(String(field.length))),
                ("Precision", .number(String(field.precision))),
                ("Scale", .number(String(field.scale))), ("IsNillable", .boolean(field.isNillable)),
                ("IsIndexed", .boolean(field.isIndexed || field.type == .id)),
                ("IsCalculated", .boolean(field.isCalculated)),
                ("EntityDefinitionId", .text(object.name)),
            ]
        )
    }

    private mutating func addPermissionAccess(_ author: String) {
        let rights = self.rights(of: author)
        self.add(Definitions.permission)
        self.fill(
            "UserPermissionAccess",
            id: "UserPermissionAccess",
            MockSalesforceSystemPermission.allCases.map {
                ($0.column, .boolean(rights?.permissions.contains($0) ?? true))
            }
        )
    }

    /// What a user may do with the records that the statement names.
    private mutating func addRecordAccess(_ query: SOQLQuery) throws(RequestFailure) {
        var (users, records): ([String], [String]) = ([], [])
        Self.collect(query.condition, &users, &records)
        guard let user = users.first, users.count == 1, !records.isEmpty else {
            throw RequestFailure(
                "MALFORMED_QUERY",
                "Please specify UserId and RecordId to query UserRecordAccess"
            )
        }
        guard records.count <= Self.accessIDsMax else {
            throw RequestFailure("EXCEEDED_ID_LIMIT", "At most 200 record ids can be queried")
        }
        let rights = self.rights(of: user)
        self.add(Definitions.record)
        for id in records where self.row(ofID: id).map({ !$0.isPurged }) ?? false {
            guard let table = self.table(ofID: id), let row = self.row(ofID: id) else { continue }
            let object = self.tables[table].object
            var access = row.isHidden ? .none : rights?.access(to: object) ?? .all
            if !object.isWritable { (access.isEditable, access.isDeletable) = (false, false) }
            let isAll = access.isEditable && access.isDeletable
            let level =
                isAll
                ? "All"
                : access.isDeletable
                    ? "Delete" : access.isEditable ? "Edit" : access.isReadable ? "Read" : "None"
            self.fill(
                "UserRecordAccess",
                id: id,
                [
                    ("RecordId", .text(id)), ("UserId", .text(user)),
                    ("MaxAccessLevel", .text(level)),
                    ("HasReadAccess", .boolean(access.isReadable)),
                    ("HasEditAccess", .boolean(access.isEditable)),
                    ("HasDeleteAccess", .boolean(access.isDeletable)),
                    ("HasTransferAccess", .boolean(isAll)), ("HasAllAccess", .boolean(isAll)),
                ]
            )
        }
    }

    /// The ids that a condition compares `UserId` and `RecordId` with.
    private static func collect(
        _ condition: SOQLQuery.Condition?,
        _ users: inout [String],
        _ records: inout [String]
    ) {
        var (path, literals): (SOQLQuery.Path?, [SOQLQuery.Literal]) = (nil, [])
        switch condition {
        case .all(let parts):
            for part in parts { Self.collect(part, &users, &records) }
        case .compare(let expression, .equal, let literal, _):
            (path, literals) = (expression.path, [literal])
        case .member(let expression, negated: false, let values, _):
            (path, literals) = (expression.path, values)
        default: return
        }
        let ids = literals.compactMap { literal -> String? in
            guard case .string(let text) = literal else { return nil }
            return SalesforceID.canonical(text)
        }
        switch path?.parts.last?.lowercased() {
        case "userid": users += ids
        case "recordid": records += ids.filter { !records.contains($0) }
        default: return
        }
    }

    /// Puts a worked-out row into its table.
    mutating func fill(_ object: String, id: String, _ values: [(String, Value)]) {
        guard let table = self.table(object) else { return }
        let shape = self.tables[table].object
        var version = MockVersion(
            values: shape.defaultValues,
            stamp: 0,
            isDeleted: false,
            visibleAt: .min
        )
        // What a definition has instead of an id.
        let own = [("Id", Value.text("000000000000000AAA"))] + values
        for (name, value) in own {
            if let place = shape.place(of: name) { version.values[place] = value }
        }
        self.insert(MockRow(id: id, current: version), into: table)
    }
}
