/// Evaluates a plan over the rows that are visible at one moment.
struct QueryRun: Sendable {
    let org: MockOrg
    let now: Int64
    let includesDeleted: Bool
    let plan: QueryPlan

    /// The matching rows in the statement's order, after OFFSET and LIMIT.
    func rows() -> [Int] {
        let table = self.org.tables[self.plan.table]
        let end = self.rowsWanted(table)
        var found: [Int] = []
        func look(_ row: Int) {
            guard let version = self.visible(row, of: table) else { return }
            if let filter = self.plan.filter, !self.matches(filter, version) { return }
            found.append(row)
        }
        if let candidates = self.plan.filter.flatMap({ self.candidates($0) }) {
            for row in candidates.sorted() where found.count < end { look(row) }
        } else {
            var row = self.plan.filter.map { self.firstRow($0, table) } ?? 0
            while row < table.rows.count, found.count < end {
                look(row)
                row += 1
            }
        }
        self.sort(&found, table)
        if self.plan.offset > 0 { found.removeFirst(min(self.plan.offset, found.count)) }
        if let limit = self.plan.limit, found.count > limit {
            found.removeLast(found.count - limit)
        }
        return found
    }

    /// How many rows have to be found: all of them where others have to be put in order.
    private func rowsWanted(_ table: MockTable) -> Int {
        guard let limit = self.plan.limit else { return .max }
        if let first = self.plan.order.first, !self.isID(first.column, table) || !first.isAscending
        {
            return .max
        }
        let (sum, isOver) = limit.addingReportingOverflow(self.plan.offset)
        return isOver ? .max : sum
    }

    /// No row before it can match, by its id: how clients page by key.
    private func firstRow(_ filter: QueryPlan.Filter, _ table: MockTable) -> Int {
        switch filter {
        case .all(let parts): parts.map { self.firstRow($0, table) }.max() ?? 0
        case .compare(let column, .greater, .key(let key)) where self.isID(column, table),
            .compare(let column, .greaterOrEqual, .key(let key)) where self.isID(column, table):
            table.firstRow(atOrAfter: key)
        case .any, .not, .compare, .member, .includes: 0
        }
    }

    func visible(_ row: Int, of table: MockTable) -> MockVersion? {
        guard !table.rows[row].isHidden, let version = table.rows[row].visible(at: self.now),
            self.includesDeleted || !version.isDeleted
        else { return nil }
        return version
    }

    /// Rows that can match, found through indexes; `nil` where only a scan will do.
    private func candidates(_ filter: QueryPlan.Filter) -> [Int]? {
        let table = self.org.tables[self.plan.table]
        switch filter {
        case .all(let parts):
            var best: [Int]?
            for part in parts {
                guard let rows = self.candidates(part) else { continue }
                if rows.count < best?.count ?? .max { best = rows }
            }
            return best
        case .any(let parts):
            var union: Set<Int> = []
            for part in parts {
                guard let rows = self.candidates(part) else { return nil }
                union.formUnion(rows)
            }
            return Array(union)
        case .member(let column, negated: false, let keys, hasNull: false)
        where column.isPlain:
            return self.candidates(column, keys, table)
        case .compare(let column, .equal, .key(let key)) where column.isPlain:
            return self.candidates(column, [key], table)
        case .compare(let column, let comparison, .time(let time))
        where column.isPlain && column.place == table.places.systemModstamp
            && [.greater, .greaterOrEqual, .equal].contains(comparison):
            return table.candidates(stampedSince: time)
        case .not, .compare, .member, .includes: return nil
        }
    }

    private func candidates(
        _ column: QueryPlan.Column,
        _ keys: Set<String>,
        _ table: MockTable
    ) -> [Int]? {
        if column.place == table.places.id { return keys.compactMap { table.row(ofID: $0) } }
        guard table.object.fields[column.place].isIndexed else { return nil }
        var rows: Set<Int> = []
        for key in keys { rows.formUnion(table.candidates(column.place, key)) }
        return Array(rows)
    }

    private func matches(_ filter: QueryPlan.Filter, _ version: MockVersion) -> Bool {
        switch filter {
        case .all(let parts):
            for part in parts where !self.matches(part, version) { return false }
            return true
        case .any(let parts):
            for part in parts where self.matches(part, version) { return true }
            return false
        case .not(let part): return !self.matches(part, version)
        case .compare(let column, let comparison, let operand):
            return Self.compare(
                self.value(column, version),
                comparison,
                operand,
                isFolded: column.comparing == .foldedText
            )
        case .member(let column, let negated, let keys, let hasNull):
            guard let key = self.key(column, version) else { return negated != hasNull }
            return keys.contains(key) != negated
        case .includes(let column, let negated, let sets):
            let text = self.value(column, version).text?.lowercased() ?? ""
            let chosen = text.split(separator: ";").map(String.init)
            let isMatch = sets.contains { $0.allSatisfy(chosen.contains) }
            return isMatch != negated
        }
    }

    func value(_ column: QueryPlan.Column, _ version: MockVersion) -> Value {
        if column.isPlain { return version.value(column.place) }
        guard let found = self.parent(column, version) else { return .null }
        if column.isTypeName { return .text(self.org.tables[found.table].object.typeName) }
        var place = column.place
        if found.table != column.table {
            guard let other = column.others.first(where: { $0.table == found.table }) else {
                return .null
            }
            place = other.place
        }
        let value = found.version.value(place)
        guard let function = column.function, !value.isNull else { return value }
        let time = value.milliseconds ?? value.text.flatMap(SalesforceTime.parseDate)
        return time.map(function.part) ?? .null
    }

    /// The row that a column's hops lead to, of whatever object it is.
    private func parent(
        _ column: QueryPlan.Column,
        _ version: MockVersion
    ) -> (table: Int, version: MockVersion)? {
        var (table, version) = (column.table, version)
        for hop in column.hops {
            guard let id = version.value(hop.place).text else { return nil }
            let found = hop.tables.lazy.compactMap { table in
                self.org.tables[table].row(ofID: id).map { (table, $0) }
            }.first
            guard let found,
                let parent = self.org.tables[found.0].rows[found.1].visible(at: self.now)
            else { return nil }
            (table, version) = (found.0, parent)
        }
        return (table, version)
    }

    /// The comparable text of a value; `nil` for null.
    func key(_ column: QueryPlan.Column, _ version: MockVersion) -> String? {
        switch self.value(column, version) {
        case .null: nil
        case .text(let text):
            switch column.comparing {
            case .foldedText: text.lowercased()
            case .date: SalesforceTime.parseDate(text).map { String($0) }
            case .id, .exactText, .number, .boolean, .datetime: text
            }
        case .number(let text): Double(text).map { String($0) }
        case .boolean(let flag): flag ? "true" : "false"
        case .datetime(let time): String(time)
        }
    }

    static func compare(
        _ value: Value,
        _ comparison: SOQLQuery.Comparison,
        _ operand: QueryPlan.Operand,
        isFolded: Bool
    ) -> Bool {
        if case .null = operand {
            switch comparison {
            case .equal: return value.isNull
            case .notEqual: return !value.isNull
            case .less, .lessOrEqual, .greater, .greaterOrEqual, .like: return false
            }
        }
        // A null is unequal to everything and neither above nor below anything.
        if value.isNull { return comparison == .notEqual }
        switch (operand, value) {
        case (.time(let time), .datetime(let own)): return Self.holds(own, comparison, time)
        case (.time(let time), .text(let text)):
            return Self.holds(SalesforceTime.parseDate(text) ?? 0, comparison, time)
        case (.period(let range), .datetime(let own)): return Self.holds(own, comparison, range)
        case (.period(let range), .text(let text)):
            return Self.holds(SalesforceTime.parseDate(text) ?? 0, comparison, range)
        case (.number(let number), .number(let text)):
            return Self.holds(Double(text) ?? 0, comparison, number)
        case (.key(let key), .text(let text)):
            let own = isFolded ? text.lowercased() : text
            return Self.holds(own, comparison, key)
        case (.key(let key), .boolean(let flag)):
            return Self.holds(flag ? "true" : "false", comparison, key)
        case (.pattern(let pattern), .text(let text)):
            return LikePattern.matches(pattern[...], Array(text.lowercased().utf8)[...])
        default: return false
        }
    }

    private static func holds<Key: Comparable>(
        _ own: Key,
        _ comparison: SOQLQuery.Comparison,
        _ other: Key
    ) -> Bool {
        switch comparison {
        case .equal, .like: own == other
        case .notEqual: own != other
        case .less: own < other
        case .lessOrEqual: own <= other
        case .greater: own > other
        case .greaterOrEqual: own >= other
        }
    }

    private static func holds(
        _ own: Int64,
        _ comparison: SOQLQuery.Comparison,
        _ range: Range<Int64>
    ) -> Bool {
        switch comparison {
        case .equal, .like: range.contains(own)
        case .notEqual: !range.contains(own)
        case .less: own < range.lowerBound
        case .lessOrEqual: own < range.upperBound
        case .greater: own >= range.upperBound
        case .greaterOrEqual: own >= range.lowerBound
        }
    }
}
