/// A list of an object's records that people look at: all of them, and those of this week.
///
/// REST API, List Views, List View Describe and List View Results, whose example is the second one.
struct ListView: Sendable {
    /// The most columns that are shown.
    private static let columnsMax = 5
    private static let hidden = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"]

    let id: String
    let label: String
    let developerName: String
    let isOfThisWeek: Bool
    let object: String
    /// What it shows, and then what it brings along unseen.
    let columns: [(field: MockField, isHidden: Bool)]

    /// Both of an object; none where its records are no records of people's.
    static func all(of object: MockObject, table: Int) -> [ListView] {
        guard object.isWritable, object.place(of: "Id") != nil else { return [] }
        let visible = object.fields.filter(\.isVisible)
        let named = visible.filter { $0.name == "Name" }
        let others = visible.filter { field in
            field.isWritten && field.name != "Name" && field.isSortable
                && ![.address, .textarea, .multipicklist, .reference].contains(field.type)
        }
        let shown = (named + others).prefix(Self.columnsMax).map { (field: $0, isHidden: false) }
        let columns =
            shown
            + visible.filter { Self.hidden.contains($0.name) }.map { (field: $0, isHidden: true) }
        return [false, true].map { isOfThisWeek in
            let label = isOfThisWeek ? "New This Week" : "All \(object.labelPlural)"
            return ListView(
                id: SalesforceID.make(
                    prefix: "00B",
                    number: (table + 1) * 2 + (isOfThisWeek ? 1 : 0)
                ),
                label: label,
                developerName: label.replacing(" ", with: ""),
                isOfThisWeek: isOfThisWeek,
                object: object.name,
                columns: columns
            )
        }
    }

    /// What it is sorted by: its first column, and then the id.
    var order: [String] { [self.columns[0].field.name, "Id"] }

    var query: String {
        let names = self.columns.map { Self.selected($0.field) }.joined(separator: ", ")
        let condition = self.isOfThisWeek ? " WHERE CreatedDate = THIS_WEEK" : ""
        let order = self.order.map { "\($0) ASC NULLS FIRST" }.joined(separator: ", ")
        return "SELECT \(names) FROM \(self.object)\(condition) ORDER BY \(order)"
    }

    /// How a query names a column: picklists by what people read.
    static func selected(_ field: MockField) -> String {
        field.type == .picklist ? "toLabel(\(field.name))" : field.name
    }
}
