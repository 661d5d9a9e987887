/// The data of the org: what a transaction changes, and what a rollback restores.
struct MockOrg: Sendable, Codable {
    private(set) var tables: [MockTable] = []
    private(set) var changes: [MockSalesforceChange] = []
    /// How many changes before those were forgotten.
    private(set) var changesForgotten = 0
    /// One for each change, at the same place.
    private(set) var marks: [ChangeMark] = []
    var validationRules: [MockSalesforceValidationRule] = []
    var flowRules: [MockSalesforceFlowRule] = []
    var duplicateRules: [MockSalesforceDuplicateRule] = []
    var assignmentRules: [MockSalesforceAssignmentRule] = []
    var recordTypes: [MockSalesforceRecordType] = []
    /// Those of addresses; empty where these are texts.
    var countries: [MockSalesforceCountry] = []
    var hasPersonAccounts = false
    /// Those with a field that is worked out.
    private(set) var calculatedTables: [Int] = []
    /// `nil` where the org has one currency.
    var currencies: MockSalesforceCurrencies?
    private var changesByRecord: [String: [Int]] = [:]
    private var tableByName: [String: Int] = [:]
    private var tableByPrefix: [String: Int] = [:]

    init(
        customObjects: [MockSalesforceCustomObject],
        customFields: [MockSalesforceCustomField]
    ) {
        for object in MockSchema.standard { self.add(object) }
        for object in customObjects { self.addObject(object) }
        for field in customFields { self.addField(field) }
    }

    mutating func add(_ object: MockObject) {
        self.tableByName[object.name.lowercased()] = self.tables.count
        if !object.keyPrefix.isEmpty { self.tableByPrefix[object.keyPrefix] = self.tables.count }
        self.tables.append(MockTable(object: object))
    }

    /// Leaves what a user may see and write until the next call; `nil` opens everything.
    mutating func restrict(to rights: UserRights?) {
        for table in self.tables.indices { self.tables[table].object.restrict(to: rights) }
    }

    /// The table of an object that the user of the request may read.
    func readableTable(_ name: String) -> Int? {
        self.table(name).flatMap { self.tables[$0].object.access.isReadable ? $0 : nil }
    }

    /// The table of an object, by its name in any case.
    func table(_ name: String) -> Int? {
        self.tableByName[name] ?? self.tableByName[name.lowercased()]
    }

    /// The table that an id's key prefix names.
    func table(ofID id: String) -> Int? {
        self.tableByPrefix[String(id.prefix(3))]
    }

    func row(ofID id: String) -> MockRow? {
        guard let table = self.table(ofID: id), let row = self.tables[table].row(ofID: id)
        else { return nil }
        return self.tables[table].rows[row]
    }

    mutating func addField(_ field: MockSalesforceCustomField) {
        guard let table = self.table(field.object) else { return }
        self.tables[table].add(field.field)
        if field.isMasterDetail { self.shapeDetail(field.object) }
        guard field.calculation != nil else { return }
        if !self.calculatedTables.contains(table) { self.calculatedTables.append(table) }
        self.calculateAll(table)
    }

    /// Takes an object away with its records; its numbers and its prefix are not used again.
    mutating func removeObject(_ table: Int) {
        let object = self.tables[table].object
        self.tableByName[object.name.lowercased()] = nil
        self.tableByPrefix[object.keyPrefix] = nil
        self.tables[table].object.isRemoved = true
        self.tables[table].object.access = .none
        for row in self.tables[table].rows.indices {
            self.tables[table].change(row) { $0.isPurged = true }
        }
    }

    /// Adds a field that the vendor brings.
    mutating func add(_ field: MockField, to object: String) {
        guard let table = self.table(object) else { return }
        self.tables[table].add(field)
    }

    mutating func removeField(_ name: String, of object: String) {
        guard let table = self.table(object) else { return }
        self.tables[table].object.remove(name)
        self.shapeDetail(object)
    }

    mutating func changeField(
        _ name: String,
        of object: String,
        _ body: (inout MockField) -> Void
    ) {
        guard let table = self.table(object),
            var field = self.tables[table].object.fields.first(where: { $0.name == name })
        else { return }
        body(&field)
        self.tables[table].object.add(field)
    }

    mutating func changePicklist(_ name: String, of object: String, to values: [String]) {
        guard let table = self.table(object), let place = self.tables[table].object.place(of: name)
        else { return }
        var field = self.tables[table].object.fields[place]
        field.picklistValues = values
        self.tables[table].object.add(field)
    }

    /// The currencies that records may be given from now on.
    mutating func use(_ currencies: MockSalesforceCurrencies) {
        self.currencies = currencies
        let active = currencies.currencies.filter(\.isActive).map(\.isoCode)
        for table in self.tables.indices {
            guard let place = self.tables[table].object.place(of: "CurrencyIsoCode") else {
                continue
            }
            var field = self.tables[table].object.fields[place]
            field.picklistValues = active
            field.defaultValue = .text(currencies.user)
            self.tables[table].object.add(field)
        }
    }

    mutating func purge(_ table: Int, _ row: Int, _ context: WriteContext) {
        self.tables[table].change(row) {
            $0.isPurged = true
            $0.current.deletedAt = $0.current.deletedAt ?? context.now
        }
        self.record(table, row, [], context, as: .hardDelete)
        self.purgeDetails(of: self.tables[table].rows[row].id, context)
    }

    mutating func nextID(_ table: Int) -> String {
        self.tables[table].nextID()
    }

    mutating func nextNumber(_ table: Int, _ place: Int) -> Int {
        self.tables[table].nextNumber(place)
    }

    mutating func insert(_ row: MockRow, into table: Int) {
        self.tables[table].insert(row)
    }

    /// Stores a version and notes in the history what it changed.
    mutating func push(
        _ version: MockVersion,
        on row: Int,
        of table: Int,
        _ context: WriteContext,
        as kind: MockSalesforceChange.Kind
    ) {
        let before = self.tables[table].rows[row].current
        self.tables[table].push(version, on: row, at: context.now)
        let fields = self.differences(table, before.values, version.values)
        self.record(table, row, fields, context, as: kind)
    }

    mutating func change(_ table: Int, _ row: Int, _ body: (inout MockRow) -> Void) {
        self.tables[table].change(row, body)
    }

    mutating func record(
        _ table: Int,
        _ row: Int,
        _ fields: [MockSalesforceChange.Field],
        _ context: WriteContext,
        as kind: MockSalesforceChange.Kind
    ) {
        let id = self.tables[table].rows[row].id
        self.changesByRecord[id, default: []].append(self.changes.count)
        self.changes.append(
            MockSalesforceChange(
                object: self.tables[table].object.name,
                recordID: id,
                kind: kind,
                at: context.now,
                visibleAt: context.visibleAt,
                author: context.author,
                isRest: context.isRest,
                fields: fields
            )
        )
        self.marks.append(ChangeMark(transaction: context.transaction, origin: context.origin))
        if !self.calculatedTables.isEmpty { self.recalculate(table, row, fields) }
    }

    /// The places of a record's changes, oldest first.
    func places(of id: String) -> [Int] {
        self.changesByRecord[id] ?? []
    }

    /// Who changed the record of a change before that; `nil` for its first one.
    func author(before place: Int) -> String? {
        self.places(of: self.changes[place].recordID).last { $0 < place }
            .map { self.changes[$0].author }
    }

    /// How many changes there ever were.
    var changeCount: Int { self.changesForgotten + self.changes.count }

    /// Forgets all but the newest changes, and stamps that no version has any more.
    mutating func forget(allBut count: Int) {
        let old = self.changes.count - count
        guard old > 0 else { return }
        self.changes.removeFirst(old)
        self.marks.removeFirst(old)
        self.changesForgotten += old
        self.changesByRecord = [:]
        for (place, change) in self.changes.enumerated() {
            self.changesByRecord[change.recordID, default: []].append(place)
        }
        for table in self.tables.indices { self.tables[table].forgetStamps() }
    }

    func history(of id: String) -> [MockSalesforceChange] {
        guard let id = SalesforceID.canonical(id) else { return [] }
        return (self.changesByRecord[id] ?? []).map { self.changes[$0] }
    }

    func differences(
        _ table: Int,
        _ before: [Value],
        _ after: [Value]
    )
        -> [MockSalesforceChange.Field]
    {
        var fields: [MockSalesforceChange.Field] = []
        for place in 0..<max(before.count, after.count) {
            let old = place < before.count ? before[place] : .null
            let new = place < after.count ? after[place] : .null
            if old == new { continue }
            let name = self.tables[table].object.fields[place].name
            if Self.stampNames.contains(name) { continue }
            fields.append(MockSalesforceChange.Field(name: name, before: old, after: new))
        }
        return fields
    }

    private static let stampNames: Set<String> = [
        "SystemModstamp", "LastModifiedDate", "LastModifiedById",
    ]
}
