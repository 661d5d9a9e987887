import HTTPTransport
import WireJSON

/// How many records one record may be tied to: HubSpot's own bound, and an administrator's for
/// one kind of tie (`maxToObjectIds`).
extension MockHubSpot {
    /// Why a tie is refused, or `nil`; a new record has no ties of its own yet.
    func fullness(_ types: [AssociationType], _ from: End?, _ to: End) -> String? {
        for type in types {
            if let full = self.fullness(type, from, to) { return full }
        }
        return nil
    }

    private func fullness(_ type: AssociationType, _ from: End?, _ to: End) -> String? {
        let bound = self.settings.accountLimits.associations
        var ends = [(to, type.from, from?.id, type.inverse)]
        if let from { ends.append((from, type.to, to.id, type.id)) }
        for (end, otherType, other, kind) in ends {
            let known = other.map { self.associations.isTied(end, otherType, $0) } ?? false
            if !known, self.associations.count(end, to: otherType) >= bound {
                return "Record \(end.id) has reached its limit of \(bound) associations"
            }
            // A company has one parent.
            let own = kind == AssociationType.parent ? 1 : nil
            guard let max = self.associations.maxima[kind] ?? own, !type.isPrimary else { continue }
            let has = other.map { self.associations.isTied(end, otherType, $0, kind) } ?? false
            if !has, self.associations.count(end, to: otherType, kind) >= max {
                return "Record \(end.id) has reached its limit of \(max) associations of type "
                    + String(kind)
            }
        }
        return nil
    }

    // MARK: - Administrators' limits

    /// `…/associations/definitions/configurations/…`.
    mutating func configurationRoute(
        _ rest: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard rest.count > 1 else { return self.showMaxima(from: nil, to: nil) }
        guard let from = self.typeID(rest[0]), let to = self.typeID(rest[1]) else {
            return self.error(404, "resource not found", now: now)
        }
        guard rest.count == 4 else { return self.showMaxima(from: from, to: to) }
        let inputs = Self.body(request)?["inputs"]?.elements ?? []
        var changed: [(type: AssociationType, max: Int)] = []
        for input in inputs {
            let id = input["typeId"]?.integer.flatMap { Int(exactly: $0) } ?? 0
            let max = input["maxToObjectIds"]?.integer.flatMap { Int(exactly: $0) }
            guard let type = self.associations.type(id, from: from, to: to),
                rest[3] == "purge" || (max ?? 0) > 0
            else {
                return self.error(
                    400,
                    "One or more association types are not valid",
                    category: "VALIDATION_ERROR",
                    now: now
                )
            }
            changed.append((type, max ?? 0))
        }
        guard rest[3] != "purge" else {
            for change in changed { self.associations.maxima[change.type.id] = nil }
            return HTTPResponse(status: 204)
        }
        for change in changed { self.associations.maxima[change.type.id] = change.max }
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for change in changed { self.write(change.type, change.max, into: &list) }
            }
            root.member("startedAt", ServerTime.iso(now))
            root.member("completedAt", ServerTime.iso(now))
        }
        return HTTPResponse(status: rest[3] == "create" ? 201 : 200, body: writer.bytes)
    }

    private func showMaxima(from: String?, to: String?) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for type in self.associations.types {
                    guard let max = self.associations.maxima[type.id],
                        from == nil || type.from == from, to == nil || type.to == to
                    else { continue }
                    self.write(type, max, into: &list)
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(_ type: AssociationType, _ max: Int, into list: inout JSONWriter) {
        list.object { item in
            item.member("typeId", type.id)
            item.member("category", type.category)
            item.name("label")
            if let label = type.label { item.string(label) } else { item.null() }
            item.member("fromObjectTypeId", type.from)
            item.member("toObjectTypeId", type.to)
            item.member("userEnforcedMaxToObjectIds", max)
        }
    }
}
