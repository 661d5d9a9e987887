/// What tests and checkers read; nothing here is billed.
extension MockSalesforce {
    /// Every access and refresh token that was ever given, sorted.
    package var tokensGiven: [String] { self.sessions.tokens }

    /// Every version of a record, oldest first.
    package func history(of id: String) -> [MockSalesforceChange] {
        self.org.history(of: id)
    }

    /// Every version of every record, in the order of the writes.
    package var changes: [MockSalesforceChange] { self.org.changes }

    /// The transaction of each of `changes`, at the same place; numbers that rise.
    package var transactions: [Int] { self.org.marks.map(\.transaction) }

    /// The live records of an object in the order of their creation, newest versions.
    package func export(object: String) -> [MockSalesforceRecord] {
        self.allRecords(object: object).filter { !$0.isDeleted }
    }

    /// The records of an object with the deleted ones, without what was hard-deleted.
    package func allRecords(object: String) -> [MockSalesforceRecord] {
        guard let table = self.org.table(object) else { return [] }
        return self.org.tables[table].rows.indices.compactMap { row in
            self.org.tables[table].rows[row].isPurged ? nil : self.record(table, row)
        }
    }

    /// One record in its newest version, deleted or not.
    package func record(_ id: String) -> MockSalesforceRecord? {
        guard let place = try? self.locate(id, isDeleted: nil) else { return nil }
        return self.record(place.table, place.row)
    }

    /// Every billed request, oldest first.
    package var calls: [MockSalesforceCall] { self.meter.calls }

    /// Whether a query can be read, whatever it names.
    package static func canParse(_ soql: String) -> Bool {
        (try? SOQLParser.parse(soql)) != nil
    }

    /// The calls per credential and kind of endpoint.
    package func bills() -> [MockSalesforceBill] {
        self.meter.bills()
    }

    /// Calls of the rolling 24 hours before that time.
    package func callsUsed(at now: Int64) -> Int {
        self.meter.used(at: now)
    }

    func record(_ table: Int, _ row: Int) -> MockSalesforceRecord {
        let data = self.org.tables[table]
        let version = data.rows[row].current
        var fields: [MockSalesforceRecord.Field] = []
        for (place, field) in data.object.fields.enumerated()
        where !field.isRemoved && field.type != .address {
            fields.append(.init(field.name, version.value(place)))
        }
        return MockSalesforceRecord(
            id: data.rows[row].id,
            isDeleted: version.isDeleted,
            fields: fields
        )
    }
}
