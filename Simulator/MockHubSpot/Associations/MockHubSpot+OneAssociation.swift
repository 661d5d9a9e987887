import HTTPTransport
import WireJSON

/// Associations of one record, and the labels of a pair of object types.
extension MockHubSpot {
    private static let pageMax = 500

    /// `…/objects/{type}/{id}/associations/…`.
    mutating func oneAssociationRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        var path = Array(target.family.dropFirst())
        let isDefault = path.count == 6 && path[3] == "default"
        if isDefault { path.remove(at: 3) }
        guard path.count >= 4, let from = self.typeID(path[0]), let to = self.typeID(path[3]),
            let one = self.end(from, Int64(path[1]))
        else { return self.error(404, "resource not found", now: now) }
        guard path.count > 4 else {
            guard request.method == .get else {
                return self.error(405, "Method not allowed", now: now)
            }
            if let refusal = self.oddPage(target, max: Self.pageMax, now) { return refusal }
            return self.tiesOfOne(one, to, target)
        }
        guard let other = self.end(to, Int64(path[4])) else {
            return self.error(404, "resource not found", now: now)
        }
        switch request.method {
        case .delete:
            let kinds =
                path.count > 5 ? [self.type(named: path[5], from, to)?.id ?? 0] : []
            self.associations.remove(kinds, one, other)
            return HTTPResponse(status: 204)
        case .put:
            var types = isDefault ? self.plain(from, to) : self.named(request, from, to)
            // The legacy form names the kind in the path.
            if path.count > 5 {
                types = self.type(named: path[5], from, to).map { [$0] }
            }
            guard let types, !types.isEmpty else {
                return self.error(
                    400,
                    "One or more association types are not valid",
                    category: "VALIDATION_ERROR",
                    now: now
                )
            }
            if let full = self.fullness(types, one, other) {
                return self.error(400, full, category: "VALIDATION_ERROR", now: now)
            }
            for type in types { self.associations.add(type, one, other) }
            guard !isDefault else {
                let made = [(from: one, to: other, types: types)]
                return self.tiesReply(made, [], .bothWays, status: 200, now)
            }
            // v3 answers with the record that was tied.
            if path.count > 5, let place = self.place(of: from) {
                return self.one(place, one.id, status: 200)
            }
            return Self.tied(one, other, types)
        case .get, .post, .patch: return self.error(405, "Method not allowed", now: now)
        }
    }

    private func plain(_ from: String, _ to: String) -> [AssociationType]? {
        self.associations.unlabelled(from: from, to: to).map { [$0] }
    }

    private func named(
        _ request: HTTPRequest,
        _ from: String,
        _ to: String
    ) -> [AssociationType]? {
        let kinds = Self.body(request)?.elements ?? []
        let types = kinds.compactMap { kind in
            kind["associationTypeId"]?.integer.flatMap {
                self.associations.type(Int($0), from: from, to: to)
            }
        }
        return types.count == kinds.count ? types : nil
    }

    private static func tied(
        _ one: End,
        _ other: End,
        _ types: [AssociationType]
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("fromObjectTypeId", one.type)
            root.member("fromObjectId", one.id)
            root.member("toObjectTypeId", other.type)
            root.member("toObjectId", other.id)
            root.name("labels")
            root.array { list in
                for label in types.filter(\.isUserDefined).compactMap(\.label) {
                    list.string(label)
                }
            }
        }
        return HTTPResponse(status: 201, body: writer.bytes)
    }

    private func tiesOfOne(_ one: End, _ to: String, _ target: HubSpotTarget) -> HTTPResponse {
        let ties = self.associations.list(one, to: to)
        let limit = target.limit(Self.pageMax, max: Self.pageMax)
        let after = Int64(target.parameter("after") ?? "") ?? 0
        let page = ties.filter { $0.id >= after }
        var writer = JSONWriter(reserving: page.count * 100)
        writer.object { root in
            root.name("results")
            root.array { list in
                for tie in page.prefix(limit) {
                    if target.isLegacy {
                        self.writeLegacy(tie, one.type, to, into: &list)
                    } else {
                        Self.write(tie, into: &list)
                    }
                }
            }
            guard page.count > limit else { return }
            let next = String(page[limit].id)
            Self.paging(next, link: target.link(after: next), into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// v3 shows an id as text, with the name of each kind.
    func writeLegacy(
        _ tie: (id: Int64, types: [AssociationType]),
        _ from: String,
        _ to: String,
        into list: inout JSONWriter
    ) {
        for type in tie.types {
            list.object { item in
                item.member("id", String(tie.id))
                item.member("type", self.name(of: type, from, to))
            }
        }
    }

    // MARK: - Labels

    mutating func labels(
        _ from: String,
        _ to: String,
        _ rest: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let json = Self.body(request)
        switch request.method {
        case .get:
            let types = self.associations.types.filter { $0.from == from && $0.to == to }
            return Self.types(types.sorted { $0.id < $1.id })
        case .post:
            let missing = ["label", "name"].filter { (json?[$0]?.string ?? "").isEmpty }
            guard missing.isEmpty, let label = json?["label"]?.string else {
                // As HubSpot says it of a body with nothing in it.
                let text =
                    "Invalid input JSON on line 1, column 2. Some required fields were not set: "
                return self.error(400, text + "[\(missing.joined(separator: ", "))]", now: now)
            }
            if self.associations.isLabel(label, from, to) {
                // The status and the text are from memory.
                let text = "An association label named '\(label)' already exists."
                return self.error(409, text, category: "OBJECT_ALREADY_EXISTS", now: now)
            }
            let max = self.settings.accountLimits.labels
            let used = self.associations.types.count {
                $0.isUserDefined && $0.label != nil && $0.from == from && $0.to == to
            }
            guard Int64(used) < max else {
                let text = "The limit of \(max) labels between \(from) and \(to) is reached"
                return self.error(400, text, category: "VALIDATION_ERROR", now: now)
            }
            let made = self.associations.define(
                label,
                inverse: json?["inverseLabel"]?.string,
                from: from,
                to: to
            )
            // A label for both directions is one row, a pair of them two.
            return Self.types(json?["inverseLabel"]?.string == nil ? Array(made.prefix(1)) : made)
        case .put:
            let id = json?["associationTypeId"]?.integer ?? 0
            let label = json?["label"]?.string ?? ""
            let inverse = json?["inverseLabel"]?.string
            return self.associations.rename(Int(id), label, inverse: inverse)
                ? HTTPResponse(status: 204) : self.error(404, "resource not found", now: now)
        case .delete:
            return self.associations.undefine(Int(rest.first ?? "") ?? 0)
                ? HTTPResponse(status: 204) : self.error(404, "resource not found", now: now)
        case .patch: return self.error(405, "Method not allowed", now: now)
        }
    }

    private static func types(_ types: [AssociationType]) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for type in types {
                    list.object { item in
                        item.member("category", type.category)
                        item.member("typeId", type.id)
                        item.name("label")
                        if let label = type.label { item.string(label) } else { item.null() }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
