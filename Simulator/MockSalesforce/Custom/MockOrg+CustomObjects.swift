/// Object types that the org has made itself.
extension MockOrg {
    /// Adds an object with the fields of every custom object; nothing where there is one of its name.
    mutating func addObject(_ custom: MockSalesforceCustomObject) {
        guard self.table(custom.name) == nil,
            self.customObjectCount < MockSalesforceCustomObject.countMax
        else { return }
        let prefix = MockSalesforceCustomObject.keyPrefix(self.customObjectCount)
        var object = custom.shape(keyPrefix: prefix)
        if let currencies = self.currencies { object.add(currencies.codeField) }
        self.add(object)
    }

    /// Those there ever were: a prefix is not given again.
    var customObjectCount: Int { self.tables.count(where: \.object.isCustom) }

    /// The id of a custom object's definition.
    func definitionID(_ table: Int) -> String {
        SalesforceID.make(prefix: "01I", number: table)
    }

    /// A detail is owned with its master, and has an owner again where it has none.
    mutating func shapeDetail(_ name: String) {
        guard let table = self.table(name), self.tables[table].object.isCustom else { return }
        let isDetail = self.tables[table].object.fields.contains {
            $0.isMasterDetail && !$0.isRemoved
        }
        self.changeField("OwnerId", of: name) { $0.isRemoved = isDetail }
    }

    /// The values that are counted, and the name of a record without one.
    mutating func countNumbers(
        _ table: Int,
        _ values: inout [Value],
        given: Set<Int>,
        _ context: WriteContext
    ) {
        for (place, field) in self.tables[table].object.fields.enumerated() {
            guard let format = field.autoNumberFormat, !field.isRemoved, place < values.count,
                !given.contains(place)
            else { continue }
            let number = self.nextNumber(table, place)
            values[place] = .text(AutoNumberFormat.text(format, number, at: context.now))
        }
    }

    /// Whether a reference takes its record along when what it points to is deleted.
    func cascades(_ field: MockField, to object: MockObject) -> Bool {
        (field.lookupRule == .cascade && !field.isRemoved)
            || (object.name == "Account" && field.name == "AccountId")
    }

    /// Refuses to delete what a lookup that prevents it still points to.
    func requireUnreferenced(_ table: Int, _ row: Int) throws(RequestFailure) {
        var waiting = [(table, row)]
        var seen: Set<String> = []
        while let (table, row) = waiting.popLast() {
            let id = self.tables[table].rows[row].id
            guard seen.insert(id).inserted else { continue }
            for (childTable, childRow, place) in self.children(of: id)
            where !self.tables[childTable].rows[childRow].current.isDeleted
                && !self.tables[childTable].rows[childRow].isPurged
            {
                let object = self.tables[childTable].object
                let field = object.fields[place]
                if field.lookupRule == .restrict, !field.isRemoved {
                    throw RequestFailure(
                        "DELETE_FAILED",
                        "Your attempt to delete \(id.prefix(15)) could not be completed because it "
                            + "is associated with the following \(object.labelPlural): "
                            + "\(self.tables[childTable].rows[childRow].id.prefix(15))",
                        fields: []
                    )
                }
                if self.cascades(field, to: self.tables[table].object) {
                    waiting.append((childTable, childRow))
                }
            }
        }
    }

    /// A detail comes back with its master, not before it.
    func requireLiveMasters(_ table: Int, _ row: Int) throws(RequestFailure) {
        for (place, field) in self.tables[table].object.fields.enumerated()
        where field.isMasterDetail && !field.isRemoved {
            guard let id = self.tables[table].rows[row].current.value(place).text,
                let master = self.row(ofID: id), !master.isPurged, !master.current.isDeleted
            else {
                throw RequestFailure(
                    "UNDELETE_FAILED",
                    "the master record of \(field.name) is deleted",
                    fields: []
                )
            }
        }
    }

    /// Empties the lookups to a record that goes to the recycle bin, and notes them with it.
    mutating func releaseLookups(to table: Int, _ row: Int, _ context: WriteContext) {
        let id = self.tables[table].rows[row].id
        var released: [MockRow.Released] = []
        for (childTable, childRow, place) in self.children(of: id) {
            let child = self.tables[childTable].rows[childRow]
            let field = self.tables[childTable].object.fields[place]
            guard field.lookupRule == .setNull, !field.isRemoved,
                !child.current.isDeleted, !child.isPurged
            else { continue }
            var version = child.current
            self.stampChange(&version, childTable, context)
            version.values[place] = .null
            self.push(version, on: childRow, of: childTable, context, as: .update)
            released.append(.init(table: childTable, row: childRow, place: place))
        }
        guard !released.isEmpty else { return }
        self.change(table, row) { $0.released = released }
    }

    /// Fills again those that nobody has filled meanwhile.
    mutating func restoreLookups(to table: Int, _ row: Int, _ context: WriteContext) {
        let record = self.tables[table].rows[row]
        for lookup in record.released ?? [] {
            let child = self.tables[lookup.table].rows[lookup.row]
            guard !child.isPurged, !child.current.isDeleted,
                child.current.value(lookup.place).isNull,
                !self.tables[lookup.table].object.fields[lookup.place].isRemoved
            else { continue }
            var version = child.current
            self.stampChange(&version, lookup.table, context)
            version.values[lookup.place] = .text(record.id)
            self.push(version, on: lookup.row, of: lookup.table, context, as: .update)
        }
        if record.released != nil { self.change(table, row) { $0.released = nil } }
    }

    /// The details of a record that is gone for good are gone too.
    mutating func purgeDetails(of id: String, _ context: WriteContext) {
        for (table, row, place) in self.children(of: id)
        where self.tables[table].object.fields[place].isMasterDetail
            && !self.tables[table].object.fields[place].isRemoved
            && !self.tables[table].rows[row].isPurged
        {
            self.purge(table, row, context)
        }
    }
}
