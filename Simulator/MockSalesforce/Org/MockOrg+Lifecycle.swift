extension MockOrg {
    /// Soft-deletes a record; an Account takes its Contacts along.
    mutating func delete(
        _ table: Int,
        _ row: Int,
        _ context: WriteContext,
        with parent: String? = nil,
        master: String? = nil
    ) {
        let id = self.tables[table].rows[row].id
        var version = self.tables[table].rows[row].current
        guard !version.isDeleted else { return }
        self.stampChange(&version, table, context)
        version.isDeleted = true
        version.deletedAt = context.now
        let places = self.tables[table].places
        if let place = places.isDeleted { version.values[place] = .boolean(true) }
        if let master, let place = places.masterRecordID { version.values[place] = .text(master) }
        self.push(
            version,
            on: row,
            of: table,
            context,
            as: master == nil ? .delete : .mergedAway
        )
        self.change(table, row) { $0.deletedWith = parent }
        guard master == nil else { return }
        let object = self.tables[table].object
        for (childTable, childRow, place) in self.children(of: id)
        where self.cascades(self.tables[childTable].object.fields[place], to: object) {
            self.delete(childTable, childRow, context, with: id)
        }
        self.releaseLookups(to: table, row, context)
        self.sumLineItems(table, row, context)
    }

    /// Takes a record, and the children that went with it, out of the recycle bin.
    mutating func undelete(_ table: Int, _ row: Int, _ context: WriteContext) {
        let id = self.tables[table].rows[row].id
        var version = self.tables[table].rows[row].current
        guard version.isDeleted else { return }
        self.stampChange(&version, table, context)
        version.isDeleted = false
        version.deletedAt = nil
        let places = self.tables[table].places
        if let place = places.isDeleted { version.values[place] = .boolean(false) }
        if let place = places.masterRecordID { version.values[place] = .null }
        self.push(version, on: row, of: table, context, as: .undelete)
        self.change(table, row) { $0.deletedWith = nil }
        for (childTable, childRow, _) in self.children(of: id)
        where self.tables[childTable].rows[childRow].deletedWith == id {
            self.undelete(childTable, childRow, context)
        }
        self.restoreLookups(to: table, row, context)
        self.sumLineItems(table, row, context)
    }

    /// Moves the children of a merge's loser to its winner; their stamps move too.
    mutating func reparent(from loser: String, to winner: String, _ context: WriteContext) {
        for (table, row, place) in self.children(of: loser) {
            guard !self.tables[table].rows[row].current.isDeleted,
                self.tables[table].object.fields[place].name != "MasterRecordId",
                self.tables[table].object.fields[place].isVisible
            else { continue }
            var version = self.tables[table].rows[row].current
            self.stampChange(&version, table, context)
            version.values[place] = .text(winner)
            self.push(version, on: row, of: table, context, as: .update)
        }
    }

    /// The rows that point to a record, with the place of the field that does.
    func children(of id: String) -> [(table: Int, row: Int, place: Int)] {
        guard let target = self.table(ofID: id) else { return [] }
        let name = self.tables[target].object.name
        var found: [(table: Int, row: Int, place: Int)] = []
        for (number, table) in self.tables.enumerated() {
            for (place, field) in table.object.fields.enumerated()
            where field.type == .reference && field.isIndexed && field.referenceTo.contains(name) {
                for row in table.candidates(place, id)
                where table.rows[row].current.value(place) == .text(id) {
                    found.append((number, row, place))
                }
            }
        }
        return found
    }
}
