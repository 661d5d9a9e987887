import HTTPTransport
import WireJSON

/// Contacts as the first version tells them (HubSpot's legacy guides), as far as hubspot3 3.2.56
/// asks for them.
extension MockHubSpot {
    /// How far the lists of recent contacts look back.
    private static let recentAge: Int64 = 30 * 86_400_000
    private static let contactsMax = 100

    /// `contacts/v1/…`.
    mutating func oldContactRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        let path = Array(target.family.dropFirst())
        switch (request.method, path.first, path.count) {
        case (.get, "contact"?, 4) where path[3] == "profile":
            guard let row = self.oldContact(path[1], path[2]) else { return self.noContact(now) }
            return self.oldProfile(row, OldContactForm(target, usual: .history))
        case (.get, "contact"?, 3) where path[1] == "vids" && path[2] == "batch":
            return self.oldContacts(target)
        case (.get, "lists"?, 4) where path[2] == "contacts":
            return self.oldList(path[1], isRecent: path[3] == "recent", target, now)
        case (.get, "search"?, 2): return self.oldSearch(target, now)
        default: return self.oldContactWrite(path, request, author, now)
        }
    }

    /// A living contact by its id or its address.
    func oldContact(_ kind: String, _ value: String) -> RecordTable.Row? {
        let table = self.tables[Self.contacts]
        let id = kind == "email" ? table.id(of: value, by: "email") : Int64(value)
        return id.flatMap { self.follow($0, Self.contacts) }.flatMap {
            $0.isVisible && !$0.now.isArchived ? $0 : nil
        }
    }

    /// The text is from memory.
    mutating func noContact(_ now: Int64) -> HTTPResponse {
        self.error(404, "contact does not exist", now: now)
    }

    func oldProfile(_ row: RecordTable.Row, _ form: OldContactForm) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { item in
            self.writeOld(row, form, into: &item)
            self.writeOldLists(row.id, into: &item)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// Several by their ids; those that nobody has are passed over.
    private func oldContacts(_ target: HubSpotTarget) -> HTTPResponse {
        let form = OldContactForm(target, usual: .value)
        var seen: Set<Int64> = []
        let rows = target.list("vid").prefix(Self.contactsMax).compactMap {
            self.oldContact("vid", $0)
        }.filter { seen.insert($0.id).inserted }
        var writer = JSONWriter(reserving: rows.count * 600)
        writer.object { root in
            for row in rows {
                root.name(String(row.id))
                root.object { self.writeOld(row, form, into: &$0) }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Lists

    /// `lists/{all|recently_updated|id}/contacts/{all|recent}`.
    private mutating func oldList(
        _ name: String,
        isRecent: Bool,
        _ target: HubSpotTarget,
        _ now: Int64
    ) -> HTTPResponse {
        guard let joined = self.oldMembers(name) else {
            return self.error(404, "resource not found", now: now)
        }
        let count = target.parameter("count").flatMap { Int($0) } ?? 20
        let limit = min(Self.contactsMax, max(1, count))
        let vid = target.parameter("vidOffset").flatMap { Int64($0) } ?? 0
        let time = target.parameter("timeOffset").flatMap { Int64($0) }
        var rows = joined
        if isRecent {
            rows = rows.filter { $0.at > now - Self.recentAge }
            rows.sort { ($0.at, $0.row.id) > ($1.at, $1.row.id) }
            if let time { rows = rows.filter { ($0.at, $0.row.id) < (time, vid) } }
        } else {
            rows = rows.filter { $0.row.id > vid }
        }
        let page = rows.prefix(limit)
        var form = OldContactForm(target, usual: .value)
        // Lists show few properties unless more are asked for.
        if form.names.isEmpty { form.names = ["firstname", "lastname", "company"] }
        var writer = JSONWriter(reserving: page.count * 600)
        writer.object { root in
            root.name("contacts")
            root.array { list in
                for (row, at) in page {
                    list.object { item in
                        item.member("addedAt", at)
                        self.writeOld(row, form, into: &item)
                    }
                }
            }
            root.member("has-more", rows.count > limit)
            root.member("vid-offset", page.last?.row.id ?? vid)
            if isRecent { root.member("time-offset", page.last?.at ?? time ?? 0) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The contacts of a list in the order of their ids, each with when it came to it.
    private func oldMembers(_ name: String) -> [(row: RecordTable.Row, at: Int64)]? {
        let rows = self.tables[Self.contacts].rows.filter {
            $0.isVisible && !$0.now.isArchived && $0.mergedInto == nil
        }
        switch name {
        case "all": return rows.map { ($0, $0.createdAt) }
        case "recently_updated": return rows.map { ($0, $0.now.at) }
        default:
            let list = self.lists.first {
                $0.id == name && !$0.isDeleted
                    && $0.type == self.tables[Self.contacts].object.typeID
            }
            guard let list else { return nil }
            return rows.compactMap { row in list.members[row.id].map { (row, $0) } }
        }
    }

    /// `search/query`: parts of words are found, as in searches of the other versions.
    private mutating func oldSearch(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let query = target.parameter("q") ?? ""
        let count = target.parameter("count").flatMap { Int($0) } ?? 20
        let limit = min(Self.contactsMax, max(1, count))
        let offset = max(0, target.parameter("offset").flatMap { Int($0) } ?? 0)
        let found = self.found(query, Self.contacts, now)
        let page = found.dropFirst(offset).prefix(limit)
        let end = min(offset, found.count) + page.count
        let form = OldContactForm(target, usual: .value)
        var writer = JSONWriter(reserving: page.count * 600)
        writer.object { root in
            root.member("query", query)
            root.member("offset", end)
            root.name("contacts")
            root.array { list in
                for row in page { list.object { self.writeOld(row, form, into: &$0) } }
            }
            root.member("has-more", end < found.count)
            root.member("total", found.count)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
