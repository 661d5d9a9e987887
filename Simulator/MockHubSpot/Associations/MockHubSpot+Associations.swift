import HTTPTransport
import WireJSON

/// Associations between two object types, in batches and one by one.
extension MockHubSpot {
    typealias End = AssociationTable.End

    /// The inputs that one batch takes, by its name.
    private static let inputsMax = ["read": 1_000, "create": 2_000, "archive": 100]

    /// `…/associations/{from}/{to}/…`.
    mutating func associationRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = target.family
        if path.starts(with: ["associations", "definitions"]) {
            return self.configurationRoute(Self.pair(path), request, now)
        }
        guard path.count >= 4, let from = self.typeID(path[1]), let to = self.typeID(path[2]) else {
            return self.error(404, "resource not found", now: now)
        }
        let rest = path.dropFirst(3).joined(separator: "/")
        if rest == "labels" || path[3] == "labels" {
            return self.labels(from, to, Array(path.dropFirst(4)), request, now)
        }
        if rest == "types" { return self.typesByName(from, to) }
        guard request.method == .post, let json = Self.body(request),
            let inputs = json["inputs"]?.elements
        else { return self.unreadableBody(now) }
        let name = rest.split(separator: "/").last.map(String.init) ?? ""
        let max = Self.inputsMax[name] ?? 2_000
        guard inputs.count <= max else {
            return self.error(
                400,
                "The maximum number of inputs supported in a batch request is \(max).",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        switch rest {
        case "batch/read":
            return self.readTies(inputs, from, to, target, now)
        case "batch/create":
            let status = target.version == "2026-09" ? 200 : 201
            let form: TieForm = target.isLegacy ? .named : .labelled
            if self.settings.unknownKindRefusesAll,
                inputs.contains(where: { self.kinds(of: $0, from, to) == nil })
            {
                let text = "One or more association types are not valid"
                return self.error(400, text, category: "VALIDATION_ERROR", now: now)
            }
            return self.makeTies(inputs, from, to, form, status: status, now)
        case "batch/associate/default":
            return self.makeTies(inputs, from, to, .bothWays, status: 200, now)
        case "batch/archive", "batch/labels/archive":
            self.archiveTies(inputs, from, to)
            // Since the dated versions there is a reply.
            guard ["2026-03", "2026-09"].contains(target.version) else {
                return HTTPResponse(status: 204)
            }
            var writer = JSONWriter()
            writer.object { root in
                root.member("status", "COMPLETE")
                root.name("results")
                root.array { _ in }
                Self.batchTimes(now, into: &root)
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// What follows `definitions/configurations`; nothing for `all`.
    private static func pair(_ path: [String]) -> [String] {
        let rest = Array(path.dropFirst(3))
        return rest == ["all"] ? [] : rest
    }

    func typeID(_ name: String) -> String? {
        self.place(of: name).map { self.tables[$0].object.typeID }
    }

    /// The living record that an id means, or `nil`.
    func end(_ type: String, _ id: Int64?) -> End? {
        guard let id, let place = self.place(of: type), let row = self.follow(id, place),
            row.isVisible, !row.now.isArchived
        else { return nil }
        return End(type: type, id: row.id)
    }

    private static func id(_ json: JSON?) -> Int64? {
        json.flatMap { $0["id"] }.flatMap { $0.integer ?? Int64($0.string ?? "") }
    }

    /// An id as the request has it.
    private static func idText(_ json: JSON?) -> String {
        json?["id"].flatMap { $0.string ?? $0.numberText } ?? "undefined"
    }

    private func readTies(
        _ inputs: [JSON],
        _ from: String,
        _ to: String,
        _ target: HubSpotTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let isLegacy = target.isLegacy
        let most = isLegacy ? self.settings.oldTiesPageMax : self.settings.tiesPageMax
        var missing: [String] = []
        var writer = JSONWriter(reserving: inputs.count * 200)
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for input in inputs {
                    let id = input["id"].flatMap { $0.integer ?? Int64($0.string ?? "") }
                    let ties = id.map { self.associations.list(End(type: from, id: $0), to: to) }
                    guard let id, let ties, !ties.isEmpty else {
                        missing.append(id.map { String($0) } ?? input["id"]?.string ?? "")
                        continue
                    }
                    // v3 passes over where an input wants to go on.
                    let after = isLegacy ? nil : input["after"].flatMap { Self.cursor($0) }
                    let page = ties.drop { $0.id < after ?? .min }
                    list.object { item in
                        item.name("from")
                        item.object { $0.member("id", String(id)) }
                        item.name("to")
                        item.array { list in
                            for tie in page.prefix(most) {
                                if isLegacy {
                                    self.writeLegacy(tie, from, to, into: &list)
                                } else {
                                    Self.write(tie, into: &list)
                                }
                            }
                        }
                        guard let next = page.dropFirst(most).first?.id else { return }
                        let link = Self.tiesLink(target.origin, End(type: from, id: id), to, next)
                        Self.paging(String(next), link: link, into: &item)
                    }
                }
            }
            Self.batchTimes(now, into: &root)
            guard !missing.isEmpty else { return }
            root.member("numErrors", missing.count)
            root.name("errors")
            root.array { errors in
                for id in missing { Self.writeNoTies(id, from, to, into: &errors) }
            }
        }
        return HTTPResponse(status: missing.isEmpty ? 200 : 207, body: writer.bytes)
    }

    private static func cursor(_ json: JSON) -> Int64? {
        json.integer ?? json.string.flatMap { Int64($0) }
    }

    /// Where the rest of a record's ties are read.
    static func tiesLink(_ origin: String, _ one: End, _ to: String, _ next: Int64) -> String {
        "\(origin)/crm/v3/objects/\(one.type)/\(one.id)/associations/\(to)?after=\(next)"
    }

    private static func writeNoTies(
        _ id: String,
        _ from: String,
        _ to: String,
        into errors: inout JSONWriter
    ) {
        errors.object { item in
            item.member("status", "error")
            item.member("category", "OBJECT_NOT_FOUND")
            item.member("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND")
            item.member("message", "No \(to) is associated with \(from) \(id).")
            item.name("context")
            item.object { context in
                context.name("fromObjectId")
                context.array { $0.string(id) }
            }
        }
    }

    /// One counterpart with its kinds, as v4 and later show it: the id is a number.
    static func write(_ tie: (id: Int64, types: [AssociationType]), into list: inout JSONWriter) {
        list.object { item in
            item.member("toObjectId", tie.id)
            item.name("associationTypes")
            item.array { kinds in
                for type in tie.types {
                    kinds.object { kind in
                        kind.member("category", type.category)
                        kind.member("typeId", type.id)
                        kind.name("label")
                        if let label = type.label { kind.string(label) } else { kind.null() }
                    }
                }
            }
        }
    }

    private mutating func makeTies(
        _ inputs: [JSON],
        _ from: String,
        _ to: String,
        _ form: TieForm,
        status: Int,
        _ now: Int64
    ) -> HTTPResponse {
        var made: [(from: End, to: End, types: [AssociationType])] = []
        var problems: [(String, [String])] = []
        for input in inputs {
            let kinds = form == .bothWays ? [] : self.kinds(of: input, from, to)
            let ids = [Self.id(input["from"]), Self.id(input["to"])]
            guard let one = self.end(from, ids[0]), let other = self.end(to, ids[1]) else {
                let bad = zip(ids, [(from, input["from"]), (to, input["to"])]).map {
                    ($0, $1.0, Self.idText($1.1))
                }.filter { self.end($0.1, $0.0) == nil }
                let names = bad.map(\.2)
                problems.append(("\(names[0]) is not a valid ID", names))
                continue
            }
            guard one != other else {
                problems.append(
                    ("Object \(one.id) cannot be associated to itself (\(one.id))", [])
                )
                continue
            }
            guard let kinds else {
                problems.append(("One or more association types are not valid", []))
                continue
            }
            let types =
                kinds.isEmpty
                ? self.associations.unlabelled(from: from, to: to).map { [$0] } : kinds
            if let full = self.fullness(types ?? [], one, other) {
                problems.append((full, [String(one.id)]))
                continue
            }
            for type in types ?? [] { self.associations.add(type, one, other) }
            made.append((one, other, types ?? []))
        }
        return self.tiesReply(made, problems, form, status: status, now)
    }

    /// The named kinds; empty for none, `nil` where one is not of this pair of types.
    private func kinds(of input: JSON, _ from: String, _ to: String) -> [AssociationType]? {
        // v3 names one by its text.
        if let name = input["type"]?.string, input["types"] == nil {
            return self.type(named: name, from, to).map { [$0] }
        }
        let list = input["types"]
        var kinds: [AssociationType] = []
        for item in list?.elements ?? [] {
            guard let id = item["associationTypeId"]?.integer,
                let type = self.associations.type(Int(id), from: from, to: to),
                Self.isOf(type, item)
            else { return nil }
            kinds.append(type)
        }
        return kinds
    }

    /// What became of a batch of ties; one default tie is answered like a batch of its own.
    func tiesReply(
        _ made: [(from: End, to: End, types: [AssociationType])],
        _ problems: [(String, [String])],
        _ form: TieForm,
        status: Int,
        _ now: Int64
    ) -> HTTPResponse {
        var writer = JSONWriter(reserving: made.count * 160)
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for tie in made {
                    switch form {
                    case .bothWays: Self.writeDefault(tie, into: &list)
                    case .labelled: Self.writeMade(tie, into: &list)
                    case .named: self.writeNamed(tie, into: &list)
                    }
                }
            }
            Self.batchTimes(now, into: &root)
            guard !problems.isEmpty else { return }
            root.member("numErrors", problems.count)
            root.name("errors")
            root.array { errors in
                for (message, ids) in problems {
                    errors.object { item in
                        item.member("status", "error")
                        item.member("category", "VALIDATION_ERROR")
                        item.member("subCategory", "crm.associations.INVALID_IDENTIFIER")
                        item.member("message", message)
                        item.name("context")
                        item.object { context in
                            context.name("id")
                            context.array { list in for id in ids { list.string(id) } }
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: problems.isEmpty ? status : 207, body: writer.bytes)
    }

    private static func writeMade(
        _ tie: (from: End, to: End, types: [AssociationType]),
        into list: inout JSONWriter
    ) {
        list.object { item in
            item.member("fromObjectTypeId", tie.from.type)
            item.member("fromObjectId", tie.from.id)
            item.member("toObjectTypeId", tie.to.type)
            item.member("toObjectId", tie.to.id)
            item.name("labels")
            item.array { labels in
                for label in tie.types.filter(\.isUserDefined).compactMap(\.label) {
                    labels.string(label)
                }
            }
        }
    }

    /// v3 shows the kinds one by one, by name.
    private func writeNamed(
        _ tie: (from: End, to: End, types: [AssociationType]),
        into list: inout JSONWriter
    ) {
        for type in tie.types {
            list.object { item in
                item.name("from")
                item.object { $0.member("id", String(tie.from.id)) }
                item.name("to")
                item.object { $0.member("id", String(tie.to.id)) }
                item.member("type", self.name(of: type, tie.from.type, tie.to.type))
            }
        }
    }

    /// The default form shows both directions.
    private static func writeDefault(
        _ tie: (from: End, to: End, types: [AssociationType]),
        into list: inout JSONWriter
    ) {
        for type in tie.types {
            for (one, other, id) in [(tie.from, tie.to, type.id), (tie.to, tie.from, type.inverse)]
            {
                list.object { item in
                    item.name("from")
                    item.object { $0.member("id", String(one.id)) }
                    item.name("to")
                    item.object { $0.member("id", String(other.id)) }
                    item.name("associationSpec")
                    item.object { spec in
                        spec.member("associationCategory", type.category)
                        spec.member("associationTypeId", id)
                    }
                }
            }
        }
    }

    private mutating func archiveTies(_ inputs: [JSON], _ from: String, _ to: String) {
        for input in inputs {
            guard let id = Self.id(input["from"]) else { continue }
            let kinds = (input["types"]?.elements ?? []).compactMap {
                $0["associationTypeId"]?.integer.map { Int($0) }
            }
            let list =
                input["to"]?.kind == .array
                ? input["to"]?.elements ?? [] : [input["to"]].compactMap(\.self)
            for other in list.compactMap({ Self.id($0) }) {
                self.associations.remove(kinds, End(type: from, id: id), End(type: to, id: other))
            }
        }
    }
}
