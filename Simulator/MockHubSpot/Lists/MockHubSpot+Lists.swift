import HTTPTransport
import WireJSON

/// Lists (segments) and who belongs to them.
extension MockHubSpot {
    mutating func listRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        self.refreshLists(now)
        let path = Array(target.family.dropFirst())
        switch (request.method, path.first, path.count) {
        case (.get, .none, _): return self.showLists(target)
        case (.post, .none, _): return self.makeList(request, now)
        case (.post, "search"?, 1): return self.searchLists(request, now)
        case (.get, "records"?, 4) where path[3] == "memberships":
            return self.listsOfOne(path[1], path[2], now)
        case (.post, "records"?, 4) where path[1] == "memberships":
            return self.listsOfMany(request, now)
        case (.get, "object-type-id"?, 4) where path[2] == "name":
            let found = self.lists.first {
                !$0.isDeleted && $0.type == path[1] && $0.name == path[3]
            }
            return found.map(Self.shown) ?? self.error(404, "resource not found", now: now)
        case (_, "folders"?, _):
            return self.folderRoute(Array(path.dropFirst()), target, request, now)
        case (_, let id?, _):
            guard let place = self.lists.firstIndex(where: { $0.id == id }) else {
                return self.error(404, "List \(id) does not exist", now: now)
            }
            return self.oneList(place, Array(path.dropFirst()), target, request, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// Applies the filters of dynamic lists to the records as they stand.
    mutating func refreshLists(_ now: Int64) {
        guard self.settings.refreshesLists else { return }
        for place in self.lists.indices where self.lists[place].processing == .dynamic {
            self.applyFilter(place, now)
        }
    }

    private mutating func applyFilter(_ place: Int, _ now: Int64) {
        guard let filter = self.lists[place].filter,
            let table = self.place(of: self.lists[place].type)
        else { return }
        var members: [Int64: Int64] = [:]
        let type = self.tables[table].object.typeID
        let deeds = self.deeds(for: filter)
        for row in self.tables[table].rows
        where !row.now.isArchived && row.mergedInto == nil
            && self.fits(filter, row, type, deeds, now)
        {
            members[row.id] = self.lists[place].members[row.id] ?? now
        }
        self.lists[place].members = members
    }

    private mutating func makeList(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request), let name = json["name"]?.string,
            let type = json["objectTypeId"]?.string.flatMap(self.typeID),
            let processing = (json["processingType"]?.string).flatMap(SegmentList.Processing.init)
        else {
            return self.error(
                400,
                "name, objectTypeId and processingType are required",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        guard !self.lists.contains(where: { !$0.isDeleted && $0.name == name }) else {
            return self.error(
                400,
                "List name \(name) is already in use",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        var list = SegmentList(
            id: String(self.lists.count + 1),
            name: name,
            type: type,
            processing: processing,
            createdAt: now,
            updatedAt: now
        )
        if let folder = Self.id(folder: json["listFolderId"]) {
            guard self.isFolder(folder) else {
                return self.error(404, "resource not found", now: now)
            }
            list.folder = folder
        }
        list.filter = json["filterBranch"].map(SegmentFilter.init)
        list.filterJSON = json["filterBranch"].map(Self.text)
        self.lists.append(list)
        if processing != .manual { self.applyFilter(self.lists.count - 1, now) }
        return Self.shown(self.lists[self.lists.count - 1])
    }

    private mutating func oneList(
        _ place: Int,
        _ rest: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        if rest == ["restore"], request.method == .put {
            self.lists[place].isDeleted = false
            return HTTPResponse(status: 204)
        }
        guard !self.lists[place].isDeleted else {
            return self.error(404, "List \(self.lists[place].id) does not exist", now: now)
        }
        switch (request.method, rest.first) {
        case (.get, .none): return Self.shown(self.lists[place])
        case (.delete, .none):
            self.lists[place].isDeleted = true
            return HTTPResponse(status: 204)
        case (.put, "update-list-name"?):
            self.lists[place].name = target.parameter("listName") ?? self.lists[place].name
            self.lists[place].updatedAt = now
            return Self.shown(self.lists[place])
        case (.put, "update-list-filters"?):
            guard let branch = Self.body(request)?["filterBranch"] else {
                return self.error(400, "filterBranch is required", now: now)
            }
            guard self.lists[place].processing == .dynamic else {
                let text = "The filters of a list that is not DYNAMIC cannot be changed"
                return self.error(400, text, category: "VALIDATION_ERROR", now: now)
            }
            self.lists[place].filter = SegmentFilter(branch)
            self.lists[place].filterJSON = Self.text(branch)
            self.lists[place].version += 1
            self.lists[place].updatedAt = now
            self.applyFilter(place, now)
            return Self.shown(self.lists[place])
        case (_, "memberships"?):
            return self.membershipRoute(place, Array(rest.dropFirst()), target, request, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private static func text(_ json: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.json(json)
        return writer.bytes
    }

    // MARK: - Showing

    private func showLists(_ target: HubSpotTarget) -> HTTPResponse {
        let wanted = Set(target.list("listIds"))
        let shown = self.lists.filter {
            !$0.isDeleted && (wanted.isEmpty || wanted.contains($0.id))
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("lists")
            root.array { all in for list in shown { Self.write(list, into: &all) } }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func searchLists(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        let query = json["query"]?.string?.lowercased() ?? ""
        let types = json["processingTypes"]?.elements.compactMap(\.string) ?? []
        let count = Int(json["count"]?.integer ?? 20)
        let offset = Int(json["offset"]?.integer ?? 0)
        // Clients ask for a thousand (airbyte-source-hubspot); more is from memory.
        guard (1...1_000).contains(count), (0...10_000).contains(offset) else {
            return self.error(400, "count is at most 1000", category: "VALIDATION_ERROR", now: now)
        }
        var found = self.lists.filter { list in
            !list.isDeleted && (query.isEmpty || list.name.lowercased().contains(query))
                && (types.isEmpty || types.contains(list.processing.rawValue))
        }
        if json["sort"]?.string == "HS_UPDATED_AT" { found.sort { $0.updatedAt < $1.updatedAt } }
        if json["sort"]?.string == "-HS_UPDATED_AT" { found.sort { $0.updatedAt > $1.updatedAt } }
        let page = found.dropFirst(offset).prefix(count)
        var writer = JSONWriter()
        writer.object { root in
            root.name("lists")
            root.array { all in for list in page { Self.write(list, into: &all) } }
            root.member("hasMore", offset + count < found.count)
            root.member("offset", min(offset + count, found.count))
            root.member("total", found.count)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func shown(_ list: SegmentList) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("list")
            var inner = JSONWriter()
            Self.write(list, into: &inner)
            root.raw(inner.bytes)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func write(_ list: SegmentList, into all: inout JSONWriter) {
        all.object { item in
            item.member("listId", list.id)
            item.member("listVersion", list.version)
            item.member("name", list.name)
            item.member("objectTypeId", list.type)
            item.member("processingType", list.processing.rawValue)
            item.member("processingStatus", "COMPLETE")
            item.member("createdAt", ServerTime.iso(list.createdAt))
            item.member("updatedAt", ServerTime.iso(list.updatedAt))
            item.member("filtersUpdatedAt", ServerTime.iso(list.updatedAt))
            item.member("size", list.members.count)
            item.name("additionalProperties")
            item.object { $0.member("hs_list_size", String(list.members.count)) }
            if let filter = list.filterJSON {
                item.name("filterBranch")
                item.raw(filter)
            }
        }
    }
}
