import WireJSON

/// Evaluates a grouped statement over the rows that its condition lets through.
struct GroupedRun: Sendable {
    let run: QueryRun
    let grouping: QueryPlan.Grouping

    /// One line of the reply.
    struct Group: Sendable {
        var keys: [Value]
        /// The keys that it sums up.
        var subtotals: Set<Int> = []
        var aggregates: [Value] = []

        func value(_ source: QueryPlan.Grouping.Source) -> Value {
            switch source {
            case .key(let place): self.keys[place]
            case .aggregate(let place): self.aggregates[place]
            case .isSubtotal(let place): .number(self.subtotals.contains(place) ? "1" : "0")
            }
        }
    }

    /// The groups in the statement's order; without keys there is one, also of no rows.
    func groups() -> [Group] {
        let table = self.run.org.tables[self.run.plan.table]
        let versions = self.run.rows().compactMap { table.rows[$0].visible(at: self.run.now) }
        var groups = self.grouping.levels.flatMap { self.groups(versions, by: $0) }
        if let having = self.grouping.having { groups.removeAll { !self.holds(having, $0) } }
        groups = self.sorted(groups).dropFirst(self.grouping.offset).map { $0 }
        return Array(groups.prefix(self.grouping.limit ?? groups.count))
    }

    /// The groups of one level: the rows that are equal in those keys.
    private func groups(_ versions: [MockVersion], by level: Set<Int>) -> [Group] {
        let keys = self.grouping.keys.indices
        let subtotals = Set(keys).subtracting(level)
        var places: [[String?]: Int] = [:]
        var groups: [Group] = []
        var members: [[MockVersion]] = []
        for version in versions {
            let key = keys.map {
                level.contains($0) ? self.run.key(self.grouping.keys[$0], version) : nil
            }
            let place = places[key] ?? groups.count
            if place == groups.count {
                places[key] = place
                let values = keys.map {
                    level.contains($0) ? self.run.value(self.grouping.keys[$0], version) : .null
                }
                groups.append(Group(keys: values, subtotals: subtotals))
                members.append([])
            }
            members[place].append(version)
        }
        if keys.isEmpty, groups.isEmpty {
            groups.append(Group(keys: []))
            members.append([])
        }
        for place in groups.indices {
            groups[place].aggregates = self.grouping.aggregates.map {
                self.value($0, members[place])
            }
        }
        return groups
    }

    private func value(
        _ aggregate: QueryPlan.Grouping.Aggregate,
        _ members: [MockVersion]
    ) -> Value {
        let column = aggregate.column
        switch aggregate.function {
        case .count:
            let count = members.count { !self.run.value(column, $0).isNull }
            return .number(String(count))
        case .countDistinct:
            let keys = Set(members.compactMap { self.run.key(column, $0) })
            return .number(String(keys.count))
        case .sum, .average:
            let numbers = members.compactMap { version -> Double? in
                guard case .number(let text) = self.run.value(column, version) else { return nil }
                return Double(text)
            }
            guard !numbers.isEmpty else { return .null }
            let sum = numbers.reduce(0, +)
            let result = aggregate.function == .sum ? sum : sum / Double(numbers.count)
            return .number(Self.text(result))
        case .minimum, .maximum:
            let values = members.map { self.run.value(column, $0) }.filter { !$0.isNull }
            let order = QueryPlan.Grouping.Order(
                source: .key(0),
                isAscending: aggregate.function == .minimum,
                areNullsFirst: false
            )
            return values.min { Self.isBefore($0, $1, order) ?? false } ?? .null
        case .calendarYear, .calendarQuarter, .calendarMonth, .dayInYear, .dayInMonth, .dayInWeek,
            .dayOnly, .hourInDay, .weekInMonth, .weekInYear, .label, .format, .convertCurrency,
            .grouping:
            return .null
        }
    }

    /// Decimal text without an exponent where the number has none to need.
    private static func text(_ number: Double) -> String {
        guard number == number.rounded(), abs(number) < 1e15 else { return String(number) }
        return String(Int64(number))
    }

    private func holds(_ filter: QueryPlan.Grouping.Filter, _ group: Group) -> Bool {
        switch filter {
        case .all(let parts): parts.allSatisfy { self.holds($0, group) }
        case .any(let parts): parts.contains { self.holds($0, group) }
        case .not(let part): !self.holds(part, group)
        case .compare(let source, let comparison, let operand):
            QueryRun.compare(
                group.value(source),
                comparison,
                operand,
                isFolded: self.isFolded(source)
            )
        }
    }

    private func isFolded(_ source: QueryPlan.Grouping.Source) -> Bool {
        switch source {
        case .key(let place): self.grouping.keys[place].comparing == .foldedText
        case .isSubtotal: false
        case .aggregate(let place):
            self.grouping.aggregates[place].column.comparing == .foldedText
        }
    }

    private func sorted(_ groups: [Group]) -> [Group] {
        guard !self.grouping.order.isEmpty else { return groups }
        return groups.enumerated().sorted { left, right in
            for term in self.grouping.order {
                let values = (left.element.value(term.source), right.element.value(term.source))
                if let isBefore = Self.isBefore(values.0, values.1, term) { return isBefore }
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// `nil` for a tie.
    private static func isBefore(
        _ left: Value,
        _ right: Value,
        _ order: QueryPlan.Grouping.Order
    ) -> Bool? {
        switch (left, right) {
        case (.null, .null): return nil
        case (.null, _): return order.areNullsFirst
        case (_, .null): return !order.areNullsFirst
        case (.number(let one), .number(let two)):
            let (one, two) = (Double(one) ?? 0, Double(two) ?? 0)
            return one == two ? nil : (one < two) == order.isAscending
        case (.datetime(let one), .datetime(let two)):
            return one == two ? nil : (one < two) == order.isAscending
        case (.boolean, _), (.number, _), (.text, _), (.datetime, _):
            let (one, two) = (left.wireText.lowercased(), right.wireText.lowercased())
            return one == two ? nil : (one < two) == order.isAscending
        }
    }

    /// Writes one group as a row of `AggregateResult`, which has no address.
    func write(_ group: Group, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("attributes")
            writer.object { $0.member("type", "AggregateResult") }
            for output in self.grouping.outputs {
                writer.name(output.name)
                let value = group.value(output.source)
                RowWriter.write(value, isFractional: self.isFractional(output.source), to: &writer)
            }
        }
    }

    private func isFractional(_ source: QueryPlan.Grouping.Source) -> Bool {
        switch source {
        case .key(let place): return self.isFractional(self.grouping.keys[place])
        case .isSubtotal: return false
        case .aggregate(let place):
            let aggregate = self.grouping.aggregates[place]
            switch aggregate.function {
            case .count, .countDistinct: return false
            case .average: return true
            default: return self.isFractional(aggregate.column)
            }
        }
    }

    private func isFractional(_ column: QueryPlan.Column) -> Bool {
        guard column.function == nil, !column.isTypeName else { return false }
        let type = self.run.org.tables[column.table].object.fields[column.place].type
        return type.isNumber && type != .int
    }
}
