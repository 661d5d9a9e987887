import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// Answers from the index, which is as old as the index delay.
    mutating func search(
        _ place: Int,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        let definitions = self.tables[place].object.properties
        let groups = Self.filterGroups(json).map { group in
            group.map { item in
                var filter = SearchFilter(item)
                filter.kind = definitions.first { $0.name == filter.property }?.kind
                filter.calculation = self.tables[place].calculations[filter.property].map {
                    (kind: $0, place: place)
                }
                return filter
            }
        }
        let query = json["query"]?.string ?? ""
        let limit = Self.integer(json["limit"]) ?? 10
        let offset = Self.integer(json["after"]) ?? 0
        let problem =
            self.problem(place, request, groups, limit, offset)
            ?? self.sortProblem(json["sorts"]?[0], place)
        if let problem {
            return self.error(400, problem, category: "VALIDATION_ERROR", now: now)
        }
        // A page may hold fewer rows than were asked for.
        let rows = min(limit, self.settings.searchRowsMax)
        var hits = self.hits(place, groups, now)
        if !query.isEmpty {
            self.fold(place, self.searchedProperties(place))
            hits = self.answering(query, hits, place)
        }
        if self.isIndexBehind(place, at: now) { self.laggedSearches += 1 }
        let total = hits.count
        self.sort(&hits, place, by: json["sorts"]?[0], first: offset + rows)
        let page = hits.dropFirst(offset).prefix(rows)
        let names = json["properties"]?.elements.compactMap(\.string) ?? []
        var writer = JSONWriter(reserving: page.count * 400)
        writer.object { root in
            root.member("total", total)
            root.name("results")
            root.array { list in
                for hit in page {
                    list.object { item in
                        self.write(
                            place,
                            self.tables[place].rows[hit.row],
                            version: hit.version(self.tables[place]),
                            names: names,
                            into: &item
                        )
                    }
                }
            }
            // Asked for no rows, a search tells the total alone: there is no page after it.
            if rows > 0, offset + rows < total {
                Self.paging(String(offset + rows), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The records in which the words of a query stand, in id order.
    mutating func found(_ query: String, _ place: Int, _ now: Int64) -> [RecordTable.Row] {
        var hits = self.hits(place, [], now)
        if !query.isEmpty {
            self.fold(place, self.searchedProperties(place))
            hits = self.answering(query, hits, place)
        }
        return hits.map { self.tables[place].rows[$0.row] }
    }

    /// The filters of each group; those beside `filterGroups` are a group of their own (HubSpot:
    /// search through associations), which is a further one where a request has both.
    static func filterGroups(_ json: JSON) -> [[JSON]] {
        let groups = (json["filterGroups"]?.elements ?? []).map { $0["filters"]?.elements ?? [] }
        let alone = json["filters"]?.elements ?? []
        return alone.isEmpty ? groups : groups + [alone]
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
            if let problem = filter.problem { return problem }
        }
        guard (0...200).contains(limit) else { return "limit must be between 0 and 200" }
        guard (0...10_000).contains(offset), offset + limit <= 10_000 else {
            return "The maximum number of results is 10,000."
        }
        return nil
    }

    /// Only the first of the sorts counts; the text is from memory.
    private func sortProblem(_ sort: JSON?, _ place: Int) -> String? {
        guard let sort, !sort.isNull else { return nil }
        let (name, _) = Self.order(sort)
        let isKnown = self.tables[place].object.properties.contains { $0.name == name }
        return isKnown ? nil : "There was a problem with the request."
    }

    /// The property that a sort names, and whether its greatest values come first.
    private static func order(_ sort: JSON?) -> (name: String, isDescending: Bool) {
        let text = sort?.string ?? sort?["propertyName"]?.string ?? "hs_object_id"
        let isDescending = text.hasPrefix("-") || sort?["direction"]?.string == "DESCENDING"
        return (text.hasPrefix("-") ? String(text.dropFirst()) : text, isDescending)
    }

    private func isIndexBehind(_ place: Int, at now: Int64) -> Bool {
        self.tables[place].newestCommit > now - self.settings.indexDelay
    }

    /// The records that the index shows for any of the groups, in id order.
    private mutating func hits(
        _ place: Int,
        _ groups: [[SearchFilter]],
        _ now: Int64
    ) -> [SearchHit] {
        let indexTime = now - self.settings.indexDelay
        let candidates = self.candidates(place, groups, indexTime)
        if candidates == nil { self.fold(place, Self.texts(groups)) }
        let table = self.tables[place]
        let oldest = Self.oldest(groups, table.object.modifiedName)
        let after = Self.changesAfter(groups, table.object.modifiedName)
        var hits: [SearchHit] = []
        func look(_ row: Int) {
            guard table.newest[row] >= oldest,
                let version = table.shownVersion(row, at: indexTime)
            else { return }
            let hit = SearchHit(row: row, version: version)
            if let after {
                let isHit = table.rows[row].id > after && hit.version(table).at >= oldest
                if isHit { hits.append(hit) }
                return
            }
            guard groups.isEmpty || groups.contains(where: { self.matches($0, hit, table) })
            else { return }
            hits.append(hit)
        }
        if let candidates {
            for row in candidates { look(row) }
        } else {
            let first = groups.map { Self.firstID($0) }.min().map(table.firstPlace) ?? 0
            for row in first..<table.rows.count { look(row) }
        }
        return hits
    }

    /// The id after which a search asks for all changes since a time, and for nothing else.
    ///
    /// So do those who follow a portal: the conditions of a million records are not gone through for it.
    private static func changesAfter(_ groups: [[SearchFilter]], _ modified: String) -> Int64? {
        guard groups.count == 1, let group = groups.first,
            group.allSatisfy({ filter in
                Int64(filter.value) != nil
                    && (filter.property == modified && filter.op == "GTE"
                        || filter.property == "hs_object_id" && filter.op == "GT")
            })
        else { return nil }
        return self.firstID(group)
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

    /// Brings so many first hits into the order that is asked for; the others may be dropped.
    private func sort(_ hits: inout [SearchHit], _ place: Int, by sort: JSON?, first: Int) {
        let (name, isDescending) = Self.order(sort)
        let table = self.tables[place]
        switch name {
        // Rows stand in id order already.
        case "hs_object_id": if isDescending { hits.reverse() }
        case table.object.modifiedName:
            Self.sort(&hits, isDescending, first) { table.rows[$0.row].versions[$0.version].at }
        case table.object.createdName:
            Self.sort(&hits, isDescending, first) { table.rows[$0.row].createdAt }
        default:
            Self.sort(&hits, isDescending, first) {
                let row = table.rows[$0.row]
                return self.value(name, place, row, row.versions[$0.version]) ?? ""
            }
        }
    }

    /// Hits whose keys tie keep their order, or the opposite one.
    private static func sort<Key: Comparable>(
        _ hits: inout [SearchHit],
        _ isDescending: Bool,
        _ first: Int,
        by key: (SearchHit) -> Key
    ) {
        typealias Item = (key: Key, hit: SearchHit)
        func stands(_ one: Item, before other: Item) -> Bool {
            isDescending
                ? (one.key, one.hit.row) > (other.key, other.hit.row)
                : (one.key, one.hit.row) < (other.key, other.hit.row)
        }
        let keyed = hits.map { (key: key($0), hit: $0) }
        // A page of few out of many needs no order among the rest.
        guard first > 0, first <= 200, hits.count > first * 8 else {
            hits = keyed.sorted(by: stands).map(\.hit)
            return
        }
        var best = keyed.prefix(first).sorted(by: stands)
        for item in keyed.dropFirst(first) where stands(item, before: best[first - 1]) {
            var (low, high) = (0, first - 1)
            while low < high {
                let middle = (low + high) / 2
                if stands(best[middle], before: item) { low = middle + 1 } else { high = middle }
            }
            best.removeLast()
            best.insert(item, at: low)
        }
        hits = best.map(\.hit)
    }
}
