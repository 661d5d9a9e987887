package import CRMInterface
package import SyncCore

/// Writes SOQL: field lists, change scans, look-ups.
package enum SalesforceQueries {
    /// Everything a row needs, without repetition; `IsDeleted` and what tells of merges and
    /// conversions included (SOAP API: merge; recorded describes of Contact and Lead).
    package static func fieldNames(_ object: ObjectMapping.Object) -> [String] {
        Self.fieldNames([object])
    }

    /// The same for several mappings that share an object.
    static func fieldNames(_ objects: [ObjectMapping.Object]) -> [String] {
        var seen = Set<String>()
        return objects.flatMap(Self.names).filter { seen.insert($0).inserted }
    }

    private static func names(_ object: ObjectMapping.Object) -> [String] {
        var names = ["Id", "IsDeleted", "SystemModstamp"]
        if ObjectKind.counterpart(object.name)?.isMergeable == true {
            names.append("MasterRecordId")
        }
        if object.name == "Lead" { names += ["IsConverted", "ConvertedContactId"] }
        if let key = object.keyField { names.append(key) }
        if let share = object.share { names += share.fields }
        return names + object.fields.compactMap { $0?.name }
    }

    /// Changes since a mark, without LIMIT: the reply's own pages are followed to the end.
    ///
    /// Deletes move `SystemModstamp` too (SOAP API: getdeleted_getdeletedresult) and stay in
    /// `queryAll` (REST API: resources_queryall).
    ///
    /// `others`: the same object as other mappings that share it have it.
    package static func changes(
        _ object: ObjectMapping.Object,
        others: [ObjectMapping.Object] = [],
        since: ServerTime
    ) -> String {
        self.select([object] + others)
            + " WHERE SystemModstamp >= \(Self.literal(since)) ORDER BY SystemModstamp, Id"
    }

    /// What exists, in id order, restartable after any id.
    package static func all(_ object: ObjectMapping.Object, afterID: String?) -> String {
        let bound = afterID.map { " AND Id > '\($0)'" } ?? ""
        let own = object.share.map { " AND " + Self.condition($0, key: object.keyField) } ?? ""
        return self.select(object) + " WHERE IsDeleted = false\(own)\(bound) ORDER BY Id LIMIT 2000"
    }

    /// What tells a mapping's records from those of others that share the object.
    private static func condition(_ share: RowShare, key: String?) -> String {
        var conditions: [String] = []
        switch (share.field, share.values) {
        case (nil, _): break
        case (let field?, .only(let names)):
            conditions.append("\(field) IN (\(Self.list(names)))")
        case (let field?, .except(let names)):
            conditions.append("(\(field) = null OR \(field) NOT IN (\(Self.list(names))))")
        }
        conditions += share.flags.map { "\($0) = false" }
        if share.isKeyed, let key { conditions.append("\(key) != null") }
        conditions += share.foreignKeys.map { "\($0) = null" }
        return conditions.joined(separator: " AND ")
    }

    package static func byID(_ object: ObjectMapping.Object, ids: [String]) -> String {
        self.select(object) + " WHERE Id IN (\(Self.list(ids)))"
    }

    /// The records in between that name these parents, in id order.
    static func related(
        _ object: ObjectMapping.Object,
        by parent: String,
        ids: [String]
    ) -> String {
        self.select(object) + " WHERE \(parent) IN (\(Self.list(ids))) ORDER BY Id"
    }

    /// Look-ups of one object, each statement within Salesforce's 100,000 characters (App limits:
    /// SOQL and SOSL).
    package static func finds(_ object: ObjectMapping.Object, _ request: FindRequest) -> [String] {
        let head = self.select(object) + " WHERE "
        var statements: [String] = []
        var keys: [String] = []
        var values: [Int: [String]] = [:]
        var size = head.count
        func flush() {
            var conditions: [String] = []
            if let field = object.keyField, !keys.isEmpty {
                conditions.append("\(field) IN (\(Self.list(keys)))")
            }
            for index in values.keys.sorted() {
                guard let name = object.fields[index]?.name, let list = values[index] else {
                    continue
                }
                conditions.append("\(name) IN (\(Self.list(list)))")
            }
            if !conditions.isEmpty {
                statements.append(head + conditions.joined(separator: " OR "))
            }
            keys = []
            values = [:]
            size = head.count
        }
        for query in request.queries {
            if object.keyField != nil, !query.sourceID.isEmpty {
                keys.append(query.sourceID)
                size += query.sourceID.count + 3
            }
            for index in query.values.keys.sorted() {
                guard let value = query.values[index], !value.isBlank,
                    object.fields.indices.contains(index), object.fields[index] != nil
                else { continue }
                values[index, default: []].append(value.text)
                size += value.bytes.count * 2 + 3
            }
            if size > Self.statementMax { flush() }
        }
        flush()
        return statements
    }

    /// A SOQL string literal's inside: quotes and backslashes escaped (SOQL: quoted string escapes;
    /// simple-salesforce 1.12.10, format.py).
    package static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "'": result += "\\'"
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static func select(_ object: ObjectMapping.Object) -> String {
        Self.select([object])
    }

    private static func select(_ objects: [ObjectMapping.Object]) -> String {
        "SELECT \(Self.fieldNames(objects).joined(separator: ",")) FROM \(objects.first?.name ?? "")"
    }

    private static func list(_ values: [String]) -> String {
        Array(Set(values)).sorted().map { "'\(Self.escaped($0))'" }.joined(separator: ",")
    }

    private static func literal(_ time: ServerTime) -> String {
        // Whole seconds: that is what Salesforce stores (every recorded stamp ends with
        // `.000+0000`).
        String(CivilTime.text(time.milliseconds).prefix(19)) + "Z"
    }

    /// Below the vendor's 100,000, as escapes and field names come on top.
    private static let statementMax = 90_000
}
