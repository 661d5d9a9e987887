import HTTPTransport
import WireJSON

/// What an app wants to find in its journal, and the filters on it.
extension MockHubSpot {
    mutating func journalSubscriptions(
        _ path: [String],
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        let scope = request.method == .get ? "subscriptions.read" : "subscriptions.write"
        if let refusal = self.journalRefusal(scope, reader, now) { return refusal }
        if path.first == "filters" {
            return self.journalFilters(Array(path.dropFirst()), request, reader, now)
        }
        switch (request.method, path.count) {
        case (.get, 0):
            var writer = JSONWriter()
            writer.object { root in
                root.name("results")
                root.array { list in
                    for item in self.journal.subscriptions where item.appID == reader.appID {
                        list.object { item.write(into: &$0) }
                    }
                }
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        case (.post, 0): return self.subscribeJournal(request, reader, now)
        case (.delete, 2) where path[0] == "portals":
            let portal = Int64(path[1])
            self.unsubscribe { $0.appID == reader.appID && $0.portalID == portal }
            return HTTPResponse(status: 204)
        case (.get, 1), (.delete, 1):
            let found = self.journal.subscriptions.first {
                $0.appID == reader.appID && $0.id == Int64(path[0])
            }
            guard let found else { return self.error(404, "resource not found", now: now) }
            guard request.method == .get else {
                self.unsubscribe { $0.id == found.id }
                return HTTPResponse(status: 204)
            }
            return Self.shown(found)
        default: return self.error(405, "Method not allowed", now: now)
        }
    }

    private mutating func unsubscribe(_ isLeaving: (JournalSubscription) -> Bool) {
        let ids = Set(self.journal.subscriptions.filter(isLeaving).map(\.id))
        self.journal.subscriptions.removeAll { ids.contains($0.id) }
        self.journal.filters.removeAll { ids.contains($0.subscriptionID) }
    }

    private static func shown(_ subscription: JournalSubscription) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { subscription.write(into: &$0) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func subscribeJournal(
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        guard
            let kind = json["subscriptionType"]?.string.flatMap(JournalSubscription.Kind.init)
        else { return self.invalid("subscriptionType is not valid", now) }
        if let missing = kind.required.first(where: { json[$0]?.isNull ?? true }) {
            return self.invalid("\(missing) is required for \(kind.rawValue)", now)
        }
        let lifecycle = ["4-1909196": "APP_INSTALL", "4-1916193": "APP_UNINSTALL"]
        let event = json["eventTypeId"]?.string ?? ""
        let asked = json["actions"]?.elements.compactMap(\.string) ?? []
        let actions = kind == .appLifecycle ? [lifecycle[event]].compactMap(\.self) : asked
        guard !actions.isEmpty, actions.allSatisfy(kind.actions.contains) else {
            return self.invalid("actions are not valid for \(kind.rawValue)", now)
        }
        let portal = json["portalId"]?.integer
        guard portal == nil || portal == self.settings.portalID else {
            return self.invalid("The app is not installed in the account", now)
        }
        let named = json["objectTypeId"]?.string
        let type = named.flatMap(self.typeID)
        guard named == nil || type != nil else {
            return self.invalid("Unable to infer object type from: \(named ?? "")", now)
        }
        func ids(_ name: String) -> [Int64] {
            (json[name]?.elements ?? []).compactMap(\.integer)
        }
        let new = JournalSubscription(
            id: 0,
            appID: reader.appID,
            kind: kind,
            actions: actions,
            portalID: portal,
            objectTypeID: type ?? (kind == .appLifecycle ? event : ""),
            objectIDs: ids("objectIds"),
            properties: json["properties"]?.elements.compactMap(\.string) ?? [],
            associatedTypeIDs: json["associatedObjectTypeIds"]?.elements.compactMap(\.string) ?? [],
            listIDs: ids("listIds"),
            createdAt: now,
            updatedAt: now
        )
        return self.keep(new, now)
    }

    private mutating func keep(_ new: JournalSubscription, _ now: Int64) -> HTTPResponse {
        let known = self.journal.subscriptions.count { $0.appID == new.appID }
        let most = self.settings.journal.subscriptionsMax
        guard known < most || self.journal.subscriptions.contains(where: { $0.isSame(new) }) else {
            return self.invalid("An app can have at most \(most) subscriptions", now)
        }
        self.startFeed(lists: new.kind == .listMembership, now)
        var new = new
        if let place = self.journal.subscriptions.firstIndex(where: { $0.isSame(new) }) {
            new.id = self.journal.subscriptions[place].id
            new.createdAt = self.journal.subscriptions[place].createdAt
            self.journal.subscriptions[place] = new
        } else {
            new.id = self.journal.nextID()
            self.journal.subscriptions.append(new)
        }
        return Self.shown(new)
    }

    // MARK: - Filters

    private mutating func journalFilters(
        _ path: [String],
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        switch (request.method, path.count) {
        case (.post, 0): return self.makeFilter(request, reader, now)
        case (.get, 2) where path[0] == "subscription":
            guard self.owns(Int64(path[1]), reader) else {
                return self.error(404, "resource not found", now: now)
            }
            var writer = JSONWriter()
            writer.array { list in
                for filter in self.journal.filters where filter.subscriptionID == Int64(path[1]) {
                    list.object { Self.write(filter, into: &$0) }
                }
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        case (.get, 1), (.delete, 1):
            let found = self.journal.filters.first {
                $0.id == Int64(path[0]) && self.owns($0.subscriptionID, reader)
            }
            guard let found else { return self.error(404, "resource not found", now: now) }
            guard request.method == .get else {
                self.journal.filters.removeAll { $0.id == found.id }
                return HTTPResponse(status: 204)
            }
            var writer = JSONWriter()
            writer.object { Self.write(found, into: &$0) }
            return HTTPResponse(status: 200, body: writer.bytes)
        default: return self.error(405, "Method not allowed", now: now)
        }
    }

    private func owns(_ subscription: Int64?, _ reader: JournalReader) -> Bool {
        self.journal.subscriptions.contains { $0.id == subscription && $0.appID == reader.appID }
    }

    private mutating func makeFilter(
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        let subscription = json["subscriptionId"]?.integer
        guard let subscription, self.owns(subscription, reader) else {
            return self.error(404, "resource not found", now: now)
        }
        let known = self.journal.filters.count { $0.subscriptionID == subscription }
        let most = self.settings.journal.filtersMax
        guard known < most else {
            return self.invalid("A subscription can have at most \(most) filters", now)
        }
        switch JournalFilter.conditions(json["filter"]) {
        case .failure(let problem): return self.invalid(problem.message, now)
        case .success(let conditions):
            var filter = JSONWriter()
            if let given = json["filter"] { filter.json(given) }
            let id = self.journal.nextID()
            self.journal.filters.append(
                JournalFilter(
                    id: id,
                    subscriptionID: subscription,
                    createdAt: now,
                    conditions: conditions,
                    json: filter.bytes
                )
            )
            var writer = JSONWriter()
            writer.object { $0.member("filterId", id) }
            return HTTPResponse(status: 200, body: writer.bytes)
        }
    }

    private static func write(_ filter: JournalFilter, into item: inout JSONWriter) {
        item.member("id", filter.id)
        item.member("createdAt", filter.createdAt)
        item.name("filter")
        item.raw(filter.json)
    }
}
