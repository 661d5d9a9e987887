import Foundation

/// What the org works out of other fields and other records.
extension MockOrg {
    /// Works out anew what follows from a record that has just changed.
    ///
    /// No stamp moves by it, and no event tells it.
    ///
    /// `fields`: what changed of it: a record that it named before has one less to add up.
    mutating func recalculate(
        _ table: Int,
        _ row: Int,
        _ fields: [MockSalesforceChange.Field]
    ) {
        let changed = self.tables[table]
        let id = changed.rows[row].id
        self.calculate(table, row)
        for other in self.calculatedTables {
            for field in self.tables[other].object.fields {
                switch field.calculation {
                case nil: continue
                case .formula(let paths):
                    for lookup in self.lookups(paths, of: other, to: changed.object.name) {
                        for holder in self.holders(other, lookup, .text(id)) {
                            self.calculate(other, holder)
                        }
                    }
                case .rollUp(let child, let lookup, _):
                    guard child == changed.object.name,
                        let place = changed.object.systemPlace(of: lookup)
                    else { continue }
                    let former = fields.filter { $0.name == lookup }.map(\.before)
                    for named in [changed.rows[row].current.value(place)] + former {
                        guard let parent = named.text.flatMap({ self.tables[other].row(ofID: $0) })
                        else { continue }
                        self.calculate(other, parent)
                    }
                }
            }
        }
    }

    /// Works out every record of an object that has been given such a field.
    mutating func calculateAll(_ table: Int) {
        for row in self.tables[table].rows.indices { self.calculate(table, row) }
    }

    private mutating func calculate(_ table: Int, _ row: Int) {
        let fields = self.tables[table].object.fields
        for (place, field) in fields.enumerated() where !field.isRemoved {
            guard let calculation = field.calculation else { continue }
            let value: Value
            switch calculation {
            case .formula(let paths): value = self.value(of: paths, table, row)
            case .rollUp(let child, let lookup, let sum):
                value = self.sum(
                    of: child,
                    naming: self.tables[table].rows[row].id,
                    lookup,
                    sum,
                    scale: field.scale
                )
            }
            self.change(table, row) { record in
                let missing = place + 1 - record.current.values.count
                if missing > 0 {
                    record.current.values += [Value](repeating: .null, count: missing)
                }
                record.current.values[place] = value
            }
        }
    }

    /// The places of the lookups to an object through which these paths go.
    private func lookups(_ paths: [String], of table: Int, to object: String) -> [Int] {
        let fields = self.tables[table].object.fields
        let names = paths.compactMap { path in
            path.contains(".") ? path.split(separator: ".").first.map(String.init) : nil
        }
        return fields.indices.filter { place in
            fields[place].relationshipName.map(names.contains) == true
                && fields[place].referenceTo.contains(object)
        }
    }

    private func value(of paths: [String], _ table: Int, _ row: Int) -> Value {
        let values = paths.map { path -> Value in
            let steps = path.split(separator: ".").map(String.init)
            guard steps.count == 2 else { return self.field(path, table, row) }
            let lookup = self.tables[table].object.fields.first { $0.relationshipName == steps[0] }
            guard let lookup, let id = self.field(lookup.name, table, row).text,
                let parents = self.table(ofID: id),
                let parent = self.tables[parents].row(ofID: id)
            else { return .null }
            return self.field(steps[1], parents, parent)
        }
        guard values.count != 1 else { return values[0] }
        let texts = values.filter { !$0.isNull }.map(\.wireText)
        return texts.isEmpty ? .null : .text(texts.joined(separator: " "))
    }

    private func sum(
        of child: String,
        naming id: String,
        _ lookup: String,
        _ summed: String?,
        scale: Int
    ) -> Value {
        guard let table = self.table(child),
            let place = self.tables[table].object.systemPlace(of: lookup)
        else { return .null }
        let rows = self.holders(table, place, .text(id))
        guard let summed else { return .number(String(rows.count)) }
        let numbers = rows.compactMap { Decimal(string: self.field(summed, table, $0).wireText) }
        let total = "\(numbers.reduce(0, +))"
        return .number(DecimalText.rounded(total, scale: scale) ?? total)
    }

    private func field(_ name: String, _ table: Int, _ row: Int) -> Value {
        let place = self.tables[table].object.systemPlace(of: name)
        return place.map { self.tables[table].rows[row].current.value($0) } ?? .null
    }
}
