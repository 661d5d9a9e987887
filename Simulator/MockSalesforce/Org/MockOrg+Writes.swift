extension MockOrg {
    /// Creates a record and returns its 18-character id.
    mutating func create(
        _ table: Int,
        _ inputs: [FieldInput],
        _ context: WriteContext
    ) throws(RequestFailure) -> String {
        var writes = try self.checked(inputs, table, row: nil, context)
        let object = self.tables[table].object
        var values = object.defaultValues
        for write in writes { values[write.place] = write.value }
        writes += try self.runFlows(table, &values, context)
        if let owner = self.assigned(table, values, context) {
            values[owner.place] = owner.value
            writes.append(owner)
        }
        try self.shapeAccount(table, &values, writes, isNew: true, context)
        let given = Set(writes.map(\.place))
        try self.requireFreeParent(table, values, context)
        try self.shapeProduct(table, &values, before: nil, given: given, context)
        self.derive(table, &values, before: nil, given: given, context)
        try self.shape(table, &values, before: nil, given: given, context)
        self.number(table, &values, given: given)
        self.countNumbers(table, &values, given: given, context)
        if !context.isSeed {
            self.applyRecordType(table, &values)
            try self.requireRecordType(table, values, writes)
            try self.requireValues(object, values, places: object.requiredPlaces)
            try self.requireValid(table, values, context)
            try self.requireNoDuplicate(table, values, row: nil, changed: nil, context)
            try self.requireUnique(table, writes, row: nil)
            try self.requireGrant(table, values, context)
        }
        self.reserveContact(table, &values)
        let givenID = self.tables[table].places.id.flatMap { values[$0].text }
        if let givenID, self.tables[table].row(ofID: givenID) != nil {
            throw RequestFailure("DUPLICATE_VALUE", "the id \(givenID) is there already")
        }
        let id = givenID ?? self.nextID(table)
        if object.isCustom, let place = self.tables[table].places.name, values[place].isNull {
            values[place] = .text(String(id.prefix(15)))
        }
        var version = MockVersion(
            values: values,
            stamp: context.stamp,
            isDeleted: false,
            visibleAt: context.visibleAt
        )
        self.stampCreation(&version, table, id: id, writes, context)
        self.insert(MockRow(id: id, current: version), into: table)
        if let row = self.tables[table].row(ofID: id) {
            let fields = self.differences(table, [], version.values)
            let isSeed = context.isSeed && !context.isMirror
            self.record(table, row, fields, context, as: isSeed ? .seed : .create)
            self.follow(table, row, context)
        }
        return id
    }

    /// Changes a record that exists and is not deleted.
    mutating func update(
        _ table: Int,
        _ row: Int,
        _ inputs: [FieldInput],
        _ context: WriteContext
    ) throws(RequestFailure) {
        let current = self.tables[table].rows[row].current
        if let place = self.tables[table].object.systemPlace(of: "IsConverted"), context.isRest,
            current.value(place) == .boolean(true)
        {
            throw RequestFailure(
                "CANNOT_UPDATE_CONVERTED_LEAD",
                "cannot reference converted lead",
                fields: []
            )
        }
        try self.requireNoShadow(table, row, context)
        var writes = try self.checked(inputs, table, row: row, context)
        var version = current
        version.visibleAt = context.visibleAt
        self.widen(&version, table)
        for write in writes { version.values[write.place] = write.value }
        writes += try self.runFlows(table, &version.values, context)
        if let owner = self.assigned(table, version.values, context) {
            version.values[owner.place] = owner.value
            writes.append(owner)
        }
        try self.shapeAccount(table, &version.values, writes, isNew: false, context)
        if !context.isSeed { try self.requireRecordType(table, version.values, writes) }
        try self.requireFreeParent(table, version.values, context)
        let given = Set(writes.map(\.place))
        try self.shapeProduct(
            table,
            &version.values,
            before: current.values,
            given: given,
            context
        )
        self.derive(table, &version.values, before: current.values, given: given, context)
        try self.shape(table, &version.values, before: current.values, given: given, context)
        try self.requireValues(
            self.tables[table].object,
            version.values,
            places: writes.map(\.place)
        )
        try self.requireValid(table, version.values, context)
        if !self.duplicateRules.isEmpty {
            let changed = writes.map(\.place).filter { version.values[$0] != current.value($0) }
            try self.requireNoDuplicate(
                table,
                version.values,
                row: row,
                changed: Set(changed),
                context
            )
        }
        try self.requireUnique(table, writes, row: row)
        let isChanged = version.values != current.values
        guard isChanged || context.movesStampsUnchanged else { return }
        self.stampChange(&version, table, context)
        self.push(version, on: row, of: table, context, as: context.kind)
        self.follow(table, row, context)
    }

    /// Brings in line what belongs together in activities and in addresses.
    private func shape(
        _ table: Int,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        try self.shapeActivity(table, &values, before: before, given: given, context)
        try self.shapeAddresses(table, &values, before: before, given: given, context)
    }

    /// Does what the org does by itself after a record was written.
    private mutating func follow(_ table: Int, _ row: Int, _ context: WriteContext) {
        self.dropEmptyGrant(table, row)
        self.mirrorPerson(table, row, context)
        self.sumLineItems(table, row, context)
    }

    /// Makes room for fields that were added after the version was written.
    func widen(_ version: inout MockVersion, _ table: Int) {
        let fields = self.tables[table].object.fields
        for field in fields.dropFirst(version.values.count) {
            version.values.append(field.defaultValue)
        }
    }

    /// Sets who changed it and when, and the computed name.
    func stampChange(_ version: inout MockVersion, _ table: Int, _ context: WriteContext) {
        let places = self.tables[table].places
        self.widen(&version, table)
        version.stamp = max(context.stamp, version.stamp)
        version.visibleAt = context.visibleAt
        if let place = places.systemModstamp { version.values[place] = .datetime(version.stamp) }
        if let place = places.lastModifiedDate { version.values[place] = .datetime(version.stamp) }
        if let place = places.lastModifiedByID { version.values[place] = .text(context.author) }
        self.computeName(&version, table)
    }

    private func stampCreation(
        _ version: inout MockVersion,
        _ table: Int,
        id: String,
        _ writes: [FieldWrite],
        _ context: WriteContext
    ) {
        let places = self.tables[table].places
        let given = Set(writes.map(\.place))
        func set(_ place: Int?, _ value: Value) {
            guard let place, !given.contains(place) else { return }
            version.values[place] = value
        }
        set(places.id, .text(id))
        set(places.isDeleted, .boolean(false))
        set(places.createdDate, .datetime(context.stamp))
        set(places.createdByID, .text(context.author))
        set(places.lastModifiedDate, .datetime(context.stamp))
        set(places.lastModifiedByID, .text(context.author))
        set(places.systemModstamp, .datetime(context.stamp))
        set(places.ownerID, .text(context.author))
        if let place = places.systemModstamp, let stamp = version.values[place].milliseconds {
            version.stamp = stamp
        }
        self.computeName(&version, table)
    }

    private func computeName(_ version: inout MockVersion, _ table: Int) {
        let places = self.tables[table].places
        guard let name = places.name, let last = places.lastName,
            !self.tables[table].object.fields[name].isCreateable
        else { return }
        let first = places.firstName.flatMap { version.values[$0].text }
        let parts = [first, version.values[last].text].compactMap(\.self)
        version.values[name] = parts.isEmpty ? .null : .text(parts.joined(separator: " "))
    }

    private func requireValues(
        _ object: MockObject,
        _ values: [Value],
        places: [Int]
    ) throws(RequestFailure) {
        var missing: [String] = []
        for place in places {
            let field = object.fields[place]
            if field.isRequired, !field.isRemoved, values[place].isNull {
                missing.append(field.name)
            }
        }
        guard !missing.isEmpty else { return }
        throw RequestFailure(
            "REQUIRED_FIELD_MISSING",
            "Required fields are missing: [\(missing.joined(separator: ", "))]",
            fields: missing
        )
    }

    /// Refuses what would give a second live record the row's unique values.
    func requireUnique(_ table: Int, _ row: Int) throws(RequestFailure) {
        let current = self.tables[table].rows[row].current
        let values = self.tables[table].object.fields.indices.map {
            FieldWrite(place: $0, value: current.value($0))
        }
        try self.requireUnique(table, values, row: row)
    }

    private func requireUnique(
        _ table: Int,
        _ writes: [FieldWrite],
        row: Int?
    ) throws(RequestFailure) {
        for write in writes {
            let field = self.tables[table].object.fields[write.place]
            guard field.isUnique else { continue }
            let holders = self.holders(table, write.place, write.value).filter { $0 != row }
            guard let holder = holders.first else { continue }
            let id = self.tables[table].rows[holder].id.prefix(15)
            throw RequestFailure(
                "DUPLICATE_VALUE",
                "duplicate value found: \(field.name) duplicates value on record with id: \(id)",
                fields: []
            )
        }
    }

    /// The live rows whose newest version has that value at an indexed place, oldest first.
    func holders(_ table: Int, _ place: Int, _ value: Value) -> [Int] {
        let field = self.tables[table].object.fields[place]
        guard let key = field.indexKey(value) else { return [] }
        return self.tables[table].candidates(place, key).filter { row in
            let candidate = self.tables[table].rows[row]
            return !candidate.isPurged && !candidate.current.isDeleted
                && field.indexKey(candidate.current.value(place)) == key
        }
    }
}
