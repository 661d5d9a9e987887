import HTTPTransport
import WireJSON

/// `/crm/limits`: how much of what it may hold the account uses.
extension MockHubSpot {
    mutating func limitRoute(
        _ rest: [String],
        _ target: HubSpotTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let limits = self.settings.accountLimits
        switch rest.first {
        case "records":
            return self.byType(limits.recordsOfOneType, limits.customRecords) { table in
                Int64(table.rows.count { !$0.now.isArchived && $0.mergedInto == nil })
            }
        case "pipelines":
            return self.byType(limits.pipelinesOfOneType, limits.customPipelines) { table in
                self.pipelines.byType[table.object.typeID].map { Int64($0.count) }
            }
        case "custom-properties":
            return self.ofProperties(limits.properties, each: limits.propertiesOfOneType) {
                !$0.isHubSpotDefined
            }
        case "calculated-properties":
            return self.ofProperties(limits.calculatedProperties, each: nil) {
                $0.isCalculated && !$0.isHubSpotDefined
            }
        case "custom-object-types":
            let used = Int64(self.customTables.count)
            var writer = JSONWriter()
            writer.object { Self.write(used, of: limits.customTypes, into: &$0) }
            return HTTPResponse(status: 200, body: writer.bytes)
        case "associations":
            if rest.count == 2 { return self.labelLimits(target) }
            return self.associationLimits(Array(rest.dropFirst(2)), now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private var customTables: [RecordTable] {
        self.tables.filter { $0.object.isCustom && !$0.object.isArchived }
    }

    // MARK: - Writing

    private static func write(
        _ used: Int64,
        of limit: Int64,
        into item: inout JSONWriter,
        prefix: String = ""
    ) {
        func name(_ text: String) -> String {
            prefix.isEmpty ? text : prefix + text.prefix(1).uppercased() + text.dropFirst()
        }
        item.member(name("limit"), limit)
        item.member(name("usage"), used)
        item.name(name("percentage"))
        item.raw(String(limit > 0 ? Double(used) / Double(limit) * 100 : 0))
    }

    private static func write(_ object: MockHubSpotObject, into item: inout JSONWriter) {
        item.member("objectTypeId", object.typeID)
        item.member("singularLabel", object.shownSingular)
        item.member("pluralLabel", object.shownPlural)
    }

    /// Usage of each object type of HubSpot's, and of all custom ones together.
    private func byType(
        _ limit: Int64,
        _ customLimit: Int64,
        _ count: (RecordTable) -> Int64?
    ) -> HTTPResponse {
        let custom = self.customTables.compactMap { table in
            count(table).map { (table.object, $0) }
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("hubspotDefinedObjectTypes")
            root.array { list in
                for table in self.tables where !table.object.isCustom {
                    guard let used = count(table) else { continue }
                    list.object { item in
                        Self.write(table.object, into: &item)
                        Self.write(used, of: limit, into: &item)
                    }
                }
            }
            root.name("customObjectTypes")
            root.object { item in
                let used = custom.reduce(0) { $0 + $1.1 }
                Self.write(used, of: customLimit, into: &item, prefix: "overall")
                item.name("byObjectType")
                item.array { list in
                    for (object, used) in custom {
                        list.object { one in
                            Self.write(object, into: &one)
                            one.member("usage", used)
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func ofProperties(
        _ limit: Int64,
        each: Int64?,
        _ isCounted: (MockHubSpotProperty) -> Bool
    ) -> HTTPResponse {
        let counts = self.tables.filter { !$0.object.isArchived }.map { table in
            (table.object, Int64(table.object.properties.count { isCounted($0) }))
        }
        var writer = JSONWriter()
        writer.object { root in
            let used = counts.reduce(0) { $0 + $1.1 }
            Self.write(used, of: limit, into: &root, prefix: "overall")
            root.name("byObjectType")
            root.array { list in
                for (object, used) in counts {
                    list.object { item in
                        Self.write(object, into: &item)
                        if let each {
                            Self.write(used, of: each, into: &item)
                        } else {
                            item.member("usage", used)
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Associations

    private func labelLimits(_ target: HubSpotTarget) -> HTTPResponse {
        let from = target.parameter("fromObjectTypeId").flatMap(self.typeID)
        let to = target.parameter("toObjectTypeId").flatMap(self.typeID)
        var pairs: [(from: String, to: String, labels: [String])] = []
        for type in self.associations.types where type.isUserDefined && type.label != nil {
            guard from == nil || type.from == from, to == nil || type.to == to else { continue }
            let label = type.label ?? ""
            if let place = pairs.firstIndex(where: { $0.from == type.from && $0.to == type.to }) {
                pairs[place].labels.append(label)
            } else {
                pairs.append((type.from, type.to, [label]))
            }
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for pair in pairs {
                    list.object { item in
                        for (name, id) in [
                            ("fromObjectType", pair.from), ("toObjectType", pair.to),
                        ] {
                            guard let place = self.place(of: id) else { continue }
                            item.name(name)
                            item.object { Self.write(self.tables[place].object, into: &$0) }
                        }
                        Self.write("allLabels", pair.labels, into: &item)
                        let limit = self.settings.accountLimits.labels
                        Self.write(Int64(pair.labels.count), of: limit, into: &item)
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// `from`, `{from}/to` or `{from}/{to}`: records near their limit are over 80 % of it.
    private mutating func associationLimits(_ rest: [String], _ now: Int64) -> HTTPResponse {
        let limit = self.settings.accountLimits.associations
        let from = self.typeID(rest[0])
        guard rest.count == 1 || from != nil else {
            return self.error(400, "Unable to infer object type from: \(rest[0])", now: now)
        }
        if rest.count == 2, rest[1] != "to" {
            guard let from, let to = self.typeID(rest[1]) else {
                return self.error(400, "Unable to infer object type from: \(rest[1])", now: now)
            }
            return self.nearLimit(from, to, limit)
        }
        let crowded = self.associations.crowded(over: limit * 4 / 5).filter {
            rest.count == 1 || $0.from.type == from
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for table in self.tables {
                    let type = table.object.typeID
                    let own = crowded.filter {
                        (rest.count == 1 ? $0.from.type : $0.toType) == type
                    }
                    guard !own.isEmpty else { continue }
                    list.object { item in
                        Self.write(table.object, into: &item)
                        item.member("hasRecordsAtLimit", own.contains { $0.count >= limit })
                        item.member("hasRecordsNearLimit", own.contains { $0.count < limit })
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func nearLimit(_ from: String, _ to: String, _ limit: Int64) -> HTTPResponse {
        let crowded = self.associations.crowded(over: limit * 4 / 5).filter {
            $0.from.type == from && $0.toType == to
        }
        let full = crowded.filter { $0.count >= limit }
        let near = crowded.filter { $0.count < limit }
        var writer = JSONWriter()
        writer.object { root in
            root.member("limit", limit)
            root.member("totalRecordsAtLimit", full.count)
            root.member("totalRecordsNearLimit", near.count)
            for (name, records) in [
                ("atLimitFromRecordSamples", full), ("nearLimitFromRecordSamples", near),
            ] {
                root.name(name)
                root.array { list in
                    for record in records.prefix(100) {
                        list.object { item in
                            item.member("objectId", record.from.id)
                            item.member("label", self.shownName(record.from))
                            guard record.count < limit else { return }
                            item.member("usage", record.count)
                            item.name("percentage")
                            item.raw(String(Double(record.count) / Double(limit) * 100))
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func shownName(_ end: End) -> String {
        guard let place = self.place(of: end.type), let row = self.tables[place].row(end.id) else {
            return ""
        }
        let names = self.tables[place].object.defaultProperties
        return names.lazy.compactMap { row.now.values[$0] }.first ?? String(end.id)
    }
}

extension MockHubSpotObject {
    var isCustom: Bool { self.typeID.hasPrefix("2-") }

    var shownSingular: String { self.singularLabel ?? self.label.capitalizedWord }

    var shownPlural: String { self.pluralLabel ?? self.name.capitalizedWord }
}

extension String {
    var capitalizedWord: String {
        self.prefix(1).uppercased() + self.dropFirst().lowercased()
    }
}
