/// Which records a search has to look at.
extension MockHubSpot {
    /// Below so many records an index costs more than it saves.
    private static let indexedRowsMin = 256

    /// Makes the columns of values that a search will read from every record.
    mutating func fold(_ place: Int, _ properties: [String]) {
        guard self.tables[place].rows.count >= Self.indexedRowsMin else { return }
        for property in properties {
            self.tables[place].folded.make(property, of: self.tables[place].rows)
        }
    }

    /// The properties whose values a search compares as texts.
    static func texts(_ groups: [[SearchFilter]]) -> [String] {
        groups.joined().filter {
            $0.associated == nil && $0.calculation == nil && $0.kind != .date
                && $0.kind != .datetime
                && $0.property != "hs_object_id"
        }.map(\.property)
    }

    /// The rows that can match, in id order, found through indexes; `nil` where only a scan will do.
    ///
    /// The indexes know the newest values; a record that was written since the search index saw the
    /// portal may have had others then, and is always one of them.
    mutating func candidates(
        _ place: Int,
        _ groups: [[SearchFilter]],
        _ indexTime: Int64
    ) -> [Int]? {
        guard self.tables[place].rows.count >= Self.indexedRowsMin, !groups.isEmpty else {
            return nil
        }
        var union: Set<Int> = []
        for group in groups {
            var fewest: [Int]?
            for filter in group {
                guard let rows = self.rows(place, filter) else { continue }
                if rows.count < fewest?.count ?? .max { fewest = rows }
            }
            guard let fewest else { return nil }
            union.formUnion(fewest)
        }
        union.formUnion(self.tables[place].rows(writtenAfter: indexTime))
        return union.sorted()
    }

    private mutating func rows(_ place: Int, _ filter: SearchFilter) -> [Int]? {
        let object = self.tables[place].object
        let values: [String]
        switch filter.op {
        case "EQ": values = [filter.folded]
        case "IN": values = filter.values
        default: return nil
        }
        guard filter.associated == nil, filter.calculation == nil,
            filter.property != object.modifiedName,
            filter.property != object.createdName, filter.kind != .date, filter.kind != .datetime
        else { return nil }
        if filter.property == "hs_object_id" {
            return values.compactMap(Int64.init).compactMap(self.tables[place].place)
        }
        return values.flatMap { self.tables[place].rows(with: $0, of: filter.property) }
    }

    /// No record with a smaller id matches all of the conditions.
    static func firstID(_ group: [SearchFilter]) -> Int64 {
        group.filter { $0.property == "hs_object_id" && ["GT", "GTE", "BETWEEN"].contains($0.op) }
            .compactMap { Int64($0.value) }.max() ?? .min
    }
}
