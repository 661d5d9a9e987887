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
    mutating func search(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard request.body.count <= 3_000 else {
            return self.error(
                400,
                "The request body is over 3,000 characters.",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        guard let json = Self.body(request) else {
            return self.error(400, "Invalid input JSON", now: now)
        }
        let groups = (json["filterGroups"]?.elements ?? []).map { group in
            (group["filters"]?.elements ?? []).map(SearchFilter.init)
        }
        guard groups.count <= 5, groups.allSatisfy({ $0.count <= 6 }),
            groups.reduce(0, { $0 + $1.count }) <= 18
        else {
            return self.error(400, "Too many filters.", category: "VALIDATION_ERROR", now: now)
        }
        let known = Set(self.table.object.properties.map(\.name))
        for filter in groups.joined() where !known.contains(filter.property) {
            return self.error(
                400,
                "There was a problem with the request.",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let limit = Int(json["limit"]?.integer ?? 10)
        let offset = json["after"]?.integer ?? 0
        guard limit <= 200, offset + Int64(limit) <= 10_000 else {
            return self.error(
                400,
                "The maximum number of results is 10,000.",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        // A page may hold fewer rows than were asked for.
        let rows = min(limit, self.settings.searchRowsMax)
        var hits = self.hits(groups, now)
        if self.isIndexBehind(at: now) { self.laggedSearches += 1 }
        self.sort(&hits, by: json["sorts"]?[0])
        let page = hits.dropFirst(Int(offset)).prefix(rows)
        let names = json["properties"]?.elements.compactMap(\.string) ?? []
        var writer = JSONWriter(reserving: page.count * 400)
        writer.object { root in
            root.member("total", hits.count)
            root.name("results")
            root.array { list in
                for hit in page {
                    list.object { item in
                        self.write(
                            self.table.rows[hit.row],
                            version: hit.version,
                            names: names,
                            into: &item
                        )
                    }
                }
            }
            if Int(offset) + rows < hits.count {
                Self.paging(String(Int(offset) + rows), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func isIndexBehind(at now: Int64) -> Bool {
        let indexTime = now - self.settings.indexDelay
        return self.table.newest.contains { $0 > indexTime }
    }

    /// The records that the index shows for any of the groups, in id order.
    private func hits(
        _ groups: [[SearchFilter]],
        _ now: Int64
    ) -> [(row: Int, version: ContactTable.Version)] {
        let indexTime = now - self.settings.indexDelay
        let oldest = Self.oldest(groups)
        var hits: [(row: Int, version: ContactTable.Version)] = []
        for (place, newest) in self.table.newest.enumerated() where newest >= oldest {
            let row = self.table.rows[place]
            guard row.isVisible, row.mergedInto == nil, !row.now.isArchived,
                let version = row.version(at: indexTime), !version.isArchived,
                groups.isEmpty || groups.contains(where: { Self.matches($0, row, version) })
            else { continue }
            hits.append((place, version))
        }
        return hits
    }

    /// No record that changed before matches.
    private static func oldest(_ groups: [[SearchFilter]]) -> Int64 {
        let bounds = groups.map { group in
            group.filter {
                $0.property == "lastmodifieddate" && ["GT", "GTE"].contains($0.op)
            }.compactMap { Int64($0.value) }.max() ?? .min
        }
        return bounds.min() ?? .min
    }

    private func sort(
        _ hits: inout [(row: Int, version: ContactTable.Version)],
        by sort: JSON?
    ) {
        let text = sort?.string ?? sort?["propertyName"]?.string ?? "hs_object_id"
        let isDescending = text.hasPrefix("-") || sort?["direction"]?.string == "DESCENDING"
        let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
        // Rows stand in id order already.
        if name != "hs_object_id" {
            hits.sort { left, right in
                let first = Self.value(name, self.table.rows[left.row], left.version)
                let second = Self.value(name, self.table.rows[right.row], right.version)
                return (first, left.row) < (second, right.row)
            }
        }
        if isDescending { hits.reverse() }
    }

    private static func matches(
        _ filters: [SearchFilter],
        _ row: ContactTable.Row,
        _ version: ContactTable.Version
    ) -> Bool {
        filters.allSatisfy { Self.matches($0, row, version) }
    }

    private static func matches(
        _ filter: SearchFilter,
        _ row: ContactTable.Row,
        _ version: ContactTable.Version
    ) -> Bool {
        if filter.property == "hs_object_id", let bound = Int64(filter.value) {
            return Self.compare(row.id, filter.op, bound, Int64(filter.high) ?? bound)
        }
        if filter.property == "lastmodifieddate" || filter.property == "createdate" {
            let time = filter.property == "createdate" ? row.createdAt : version.at
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
        _ row: ContactTable.Row,
        _ version: ContactTable.Version
    ) -> String {
        switch name {
        case "lastmodifieddate": ServerTime.iso(version.at)
        case "createdate": ServerTime.iso(row.createdAt)
        default: version.values[name] ?? ""
        }
    }
}
