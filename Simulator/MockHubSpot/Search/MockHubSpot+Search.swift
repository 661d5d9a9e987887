import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// One condition of a search.
    struct SearchFilter {
        var property: String
        var op: String
        var value: String
        var high: String
        var values: [String]

        init(_ json: JSON) {
            self.property = json["propertyName"]?.string ?? ""
            self.op = json["operator"]?.string ?? ""
            self.value = json["value"].flatMap { $0.string ?? $0.numberText } ?? ""
            self.high = json["highValue"].flatMap { $0.string ?? $0.numberText } ?? ""
            self.values = json["values"]?.elements.compactMap { $0.string ?? $0.numberText } ?? []
        }
    }

    /// Answers from the index, which is as old as the index delay.
    mutating func search(
        _ place: Int,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.error(400, "Invalid input JSON", now: now)
        }
        let groups = (json["filterGroups"]?.elements ?? []).map { group in
            (group["filters"]?.elements ?? []).map(SearchFilter.init)
        }
        let limit = Self.integer(json["limit"]) ?? 10
        let offset = Self.integer(json["after"]) ?? 0
        if let problem = self.problem(place, request, groups, limit, offset) {
            return self.error(400, problem, category: "VALIDATION_ERROR", now: now)
        }
        // A page may hold fewer rows than were asked for.
        let rows = min(limit, self.settings.searchRowsMax)
        var hits = self.hits(place, groups, now)
        if self.isIndexBehind(place, at: now) { self.laggedSearches += 1 }
        self.sort(&hits, place, by: json["sorts"]?[0])
        let page = hits.dropFirst(offset).prefix(rows)
        let names = json["properties"]?.elements.compactMap(\.string) ?? []
        var writer = JSONWriter(reserving: page.count * 400)
        writer.object { root in
            root.member("total", hits.count)
            root.name("results")
            root.array { list in
                for hit in page {
                    list.object { item in
                        self.write(
                            place,
                            self.tables[place].rows[hit.row],
                            version: hit.version,
                            names: names,
                            into: &item
                        )
                    }
                }
            }
            if offset + rows < hits.count { Self.paging(String(offset + rows), into: &root) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// A number that stands as a number or as text.
    private static func integer(_ json: JSON?) -> Int? {
        json.flatMap { $0.integer.flatMap(Int.init(exactly:)) ?? $0.string.flatMap { Int($0) } }
    }

    /// Why a search is refused, or `nil`.
    private func problem(
        _ place: Int,
        _ request: HTTPRequest,
        _ groups: [[SearchFilter]],
        _ limit: Int,
        _ offset: Int
    ) -> String? {
        if request.body.count > 3_000 { return "The request body is over 3,000 characters." }
        if groups.count > 5 || groups.contains(where: { $0.count > 6 })
            || groups.joined().count > 18
        {
            return "Too many filters."
        }
        let known = Set(self.tables[place].object.properties.map(\.name))
        if groups.joined().contains(where: { !known.contains($0.property) }) {
            return "There was a problem with the request."
        }
        guard (0...200).contains(limit), (0...10_000).contains(offset), offset + limit <= 10_000
        else { return "The maximum number of results is 10,000." }
        return nil
    }

    private func isIndexBehind(_ place: Int, at now: Int64) -> Bool {
        let indexTime = now - self.settings.indexDelay
        return self.tables[place].newest.contains { $0 > indexTime }
    }

    /// The records that the index shows for any of the groups, in id order.
    private func hits(
        _ place: Int,
        _ groups: [[SearchFilter]],
        _ now: Int64
    ) -> [(row: Int, version: RecordTable.Version)] {
        let indexTime = now - self.settings.indexDelay
        let table = self.tables[place]
        let oldest = Self.oldest(groups, table.object.modifiedName)
        var hits: [(row: Int, version: RecordTable.Version)] = []
        for (place, newest) in table.newest.enumerated() where newest >= oldest {
            let row = table.rows[place]
            guard row.isVisible, row.mergedInto == nil, !row.now.isArchived,
                let version = row.version(at: indexTime), !version.isArchived,
                groups.isEmpty
                    || groups.contains(where: { Self.matches($0, row, version, table.object) })
            else { continue }
            hits.append((place, version))
        }
        return hits
    }

    /// No record that changed before matches.
    private static func oldest(_ groups: [[SearchFilter]], _ modified: String) -> Int64 {
        let bounds = groups.map { group in
            group.filter {
                $0.property == modified && ["GT", "GTE"].contains($0.op)
            }.compactMap { Int64($0.value) }.max() ?? .min
        }
        return bounds.min() ?? .min
    }

    private func sort(
        _ hits: inout [(row: Int, version: RecordTable.Version)],
        _ place: Int,
        by sort: JSON?
    ) {
        let text = sort?.string ?? sort?["propertyName"]?.string ?? "hs_object_id"
        let isDescending = text.hasPrefix("-") || sort?["direction"]?.string == "DESCENDING"
        let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
        // Rows stand in id order already.
        if name != "hs_object_id" {
            let table = self.tables[place]
            hits.sort { left, right in
                let first = Self.value(name, table.rows[left.row], left.version, table.object)
                let second = Self.value(name, table.rows[right.row], right.version, table.object)
                return (first, left.row) < (second, right.row)
            }
        }
        if isDescending { hits.reverse() }
    }

    private static func matches(
        _ filters: [SearchFilter],
        _ row: RecordTable.Row,
        _ version: RecordTable.Version,
        _ object: MockHubSpotObject
    ) -> Bool {
        filters.allSatisfy { Self.matches($0, row, version, object) }
    }

    private static func matches(
        _ filter: SearchFilter,
        _ row: RecordTable.Row,
        _ version: RecordTable.Version,
        _ object: MockHubSpotObject
    ) -> Bool {
        if filter.property == "hs_object_id", let bound = Int64(filter.value) {
            return Self.compare(row.id, filter.op, bound, Int64(filter.high) ?? bound)
        }
        if filter.property == object.modifiedName || filter.property == object.createdName {
            let time = filter.property == object.createdName ? row.createdAt : version.at
            let bound = Int64(filter.value) ?? ServerTime.parse(filter.value) ?? 0
            let high = Int64(filter.high) ?? ServerTime.parse(filter.high) ?? bound
            return Self.compare(time, filter.op, bound, high)
        }
        let value = version.values[filter.property]?.lowercased()
        switch filter.op {
        case "HAS_PROPERTY": return value != nil
        case "NOT_HAS_PROPERTY": return value == nil
        case "EQ": return value == filter.value.lowercased()
        case "NEQ": return value != filter.value.lowercased()
        case "IN": return value.map { filter.values.contains($0) } ?? false
        case "NOT_IN": return value.map { !filter.values.contains($0) } ?? true
        case "CONTAINS_TOKEN":
            let token = filter.value.lowercased().split(separator: "*").joined()
            return value?.contains(token) ?? false
        default:
            guard let left = value.flatMap(Double.init), let right = Double(filter.value) else {
                return false
            }
            return Self.compare(left, filter.op, right, Double(filter.high) ?? right)
        }
    }

    private static func compare<Number: Comparable>(
        _ left: Number,
        _ op: String,
        _ right: Number,
        _ high: Number
    ) -> Bool {
        switch op {
        case "EQ": left == right
        case "NEQ": left != right
        case "GT": left > right
        case "GTE": left >= right
        case "LT": left < right
        case "LTE": left <= right
        case "BETWEEN": left >= right && left <= high
        default: false
        }
    }

    private static func value(
        _ name: String,
        _ row: RecordTable.Row,
        _ version: RecordTable.Version,
        _ object: MockHubSpotObject
    ) -> String {
        switch name {
        case object.modifiedName: ServerTime.iso(version.at)
        case object.createdName: ServerTime.iso(row.createdAt)
        default: version.values[name] ?? ""
        }
    }
}
