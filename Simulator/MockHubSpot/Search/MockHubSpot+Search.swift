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
        /// Of the property that is asked about.
        var kind: MockHubSpotProperty.Kind?

        /// The object type of a condition on associations: `associations.contact`.
        var associated: String? {
            self.property.hasPrefix("associations.")
                ? String(self.property.dropFirst("associations.".count)) : nil
        }

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
        let definitions = self.tables[place].object.properties
        let groups = (json["filterGroups"]?.elements ?? []).map { group in
            (group["filters"]?.elements ?? []).map { item in
                var filter = SearchFilter(item)
                filter.kind = definitions.first { $0.name == filter.property }?.kind
                return filter
            }
        }
        let query = json["query"]?.string ?? ""
        let limit = Self.integer(json["limit"]) ?? 10
        let offset = Self.integer(json["after"]) ?? 0
        if let problem = self.problem(place, request, groups, limit, offset) {
            return self.error(400, problem, category: "VALIDATION_ERROR", now: now)
        }
        // A page may hold fewer rows than were asked for.
        let rows = min(limit, self.settings.searchRowsMax)
        var hits = self.hits(place, groups, now)
        if !query.isEmpty { hits = self.answering(query, hits, place) }
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
        for filter in groups.joined() {
            let isKnown =
                filter.associated.map { self.place(of: $0) != nil }
                ?? known.contains(filter.property)
            guard isKnown else { return "There was a problem with the request." }
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
                    || groups.contains(where: { self.matches($0, row, version, table.object) })
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
