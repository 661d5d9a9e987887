extension MockSalesforce {
    /// Gives the org its products' objects and the standard price book, which every org has.
    mutating func addProducts() {
        for object in ProductSchema.objects { self.org.add(object) }
        guard let table = self.org.table("Pricebook2") else { return }
        // It is as old as the org and is in nobody's history.
        let now = SalesforceTime.wholeSeconds(self.settings.metadataChangedAt)
        let object = self.org.tables[table].object
        var values = object.defaultValues
        func set(_ name: String, _ value: Value) {
            if let place = object.systemPlace(of: name) { values[place] = value }
        }
        let id = self.org.nextID(table)
        set("Id", .text(id))
        set("Name", .text("Standard Price Book"))
        for name in ["IsActive", "IsStandard"] { set(name, .boolean(true)) }
        for name in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
            set(name, .datetime(now))
        }
        for name in ["CreatedById", "LastModifiedById"] {
            set(name, .text(self.settings.credentials[0].userID))
        }
        let version = MockVersion(values: values, stamp: now, isDeleted: false, visibleAt: now)
        self.org.insert(MockRow(id: id, current: version), into: table)
    }
}
