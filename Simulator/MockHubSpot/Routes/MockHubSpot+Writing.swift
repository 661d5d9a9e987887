import HTTPTransport
import WireJSON

extension MockHubSpot {
    /// One input of a batch, taken apart.
    private struct Input {
        var trace: String?
        var id: String
        var idProperty: String?
        var fields: [(String, String)]
        var json: JSON

        init(_ json: JSON, nullClears: Bool) {
            self.json = json
            self.trace = json["objectWriteTraceId"]?.string
            self.id = json["id"].flatMap { $0.string ?? $0.numberText } ?? ""
            self.idProperty = json["idProperty"]?.string
            self.fields = MockHubSpot.fields(json, nullClears: nullClears)
        }
    }

    /// What became of one input.
    private enum Fate {
        case stored(Int64, isNew: Bool)
        case refused(RecordTable.Refusal)
        case silent
    }

    private static func fields(_ json: JSON, nullClears: Bool) -> [(String, String)] {
        (json["properties"]?.members ?? []).compactMap { name, value in
            if nullClears, value.kind == .null { return (name, "") }
            if let text = value.string ?? value.numberText { return (name, text) }
            return value.boolean.map { (name, $0 ? "true" : "false") }
        }
    }

    /// Create, update or upsert in a batch, by the decision table of the batch endpoints.
    mutating func batchWrite(
        _ place: Int,
        _ endpoint: MockHubSpotEndpoint,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let list = json["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        let inputs = list.map { Input($0, nullClears: self.settings.nullClears) }
        guard inputs.count <= 100 else { return self.tooManyInputs(now) }
        if endpoint != .batchCreate, let twice = Self.duplicates(inputs.map(\.id)).first {
            let text = "Duplicate IDs found in batch input: [\(twice)]. IDs must be unique"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now) { root in
                root.name("context")
                root.object { context in
                    context.name("ids")
                    context.array { $0.string(twice) }
                }
            }
        }
        for name in inputs.compactMap(\.idProperty) {
            if let refusal = self.plainProperty(name, place, now) { return refusal }
        }
        let isTraced = !inputs.isEmpty && inputs.allSatisfy { $0.trace != nil }
        if !isTraced { self.tables[place].beginBatch() }
        let ties = isTraced ? nil : self.associations
        let fates = inputs.map { self.carryOut(place, $0, endpoint, author, now) }
        if !isTraced {
            // Without trace ids one bad value refuses the whole batch.
            if let refusal = Self.whole(fates) {
                self.tables[place].takeBackBatch()
                if let ties { self.associations = ties }
                return self.refused(place, refusal, now, isWhole: true)
            }
            self.tables[place].endBatch()
        }
        return self.batchReply(place, endpoint, inputs, fates, now)
    }

    /// The refusal of a property by which no record can be named; the text is from memory.
    mutating func plainProperty(_ name: String?, _ place: Int, _ now: Int64) -> HTTPResponse? {
        guard let name, name != "hs_object_id", !self.tables[place].isUnique(name) else {
            return nil
        }
        let text = "Property \"\(name)\" is not a unique identifier"
        return self.error(400, text, category: "VALIDATION_ERROR", now: now)
    }

    /// What refuses a batch as a whole: all problems of all inputs, or the first other refusal.
    private static func whole(_ fates: [Fate]) -> RecordTable.Refusal? {
        var problems: [(property: String, code: String, message: String)] = []
        var other: RecordTable.Refusal?
        for fate in fates {
            guard case .refused(let refusal) = fate else { continue }
            switch refusal {
            case .invalid(let more): problems += more
            case .conflict, .taken, .objection: other = other ?? refusal
            case .missing: continue
            }
        }
        return problems.isEmpty ? other : .invalid(problems)
    }

    mutating func tooManyInputs(_ now: Int64) -> HTTPResponse {
        self.error(
            400,
            "Batch operations are limited to 100 records at a time",
            category: "VALIDATION_ERROR",
            now: now
        )
    }

    private mutating func carryOut(
        _ place: Int,
        _ input: Input,
        _ endpoint: MockHubSpotEndpoint,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> Fate {
        do throws(RecordTable.Refusal) {
            if endpoint == .batchCreate {
                let ties = try self.ties(input.json, place)
                try self.askRules(place, input.fields, nil)
                let id = try self.tables[place].create(input.fields, author, now)
                self.tie(id, place, ties)
                return .stored(id, isNew: true)
            }
            let property = input.idProperty
            let known = self.named(input.id, by: property, place)
            if endpoint == .batchUpsert, known == nil, let property {
                var fields = input.fields.filter { $0.0 != property }
                fields.append((property, input.id))
                try self.askRules(place, fields, nil)
                return .stored(try self.tables[place].create(fields, author, now), isNew: true)
            }
            guard let id = known else { return .refused(.missing) }
            if self.tables[place].row(id)?.mergedInto != nil {
                switch self.settings.mergedIDsInUpdates {
                case .omitted: return .silent
                default: return .refused(.missing)
                }
            }
            try self.askRules(place, input.fields, id)
            try self.tables[place].update(id, input.fields, author, now)
            return .stored(id, isNew: false)
        } catch {
            return .refused(error)
        }
    }

    private mutating func batchReply(
        _ place: Int,
        _ endpoint: MockHubSpotEndpoint,
        _ inputs: [Input],
        _ fates: [Fate],
        _ now: Int64
    ) -> HTTPResponse {
        var stored: [(input: Input, id: Int64, isNew: Bool)] = []
        var missing: [Input] = []
        var refused: [(Input, RecordTable.Refusal)] = []
        for (input, fate) in zip(inputs, fates) {
            switch fate {
            case .stored(let id, let isNew): stored.append((input, id, isNew))
            case .refused(.missing): missing.append(input)
            case .refused(let refusal): refused.append((input, refusal))
            case .silent: continue
            }
        }
        if self.settings.shufflesResults { stored.shuffle(using: &self.generator) }
        var writer = JSONWriter(reserving: stored.count * 400)
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for item in stored {
                    guard let row = self.tables[place].row(item.id) else { continue }
                    let names =
                        item.input.fields.map(\.0) + (item.input.idProperty.map { [$0] } ?? [])
                    list.object { writer in
                        self.write(
                            place,
                            row,
                            names: names,
                            trace: item.input.trace,
                            isNew: endpoint == .batchUpsert ? item.isNew : nil,
                            isAnswer: true,
                            into: &writer
                        )
                    }
                }
            }
            Self.batchTimes(now, into: &root)
            let count = refused.count + (missing.isEmpty ? 0 : 1)
            guard count > 0 else { return }
            root.member("numErrors", count)
            root.name("errors")
            root.array { errors in
                for (input, refusal) in refused {
                    errors.object { self.write(place, refusal, trace: input.trace, into: &$0) }
                }
                if !missing.isEmpty {
                    errors.object { item in
                        self.notFoundItem(
                            place,
                            missing.map(\.id),
                            missing.compactMap(\.trace),
                            into: &item
                        )
                    }
                }
            }
        }
        let isWhole = refused.isEmpty && missing.isEmpty
        let success = endpoint == .batchCreate ? 201 : 200
        return HTTPResponse(status: isWhole ? success : 207, body: writer.bytes)
    }

    // MARK: - Single records

    mutating func createOne(
        _ place: Int,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        do throws(RecordTable.Refusal) {
            let ties = try self.ties(json, place)
            let fields = Self.fields(json, nullClears: self.settings.nullClears)
            try self.askRules(place, fields, nil)
            let id = try self.tables[place].create(fields, author, now)
            self.tie(id, place, ties)
            var response = self.one(place, id, status: 201)
            let address = HubSpotTarget(request).address(of: String(id))
            response.headers.append(HTTPHeader("Location", address))
            return response
        } catch {
            return self.refused(place, error, now)
        }
    }

    mutating func updateOne(
        _ place: Int,
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        let text = target.recordID ?? ""
        let property = target.parameter("idProperty")
        if let refusal = self.plainProperty(property, place, now) { return refusal }
        let known = self.named(text, by: property, place)
        guard let json = Self.body(request), let id = known, let row = self.follow(id, place) else {
            return self.noRecord(text, property, now)
        }
        guard let members = json["properties"]?.members, !members.isEmpty else {
            return self.noProperties(now)
        }
        do throws(RecordTable.Refusal) {
            let fields = Self.fields(json, nullClears: self.settings.nullClears)
            try self.askRules(place, fields, row.id)
            try self.tables[place].update(row.id, fields, author, now)
            return self.one(place, row.id, status: 200)
        } catch {
            return self.refused(place, error, now)
        }
    }

    /// An update that names nothing to update; a record has not changed then.
    private mutating func noProperties(_ now: Int64) -> HTTPResponse {
        self.error(
            400,
            "No properties found to update, please provide at least one.",
            category: "VALIDATION_ERROR",
            now: now
        ) { root in
            root.name("context")
            root.object { context in
                context.name("properties")
                context.array { $0.string("{}") }
            }
        }
    }

    private func ties(
        _ json: JSON,
        _ place: Int
    ) throws(RecordTable.Refusal) -> [WantedTie] {
        switch self.wantedTies(json, place) {
        case .success(let ties): return ties
        case .failure(let objection): throw .objection(objection)
        }
    }

    mutating func mergeTwo(
        _ place: Int,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        let json = Self.body(request)
        let ids = ["primaryObjectId", "objectIdToMerge"].map { json?[$0]?.integer }
        return self.merged(place, ids[0], ids[1], author, now)
    }

    /// Merges two records; answers what became of them.
    mutating func merged(
        _ place: Int,
        _ primary: Int64?,
        _ loser: Int64?,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        // Merged ids lead to the survivor here too.
        let rows = [primary, loser].map { id in
            id.flatMap { self.follow($0, place) }.flatMap {
                $0.isVisible && !$0.now.isArchived ? $0.id : nil
            }
        }
        guard let primary = rows[0], let loser = rows[1] else {
            return self.error(404, "resource not found", now: now)
        }
        guard self.tables[place].merges(of: [primary, loser]) < self.settings.mergesMax else {
            let text = "Cannot have more than \(self.settings.mergesMax) identities on a profile"
            return self.error(414, text, category: "VALIDATION_ERROR", now: now)
        }
        // The text is from memory.
        guard primary != loser,
            let id = self.tables[place].merge(
                primary,
                loser,
                keepsID: self.settings.mergeKeepsPrimaryID,
                author,
                now
            )
        else {
            let text = "Cannot merge an object with itself"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now)
        }
        let type = self.tables[place].object.typeID
        for old in [primary, loser] where old != id {
            self.associations.move(End(type: type, id: old), to: End(type: type, id: id))
        }
        return self.one(place, id, status: 200)
    }

    /// `{"objectId":"…","idProperty":"email"}`; an unknown one is answered the same.
    mutating func gdprDelete(
        _ place: Int,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let text = json["objectId"]?.string else {
            return self.error(400, "objectId is required", category: "VALIDATION_ERROR", now: now)
        }
        let property = json["idProperty"]?.string
        let id = property.map { self.tables[place].id(of: text, by: $0) } ?? Int64(text)
        if let id { self.tables[place].purge(id, author, now) }
        return HTTPResponse(status: 204)
    }

    /// One record with all that it holds.
    func one(_ place: Int, _ id: Int64, status: Int) -> HTTPResponse {
        guard let row = self.tables[place].row(id) else { return HTTPResponse(status: 404) }
        var writer = JSONWriter()
        let names = row.now.values.keys.sorted()
        writer.object { self.write(place, row, names: names, isAnswer: true, into: &$0) }
        return HTTPResponse(status: status, body: writer.bytes)
    }

    private static func duplicates(_ ids: [String]) -> [String] {
        var seen = Set<String>()
        return ids.filter { !seen.insert($0).inserted }
    }
}
