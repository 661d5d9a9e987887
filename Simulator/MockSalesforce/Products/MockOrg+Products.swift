import Foundation

/// What the org works out of prices, and what it refuses about them.
///
/// Object Reference (PricebookEntry, OpportunityLineItem, Opportunity.Amount); the refusals are those
/// that clients met (SFDX-Data-Move-Utility 706, and the texts that tools look for).
extension MockOrg {
    /// Sets what a price or a line item takes from its product, and refuses those that cannot be.
    ///
    /// `before`: the values before an update; `nil` for a new record. `given`: the places that the
    /// write names. A seed is what it is: nothing of it is refused.
    func shapeProduct(
        _ table: Int,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        switch object.name {
        case "PricebookEntry":
            try self.shapeEntry(table, &values, isNew: before == nil, context)
        case "OpportunityLineItem":
            try self.shapeLineItem(object, &values, before: before, given: given, context)
        case "Opportunity":
            // The line items make the amount: what is written over it goes nowhere.
            guard let before, !context.isSeed,
                let flag = object.systemPlace(of: "HasOpportunityLineItem"),
                let amount = object.systemPlace(of: "Amount"),
                flag < values.count, amount < before.count, values[flag] == .boolean(true)
            else { return }
            values[amount] = before[amount]
        default: return
        }
    }

    private func shapeEntry(
        _ table: Int,
        _ values: inout [Value],
        isNew: Bool,
        _ context: WriteContext
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        func value(_ name: String) -> Value {
            object.systemPlace(of: name).map { values[$0] } ?? .null
        }
        let (book, product) = (value("Pricebook2Id"), value("Product2Id"))
        let standard = self.standardPrice(table, of: product)
        if value("UseStandardPrice") == .boolean(true), let standard,
            let place = object.systemPlace(of: "UnitPrice")
        {
            values[place] = standard
        }
        guard isNew else { return }
        for name in ["Name", "ProductCode"] {
            if let place = object.systemPlace(of: name) {
                values[place] = self.field(name, of: product)
            }
        }
        guard !context.isSeed, !book.isNull, !product.isNull else { return }
        if self.field("IsStandard", of: book) != .boolean(true), standard == nil {
            throw RequestFailure(
                "STANDARD_PRICE_NOT_DEFINED",
                "Before creating a custom price, create a standard price.",
                fields: []
            )
        }
        if self.entries(table, of: product).contains(where: { $0.book == book }) {
            throw RequestFailure(
                "FIELD_INTEGRITY_EXCEPTION",
                "This price definition already exists in this price book",
                fields: []
            )
        }
    }

    private func shapeLineItem(
        _ object: MockObject,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        func place(_ name: String) -> Int? { object.systemPlace(of: name) }
        func value(_ name: String) -> Value { place(name).map { values[$0] } ?? .null }
        func set(_ name: String, _ value: Value) {
            if let place = place(name) { values[place] = value }
        }
        func isGiven(_ name: String) -> Bool { place(name).map(given.contains) ?? false }
        if before == nil {
            let entry = value("PricebookEntryId")
            let product = self.field("Product2Id", of: entry)
            let opportunity = value("OpportunityId")
            if !context.isSeed { try self.requireEntry(entry, opportunity) }
            set("Product2Id", product)
            set("ProductCode", self.field("ProductCode", of: product))
            set("ListPrice", self.field("UnitPrice", of: entry))
            let names = [opportunity, product].compactMap { self.field("Name", of: $0).text }
            set("Name", .text(names.joined(separator: " ")))
        }
        func number(_ name: String) -> Decimal? { Decimal(string: value(name).wireText) }
        guard let quantity = number("Quantity"), quantity != 0 else { return }
        if isGiven("TotalPrice"), !isGiven("UnitPrice"), let total = number("TotalPrice") {
            set("UnitPrice", Self.money(total / quantity))
        } else if let price = number("UnitPrice") {
            set("TotalPrice", Self.money(price * quantity))
        }
    }

    private func requireEntry(
        _ entry: Value,
        _ opportunity: Value
    ) throws(RequestFailure) {
        guard !entry.isNull, !opportunity.isNull else { return }
        let book = self.field("Pricebook2Id", of: opportunity)
        var reason: String?
        if !book.isNull, book != self.field("Pricebook2Id", of: entry) {
            reason =
                "pricebook entry is in a different pricebook than the one assigned to the "
                + "opportunity"
        } else if self.field("IsActive", of: entry) != .boolean(true) {
            reason = "pricebook entry is inactive"
        }
        guard let reason else { return }
        throw RequestFailure(
            "FIELD_INTEGRITY_EXCEPTION",
            "field integrity exception: PricebookEntryId (\(reason))",
            fields: ["PricebookEntryId"]
        )
    }

    /// Brings an opportunity's amount in line with its line items after one of them has changed.
    mutating func sumLineItems(_ table: Int, _ row: Int, _ context: WriteContext) {
        let items = self.tables[table]
        guard items.object.name == "OpportunityLineItem",
            let link = items.object.systemPlace(of: "OpportunityId"),
            let entry = items.object.systemPlace(of: "PricebookEntryId"),
            let id = items.rows[row].current.value(link).text,
            let opportunities = self.table("Opportunity"),
            let holder = self.tables[opportunities].row(ofID: id),
            !self.tables[opportunities].rows[holder].isPurged,
            !self.tables[opportunities].rows[holder].current.isDeleted
        else { return }
        let live = self.holders(table, link, .text(id)).map { items.rows[$0].current }
        func sum(_ name: String) -> Value {
            guard let place = items.object.systemPlace(of: name) else { return .null }
            let numbers = live.compactMap { Decimal(string: $0.value(place).wireText) }
            return Self.money(numbers.reduce(0, +))
        }
        var inputs = [FieldInput("HasOpportunityLineItem", .boolean(!live.isEmpty))]
        if let first = live.first {
            inputs.append(FieldInput("Amount", sum("TotalPrice")))
            inputs.append(FieldInput("TotalOpportunityQuantity", sum("Quantity")))
            if self.field("Pricebook2Id", of: .text(id)).isNull {
                let book = self.field("Pricebook2Id", of: first.value(entry))
                inputs.append(FieldInput("Pricebook2Id", book))
            }
        }
        var context = context
        context.isSeed = true
        context.isMirror = true
        context.kind = .update
        context.movesStampsUnchanged = false
        // What the org itself adds up passes its own checks.
        try? self.update(opportunities, holder, inputs, context)
    }

    /// The live prices of a product with their price books.
    private func entries(_ table: Int, of product: Value) -> [(row: Int, book: Value)] {
        let object = self.tables[table].object
        guard let products = object.systemPlace(of: "Product2Id"),
            let books = object.systemPlace(of: "Pricebook2Id")
        else { return [] }
        return self.holders(table, products, product).map { row in
            (row, self.tables[table].rows[row].current.value(books))
        }
    }

    /// The price of a product in the standard price book; `nil` where it has none.
    private func standardPrice(_ table: Int, of product: Value) -> Value? {
        let entry = self.entries(table, of: product).first {
            self.field("IsStandard", of: $0.book) == .boolean(true)
        }
        guard let entry, let place = self.tables[table].object.systemPlace(of: "UnitPrice") else {
            return nil
        }
        return self.tables[table].rows[entry.row].current.value(place)
    }

    /// One field of the record with that id; null where there is none.
    private func field(_ name: String, of id: Value) -> Value {
        guard let id = id.text, let table = self.table(ofID: id),
            let row = self.tables[table].row(ofID: id),
            let place = self.tables[table].object.systemPlace(of: name)
        else { return .null }
        return self.tables[table].rows[row].current.value(place)
    }

    private static func money(_ number: Decimal) -> Value {
        .number(DecimalText.rounded("\(number)", scale: 2) ?? "\(number)")
    }
}
