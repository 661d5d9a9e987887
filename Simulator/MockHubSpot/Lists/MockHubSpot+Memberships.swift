import HTTPTransport
import WireJSON

/// The members of lists, and the lists of records.
extension MockHubSpot {
    private static let pageMax = 250

    mutating func membershipRoute(
        _ place: Int,
        _ rest: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        switch (request.method, rest.first) {
        case (.get, .none), (.get, "join-order"?):
            if let refusal = self.oddPage(target, max: Self.pageMax, now) { return refusal }
            return self.members(place, target, byTime: rest.first != nil)
        default: break
        }
        guard self.lists[place].processing != .dynamic else {
            return self.error(
                400,
                "Members of a DYNAMIC list cannot be changed",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let json = Self.body(request)
        switch (request.method, rest.first) {
        case (.delete, .none):
            self.lists[place].members = [:]
            return HTTPResponse(status: 204)
        case (.put, "add"?): return self.change(place, adding: Self.ids(json), removing: [], now)
        case (.put, "remove"?): return self.change(place, adding: [], removing: Self.ids(json), now)
        case (.put, "add-and-remove"?):
            return self.change(
                place,
                adding: Self.ids(json?["recordIdsToAdd"]),
                removing: Self.ids(json?["recordIdsToRemove"]),
                now
            )
        case (.put, "add-from"?):
            guard rest.count > 1, let source = self.lists.first(where: { $0.id == rest[1] }) else {
                return self.error(404, "resource not found", now: now)
            }
            for id in source.members.keys where self.lists[place].members[id] == nil {
                self.lists[place].members[id] = now
            }
            return HTTPResponse(status: 204)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private static func ids(_ list: JSON?) -> [Int64] {
        (list?.elements ?? []).compactMap { $0.integer ?? Int64($0.string ?? "") }
    }

    private mutating func change(
        _ place: Int,
        adding: [Int64],
        removing: [Int64],
        _ now: Int64
    ) -> HTTPResponse {
        let type = self.lists[place].type
        var (added, removed, missing): ([Int64], [Int64], [Int64]) = ([], [], [])
        for id in adding {
            guard self.end(type, id) != nil else {
                missing.append(id)
                continue
            }
            guard self.lists[place].members[id] == nil else { continue }
            self.lists[place].members[id] = now
            added.append(id)
        }
        for id in removing where self.lists[place].members.removeValue(forKey: id) != nil {
            removed.append(id)
        }
        self.lists[place].updatedAt = now
        var writer = JSONWriter()
        writer.object { root in
            // The first name's spelling is the vendor's.
            let parts = [
                ("recordsIdsAdded", added), ("recordIdsRemoved", removed),
                ("recordIdsMissing", missing),
            ]
            for (name, ids) in parts {
                root.name(name)
                root.array { list in for id in ids { list.string(String(id)) } }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func members(_ place: Int, _ target: HubSpotTarget, byTime: Bool) -> HTTPResponse {
        let limit = target.limit(100, max: Self.pageMax)
        let offset = max(0, target.parameter("after").flatMap { Int($0) } ?? 0)
        let all = self.lists[place].members.sorted { left, right in
            byTime
                ? (left.value, left.key) < (right.value, right.key) : left.key < right.key
        }
        // `before` walks backwards: the rows in front of that place, the last of them first.
        let end = target.parameter("before").flatMap { Int($0) }.map { min(max(0, $0), all.count) }
        let page =
            end.map { Array(all.prefix($0).suffix(limit).reversed()) }
            ?? Array(all.dropFirst(offset).prefix(limit))
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for (id, joined) in page {
                    list.object { item in
                        item.member("recordId", String(id))
                        item.member("membershipTimestamp", ServerTime.iso(joined))
                    }
                }
            }
            root.member("total", all.count)
            // `after` may be any number: it is not added to.
            if end == nil, limit < all.count - offset {
                let next = String(offset + limit)
                Self.paging(next, link: target.link(after: next), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    mutating func listsOfOne(_ type: String, _ id: String, _ now: Int64) -> HTTPResponse {
        guard let type = self.typeID(type), let id = Int64(id) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.object { root in
            let lists = self.lists(of: id, type)
            root.member("total", lists.count)
            root.name("results")
            root.array { all in for list in lists { Self.write(list, id, into: &all) } }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    mutating func listsOfMany(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let inputs = Self.body(request)?["inputs"]?.elements, inputs.count <= 100 else {
            return self.unreadableBody(now)
        }
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { results in
                for input in inputs {
                    let type = input["objectTypeId"]?.string.flatMap { self.typeID($0) }
                    let id = input["recordId"].flatMap { $0.integer ?? Int64($0.string ?? "") }
                    guard let type, let id else { continue }
                    results.object { item in
                        item.member("objectTypeId", type)
                        item.member("recordId", String(id))
                        item.name("recordListMemberships")
                        item.array { all in
                            for list in self.lists(of: id, type) {
                                Self.write(list, id, into: &all)
                            }
                        }
                    }
                }
            }
            Self.batchTimes(now, into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func lists(of id: Int64, _ type: String) -> [SegmentList] {
        self.lists.filter { !$0.isDeleted && $0.type == type && $0.members[id] != nil }
    }

    private static func write(_ list: SegmentList, _ id: Int64, into all: inout JSONWriter) {
        all.object { item in
            let joined = ServerTime.iso(list.members[id] ?? list.createdAt)
            item.member("listId", list.id)
            item.member("listVersion", list.version)
            item.member("isPublicList", false)
            item.member("firstAddedTimestamp", joined)
            item.member("lastAddedTimestamp", joined)
        }
    }
}
