extension MockOrg {
    /// Checks a record's members against describe and gives the values to store.
    ///
    /// The order is the vendor's: unknown fields, then fields that may not be written, then
    /// every bad value at once.
    func checked(
        _ inputs: [FieldInput],
        _ table: Int,
        row: Int?,
        _ context: WriteContext
    ) throws(RequestFailure) -> [FieldWrite] {
        let object = self.tables[table].object
        var located: [(input: FieldInput, place: Int)] = []
        for input in inputs {
            located.append((input, try self.place(of: input, object, context)))
        }
        if !context.isSeed { try self.requireWritable(located, object, creating: row == nil) }
        var writes: [FieldWrite] = []
        var errors: [MockSalesforceError] = []
        for (input, place) in located {
            do throws(RequestFailure) {
                let value = try self.value(of: input, object.fields[place], object, context)
                writes.append(FieldWrite(place: place, value: value))
            } catch {
                errors.append(contentsOf: error.errors)
            }
        }
        guard errors.isEmpty else { throw RequestFailure(errors) }
        return writes
    }

    private func place(
        of input: FieldInput,
        _ object: MockObject,
        _ context: WriteContext
    ) throws(RequestFailure) -> Int {
        // What the org itself writes is not held to what the user sees.
        let own =
            context.isSeed ? object.systemPlace(of: input.name) : object.place(of: input.name)
        if let own { return own }
        if case .parent = input.content, let place = object.place(ofRelationship: input.name) {
            return place
        }
        throw RequestFailure(
            "INVALID_FIELD",
            "No such column '\(input.name)' on sobject of type \(object.name)"
        )
    }

    private func requireWritable(
        _ located: [(input: FieldInput, place: Int)],
        _ object: MockObject,
        creating: Bool
    ) throws(RequestFailure) {
        var refused: [String] = []
        for (_, place) in located {
            let field = object.fields[place]
            if field.type == .id, creating {
                throw RequestFailure(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "cannot specify Id in an insert call",
                    fields: ["Id"]
                )
            }
            if field.isLocked || (creating ? !field.isCreateable : !field.isUpdateable) {
                refused.append(field.name)
            }
        }
        guard !refused.isEmpty else { return }
        throw RequestFailure(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            "Unable to create/update fields: \(refused.joined(separator: ", ")). "
                + "Please check the security settings of this field and verify that it is "
                + "read/write for your profile or permission set.",
            fields: refused
        )
    }

    private func value(
        of input: FieldInput,
        _ field: MockField,
        _ object: MockObject,
        _ context: WriteContext
    ) throws(RequestFailure) -> Value {
        switch input.content {
        case .unusable:
            throw RequestFailure(
                "JSON_PARSER_ERROR",
                "Cannot deserialize instance of \(field.type.rawValue) from START_OBJECT value { "
                    + "or request may be missing a required field at [line:1, column:1]"
            )
        case .parent(let name, let value):
            return .text(try self.parent(field, name, value))
        case .value(let value):
            let converted = try FieldConversion(field: field, trimsText: context.trimsText)
                .convert(value)
            if context.isSeed { return converted }
            try self.requireReference(converted, field, object)
            return converted
        }
    }

    /// The id of the parent that an external id names.
    private func parent(
        _ field: MockField,
        _ name: String,
        _ value: Value
    ) throws(RequestFailure) -> String {
        for target in field.referenceTo {
            guard let table = self.table(target),
                let place = self.tables[table].object.place(of: name),
                self.tables[table].object.fields[place].isIndexed
            else { continue }
            let text = value.wireText
            if let holder = self.holders(table, place, .text(text)).first {
                return self.tables[table].rows[holder].id
            }
            throw RequestFailure(
                "INVALID_FIELD",
                "Foreign key external ID: \(text) not found for field \(name) in entity "
                    + self.tables[table].object.name,
                fields: []
            )
        }
        throw RequestFailure(
            "INVALID_FIELD",
            "No such column '\(name)' on sobject of type \(field.referenceTo.first ?? "Name")",
            fields: []
        )
    }

    private func requireReference(
        _ value: Value,
        _ field: MockField,
        _ object: MockObject
    ) throws(RequestFailure) {
        guard field.type == .reference, let id = value.text else { return }
        let prefixes = field.referenceTo.compactMap { name in
            self.table(name).map { self.tables[$0].object.keyPrefix }
        }
        guard prefixes.isEmpty || prefixes.contains(String(id.prefix(3))) else {
            throw RequestFailure(
                "MALFORMED_ID",
                "\(field.label): id value of incorrect type: \(id)",
                fields: [field.name]
            )
        }
        guard !prefixes.isEmpty else { return }
        guard let parent = self.row(ofID: id), !parent.isPurged, !parent.current.isDeleted else {
            throw RequestFailure(
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
                fields: []
            )
        }
        if field.name == "OwnerId" { try self.requireQueue(id, object) }
        guard field.name == "OwnerId", let users = self.table("User"),
            self.table(ofID: id) == users,
            let place = self.tables[users].object.place(of: "IsActive"),
            parent.current.value(place) == .boolean(false)
        else { return }
        throw RequestFailure(
            "INACTIVE_OWNER_OR_USER",
            "operation performed with inactive user [\(id.prefix(15))] as owner of "
                + object.name.lowercased(),
            fields: []
        )
    }

    /// Refuses what points to a record that another transaction holds: writing a contact or an
    /// opportunity locks its account, a detail its master, and so do lookups that are not emptied.
    func requireFreeParent(
        _ table: Int,
        _ values: [Value],
        _ context: WriteContext
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        guard !context.heldRecords.isEmpty else { return }
        for (place, field) in object.fields.enumerated() where place < values.count {
            let isLocking =
                field.name == "AccountId" && ["Contact", "Opportunity"].contains(object.name)
                || field.lookupRule == .cascade || field.lookupRule == .restrict
            guard isLocking, !field.isRemoved, let parent = values[place].text,
                context.heldRecords.contains(parent)
            else { continue }
            throw RequestFailure.isLocked(parent)
        }
    }
}
