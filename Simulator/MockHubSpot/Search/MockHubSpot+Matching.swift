import WireJSON

/// Which records a search finds.
extension MockHubSpot {
    static let searchOperators = [
        "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY",
        "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN",
    ]

    func matches(
        _ filters: [SearchFilter],
        _ hit: SearchHit,
        _ table: RecordTable
    ) -> Bool {
        filters.allSatisfy { filter in
            if let associated = filter.associated {
                return self.isTied(table.rows[hit.row].id, table.object, to: associated, filter)
            }
            guard let calculation = filter.calculation else {
                return Self.matches(filter, hit, table)
            }
            let row = table.rows[hit.row]
            let value = self.calculated(
                calculation.kind,
                calculation.place,
                row,
                row.versions[hit.version]
            )
            return Self.holds(filter, value?.lowercased(), raw: value)
        }
    }

    /// A condition on what a record is tied to, as it stands now.
    private func isTied(
        _ id: Int64,
        _ object: MockHubSpotObject,
        to name: String,
        _ filter: SearchFilter
    ) -> Bool {
        guard let type = self.typeID(name) else { return false }
        let one = End(type: object.typeID, id: id)
        func isTied(to value: String) -> Bool {
            Int64(value).map { self.associations.isTied(one, type, $0) } ?? false
        }
        switch filter.op {
        case "EQ": return isTied(to: filter.value)
        case "NEQ": return !isTied(to: filter.value)
        case "IN": return filter.values.contains(where: isTied)
        case "NOT_IN": return !filter.values.contains(where: isTied)
        case "HAS_PROPERTY": return self.associations.count(one, to: type) > 0
        case "NOT_HAS_PROPERTY": return self.associations.count(one, to: type) == 0
        default: return false
        }
    }

    private static func matches(
        _ filter: SearchFilter,
        _ hit: SearchHit,
        _ table: RecordTable
    ) -> Bool {
        if filter.property == "hs_object_id", let bound = Int64(filter.value) {
            return Self.compare(
                table.rows[hit.row].id,
                filter.op,
                bound,
                Int64(filter.high) ?? bound
            )
        }
        let isStamp = filter.property == table.object.modifiedName
        if (isStamp || filter.property == table.object.createdName), !filter.value.isEmpty {
            let row = table.rows[hit.row]
            let time = isStamp ? row.versions[hit.version].at : row.createdAt
            let bound = Int64(filter.value) ?? ServerTime.parse(filter.value) ?? 0
            let high = Int64(filter.high) ?? ServerTime.parse(filter.high) ?? bound
            return Self.compare(time, filter.op, bound, high)
        }
        // Times are read from what is stored: their letters have a case.
        return Self.holds(
            filter,
            Self.folded(filter.property, hit, table),
            raw: table.rows[hit.row].versions[hit.version].values[filter.property]
        )
    }

    /// Whether a value holds, as it is and without its letters' case.
    private static func holds(_ filter: SearchFilter, _ value: String?, raw: String?) -> Bool {
        switch filter.op {
        case "HAS_PROPERTY": return value != nil
        case "NOT_HAS_PROPERTY": return value == nil
        case "IN": return value.map { filter.values.contains($0) } ?? false
        case "NOT_IN": return value.map { !filter.values.contains($0) } ?? true
        case "CONTAINS_TOKEN": return value.map(filter.token.isIn) ?? false
        case "NOT_CONTAINS_TOKEN": return !(value.map(filter.token.isIn) ?? false)
        default: break
        }
        if filter.kind == .date || filter.kind == .datetime,
            let bound = Self.time(filter.value)
        {
            guard let time = raw.flatMap(Self.time) else { return filter.op == "NEQ" }
            return Self.compare(time, filter.op, bound, Self.time(filter.high) ?? bound)
        }
        switch filter.op {
        case "EQ": return value == filter.folded
        case "NEQ": return value != filter.folded
        default:
            guard let left = value.flatMap(Double.init), let right = Double(filter.value)
            else { return false }
            return Self.compare(left, filter.op, right, Double(filter.high) ?? right)
        }
    }

    private static func folded(
        _ name: String,
        _ hit: SearchHit,
        _ table: RecordTable
    ) -> String? {
        switch name {
        case "hs_object_id": String(table.rows[hit.row].id)
        case table.object.modifiedName:
            ServerTime.iso(table.rows[hit.row].versions[hit.version].at).lowercased()
        case table.object.createdName: ServerTime.iso(table.rows[hit.row].createdAt).lowercased()
        default: table.folded(name, hit.row, hit.version)
        }
    }

    private static func time(_ text: String) -> Int64? { Int64(text) ?? ServerTime.parse(text) }

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

    // MARK: - Queries

    /// The hits in whose searchable properties every word of a query stands.
    func answering(_ query: String, _ hits: [SearchHit], _ place: Int) -> [SearchHit] {
        let words = query.lowercased().split { $0.isWhitespace }.map { BytePattern($0) }
        let table = self.tables[place]
        let names = self.searchedProperties(place)
        let columns = names.map { table.folded.column($0) }
        return hits.filter { hit in
            let isNewest = hit.version == table.rows[hit.row].versions.count - 1
            func value(_ place: Int) -> String? {
                if isNewest, let column = columns[place] { return column[hit.row] }
                return table.folded(names[place], hit.row, hit.version)
            }
            return words.allSatisfy { word in
                names.indices.contains { value($0).map(word.isIn) ?? false }
            }
        }
    }

    func searchedProperties(_ place: Int) -> [String] {
        let object = self.tables[place].object
        return Self.searchable[object.typeID] ?? object.searchableProperties
    }

    /// What `query` looks into by default (HubSpot: search the CRM); bodies stand for previews.
    private static let searchable = [
        "0-1": [
            "firstname", "lastname", "email", "phone", "hs_additional_emails", "fax",
            "mobilephone", "company",
        ],
        "0-2": ["website", "phone", "name", "domain"],
        "0-3": ["dealname", "pipeline", "dealstage", "description", "dealtype"],
        "0-5": ["subject", "content", "hs_pipeline_stage", "hs_ticket_category"],
        "0-7": ["name", "description", "price", "hs_sku"],
        "0-8": ["name", "description", "price", "hs_sku"],
        "0-18": ["hs_communication_body"],
        "0-27": ["hs_task_body", "hs_task_subject"],
        "0-46": ["hs_note_body"],
        "0-47": ["hs_meeting_title", "hs_meeting_body"],
        "0-48": ["hs_call_title", "hs_call_body"],
        "0-49": ["hs_email_subject"],
        "0-115": ["hs_email", "hs_given_name", "hs_family_name"],
        "0-136": ["hs_lead_name"],
    ]
}
