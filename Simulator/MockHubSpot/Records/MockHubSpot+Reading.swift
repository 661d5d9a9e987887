import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// Writes a record as every endpoint shows it.
    func write(
        _ place: Int,
        _ row: RecordTable.Row,
        version: RecordTable.Version? = nil,
        names: [String],
        history: [String] = [],
        associations: [String] = [],
        origin: String = "",
        trace: String? = nil,
        isNew: Bool? = nil,
        isAnswer: Bool = false,
        into item: inout JSONWriter
    ) {
        let version = version ?? row.now
        let object = self.tables[place].object
        let wanted = names.isEmpty ? object.defaultProperties : names
        item.member("id", String(row.id))
        item.name("properties")
        item.object { properties in
            let system = [object.createdName, "hs_object_id", object.modifiedName]
            properties.member(object.createdName, ServerTime.iso(row.createdAt))
            properties.member("hs_object_id", String(row.id))
            properties.member(object.modifiedName, ServerTime.iso(version.at))
            var seen = Set(system)
            for name in wanted where seen.insert(name).inserted {
                guard self.tables[place].isDefined(name) else { continue }
                properties.name(name)
                if let value = self.value(name, place, row, version) {
                    properties.string(value)
                } else {
                    properties.null()
                }
            }
            if isAnswer, self.settings.answersShowCalculated {
                self.writeCalculated(place, row, without: seen, into: &properties)
            }
        }
        if !history.isEmpty { self.write(history, of: row, place, into: &item) }
        item.member("createdAt", ServerTime.iso(row.createdAt))
        item.member("updatedAt", ServerTime.iso(version.at))
        item.member("archived", version.isArchived)
        if version.isArchived { item.member("archivedAt", ServerTime.iso(version.at)) }
        if !isAnswer, self.settings.showsAddresses {
            let (app, portal) = (self.settings.uiDomain, self.settings.portalID)
            item.member(
                "url",
                "https://\(app)/contacts/\(portal)/record/\(object.typeID)/\(row.id)"
            )
        }
        if !associations.isEmpty {
            self.writeTies(row.id, place, associations, origin, into: &item)
        }
        if let trace { item.member("objectWriteTraceId", trace) }
        if let isNew { item.member("new", isNew) }
    }

    private func write(
        _ history: [String],
        of row: RecordTable.Row,
        _ place: Int,
        into item: inout JSONWriter
    ) {
        let most = self.settings.historyVersionsMax
        item.name("propertiesWithHistory")
        item.object { properties in
            for name in history {
                properties.name(name)
                properties.array { versions in
                    let calculation = self.tables[place].calculations[name]
                    let changes =
                        calculation.map { self.calculatedHistory($0, place, row) }
                        ?? row.history(of: name, max: most)
                    for change in changes {
                        versions.object { version in
                            version.member("value", change.value)
                            version.member("timestamp", ServerTime.iso(change.at))
                            version.member("sourceType", change.author.sourceType)
                            version.member("sourceId", change.author.sourceID)
                        }
                    }
                }
            }
        }
    }

    /// The record that an id leads to now: merged ids lead to the survivor.
    func follow(_ id: Int64, _ place: Int) -> RecordTable.Row? {
        var row = self.tables[place].row(id)
        while let next = row?.mergedInto { row = self.tables[place].row(next) }
        return row
    }

    mutating func list(_ place: Int, _ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let max = target.list("propertiesWithHistory").isEmpty ? 100 : 50
        if let refusal = self.oddPage(target, max: max, now) { return refusal }
        let limit = target.limit(10, max: max)
        let after = Int64(target.parameter("after") ?? "") ?? 0
        let names = target.list("properties")
        let history = target.list("propertiesWithHistory")
        let associations = target.list("associations")
        var shown: [RecordTable.Row] = []
        var next: Int64?
        let rows = self.tables[place].rows[self.tables[place].firstPlace(atOrAfter: after)...]
        for row in rows where row.isVisible {
            guard row.now.isArchived == target.isArchived, row.mergedInto == nil else { continue }
            if shown.count == limit {
                next = row.id
                break
            }
            shown.append(row)
        }
        var writer = JSONWriter(reserving: shown.count * 400)
        writer.object { root in
            root.name("results")
            root.array { list in
                for row in shown {
                    list.object { item in
                        self.write(
                            place,
                            row,
                            names: names,
                            history: history,
                            associations: associations,
                            origin: target.origin,
                            into: &item
                        )
                    }
                }
            }
            if let next {
                Self.paging(String(next), link: target.link(after: String(next)), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    static func paging(_ after: String, link: String? = nil, into root: inout JSONWriter) {
        root.name("paging")
        root.object { paging in
            paging.name("next")
            paging.object { page in
                page.member("after", after)
                if let link { page.member("link", link) }
            }
        }
    }

    private func id(
        _ value: String,
        _ property: String?,
        _ place: Int,
        _ target: HubSpotTarget
    ) -> Int64? {
        guard target.isArchived else { return self.named(value, by: property, place) }
        guard let property, property != "hs_object_id" else { return Int64(value) }
        return self.tables[place].archivedID(of: value, by: property)
    }

    /// The record that a value means: an id, unless the request names another property.
    func named(_ value: String, by property: String?, _ place: Int) -> Int64? {
        guard let property, property != "hs_object_id" else { return Int64(value) }
        return self.tables[place].id(of: value, by: property)
    }

    mutating func readOne(_ place: Int, _ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let text = target.recordID ?? ""
        let property = target.parameter("idProperty")
        if let refusal = self.plainProperty(property, place, now) { return refusal }
        let id = self.id(text, property, place, target)
        guard let id, let row = self.follow(id, place), row.isVisible,
            row.now.isArchived == target.isArchived
        else { return self.noRecord(text, property, now) }
        var writer = JSONWriter()
        writer.object { item in
            self.write(
                place,
                row,
                names: target.list("properties"),
                history: target.list("propertiesWithHistory"),
                associations: target.list("associations"),
                origin: target.origin,
                into: &item
            )
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// An id that is no number gets another text than one that nobody has.
    mutating func noRecord(_ id: String, _ property: String?, _ now: Int64) -> HTTPResponse {
        guard property == nil, Int64(id) == nil else {
            return self.error(404, "resource not found", now: now)
        }
        return self.error(
            404,
            "Object not found.  objectId are usually numeric.",
            category: "OBJECT_NOT_FOUND",
            now: now
        ) { root in
            root.name("context")
            root.object { context in
                context.name("id")
                context.array { $0.string(id) }
            }
        }
    }

    private func read(_ row: RecordTable.Row, _ now: Int64) -> RecordTable.Row? {
        self.settings.readDelay > 0 ? row.seen(at: now - self.settings.readDelay) : row
    }

    mutating func batchRead(
        _ place: Int,
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let inputs = json["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        let history = json["propertiesWithHistory"]?.elements.compactMap(\.string) ?? []
        let max = history.isEmpty ? 100 : 50
        guard inputs.count <= max else {
            let asked = history.isEmpty ? "" : " for property histories"
            return self.error(
                400,
                "The maximum number of inputs supported in a batch request\(asked) is \(max). "
                    + "Please reduce the number of items and try again",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let property = json["idProperty"]?.string
        if let refusal = self.plainProperty(property, place, now) { return refusal }
        let names = json["properties"]?.elements.compactMap(\.string) ?? []
        var found: [RecordTable.Row] = []
        var missing: [String] = []
        for input in inputs {
            let text = input["id"].flatMap { $0.string ?? $0.numberText } ?? ""
            let id = self.id(text, property, place, target)
            let row = id.flatMap { self.follow($0, place) }.flatMap { self.read($0, now) }
            if row != nil, row?.id != id {
                switch self.settings.mergedIDsInReads {
                case .followed: break
                case .omitted: continue
                case .missing:
                    missing.append(text)
                    continue
                }
            }
            guard let row, row.isVisible, row.now.isArchived == target.isArchived else {
                missing.append(text)
                continue
            }
            if !found.contains(where: { $0.id == row.id }) { found.append(row) }
        }
        if self.settings.shufflesResults { found.shuffle(using: &self.generator) }
        var writer = JSONWriter(reserving: found.count * 400)
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for row in found {
                    list.object {
                        self.write(place, row, names: names, history: history, into: &$0)
                    }
                }
            }
            Self.batchTimes(now, into: &root)
            if !missing.isEmpty { self.notFound(place, missing, traces: [], into: &root) }
        }
        return HTTPResponse(status: missing.isEmpty ? 200 : 207, body: writer.bytes)
    }

    /// One error for all missing ids, as HubSpot answers them.
    private func notFound(
        _ place: Int,
        _ ids: [String],
        traces: [String],
        into root: inout JSONWriter
    ) {
        root.member("numErrors", 1)
        root.name("errors")
        root.array { list in
            list.object { self.notFoundItem(place, ids, traces, into: &$0) }
        }
    }

    func notFoundItem(
        _ place: Int,
        _ ids: [String],
        _ traces: [String],
        into item: inout JSONWriter
    ) {
        item.member("status", "error")
        item.member("category", "OBJECT_NOT_FOUND")
        item.member(
            "message",
            "Could not get some \(self.tables[place].object.label) objects, they may be deleted or not exist. "
                + "Check that ids are valid."
        )
        item.name("context")
        item.object { context in
            context.name("ids")
            context.array { list in for id in ids { list.string(id) } }
            if !traces.isEmpty {
                context.name("objectWriteTraceId")
                context.array { list in for trace in traces { list.string(trace) } }
            }
        }
    }
}
