extension QueryRun {
    private enum Key {
        case null
        case number(Double)
        case time(Int64)
        case text(String)
    }

    /// Sorts rows by the statement's terms; rows that tie keep the order of their ids.
    func sort(_ rows: inout [Int], _ table: MockTable) {
        let order = self.plan.order
        guard let first = order.first else { return }
        if self.isID(first.column, table) {
            // Rows are stored in the order of their ids.
            if !first.isAscending { rows.reverse() }
            return
        }
        if self.isStamp(first.column, table), first.isAscending,
            order.count == 1 || (self.isID(order[1].column, table) && order[1].isAscending)
        {
            self.sortByStamp(&rows, table)
            return
        }
        var keyed = rows.map { (row: $0, keys: self.keys($0, order, table)) }
        keyed.sort { left, right in
            for (place, term) in order.enumerated() {
                guard let isBefore = Self.isBefore(left.keys[place], right.keys[place], term)
                else { continue }
                return isBefore
            }
            return left.row < right.row
        }
        rows = keyed.map(\.row)
    }

    private func sortByStamp(_ rows: inout [Int], _ table: MockTable) {
        var keyed: [(stamp: Int64, row: Int)] = []
        keyed.reserveCapacity(rows.count)
        var isSorted = true
        for row in rows {
            let stamp = table.rows[row].visible(at: self.now)?.stamp ?? 0
            if let last = keyed.last, last.stamp > stamp { isSorted = false }
            keyed.append((stamp, row))
        }
        if isSorted { return }
        keyed.sort { $0.stamp == $1.stamp ? $0.row < $1.row : $0.stamp < $1.stamp }
        rows = keyed.map(\.row)
    }

    func isID(_ column: QueryPlan.Column, _ table: MockTable) -> Bool {
        column.isPlain && column.place == table.places.id && table.areIDsAscending
    }

    private func isStamp(_ column: QueryPlan.Column, _ table: MockTable) -> Bool {
        column.isPlain && column.place == table.places.systemModstamp
    }

    private func keys(_ row: Int, _ order: [QueryPlan.Order], _ table: MockTable) -> [Key] {
        guard let version = table.rows[row].visible(at: self.now) else { return [] }
        return order.map { term in
            switch self.value(term.column, version) {
            case .null: .null
            case .boolean(let flag): .number(flag ? 1 : 0)
            case .number(let text): .number(Double(text) ?? 0)
            case .datetime(let time): .time(time)
            case .text(let text):
                .text(term.column.comparing == .foldedText ? text.lowercased() : text)
            }
        }
    }

    /// `nil` for a tie.
    private static func isBefore(_ left: Key, _ right: Key, _ term: QueryPlan.Order) -> Bool? {
        switch (left, right) {
        case (.null, .null): return nil
        case (.null, _): return term.areNullsFirst
        case (_, .null): return !term.areNullsFirst
        case (.number(let one), .number(let two)):
            return one == two ? nil : (one < two) == term.isAscending
        case (.time(let one), .time(let two)):
            return one == two ? nil : (one < two) == term.isAscending
        case (.text(let one), .text(let two)):
            return one == two ? nil : (one < two) == term.isAscending
        default: return nil
        }
    }
}
