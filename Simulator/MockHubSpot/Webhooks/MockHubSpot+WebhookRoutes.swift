import HTTPTransport
import WireJSON

/// The management endpoints of webhooks: an app's target URL and its subscriptions.
extension MockHubSpot {
    /// `/webhooks/{version}/{appId}/…` and `/app-webhooks/{version}/{appId}/…`.
    mutating func webhookRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = Array(target.family.dropFirst())
        if let refusal = self.developerRefusal(target, request, now) { return refusal }
        guard let appID = path.first.flatMap({ Int64($0) }),
            self.settings.apps.contains(where: { $0.id == appID })
        else { return self.error(404, "resource not found", now: now) }
        // What was before is told to those who asked for it then.
        self.tellChanges(now)
        switch (path.dropFirst().first, path.count) {
        case ("settings"?, 2): return self.webhookSettings(appID, request, now)
        case ("subscriptions"?, 2):
            switch request.method {
            case .get: return self.shownSubscriptions(appID)
            case .post: return self.subscribe(appID, request, now)
            default: return self.error(405, "Method not allowed", now: now)
            }
        case ("subscriptions"?, 4) where path[2] == "batch" && path[3] == "update":
            return self.updateSubscriptions(appID, request, now)
        case ("subscriptions"?, 3): return self.oneSubscription(appID, path[2], request, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// The dated paths also take the app's own token in place of the developer's key.
    private mutating func developerRefusal(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse? {
        if let key = target.parameter("hapikey") {
            guard key != self.settings.webhooks.developerKey else { return nil }
            return self.error(
                401,
                "This hapikey doesn't exist.",
                category: "INVALID_AUTHENTICATION",
                now: now
            )
        }
        switch self.signedIn(request, now) {
        case .success: return nil
        case .failure(let refusal): return refusal.response
        }
    }

    private mutating func invalidWebhook(_ message: String, _ now: Int64) -> HTTPResponse {
        self.error(400, message, category: "VALIDATION_ERROR", now: now)
    }

    // MARK: - Settings

    private mutating func webhookSettings(
        _ appID: Int64,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        switch request.method {
        case .get: break
        case .put:
            guard let json = Self.body(request) else {
                return self.unreadableBody(now)
            }
            guard let url = json["targetUrl"]?.string,
                let most = json["throttling"]?["maxConcurrentRequests"]?.integer
            else {
                return self.invalidWebhook("targetUrl and throttling are required", now)
            }
            guard Self.isTarget(url) else {
                return self.invalidWebhook("targetUrl must be a valid HTTPS URL", now)
            }
            guard most >= 5 else {
                return self.invalidWebhook("maxConcurrentRequests must be at least 5", now)
            }
            let old = self.webhooks.apps[appID]?.target
            self.webhooks.apps[appID, default: WebhookApp()].target = WebhookApp.Target(
                url: url,
                concurrentMax: Int(min(most, 10_000)),
                createdAt: old?.createdAt ?? now,
                updatedAt: now
            )
            self.startFeed(now)
        case .delete:
            self.webhooks.apps[appID]?.target = nil
            self.webhooks.apps[appID]?.waiting = []
            return HTTPResponse(status: 204)
        default: return self.error(405, "Method not allowed", now: now)
        }
        guard let target = self.webhooks.apps[appID]?.target else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.object { root in
            root.member("targetUrl", target.url)
            root.name("throttling")
            root.object { $0.member("maxConcurrentRequests", target.concurrentMax) }
            root.member("createdAt", ServerTime.iso(target.createdAt))
            root.member("updatedAt", ServerTime.iso(target.updatedAt))
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// HubSpot wants https; this machine is taken without, for tests.
    private static func isTarget(_ url: String) -> Bool {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        if url.hasPrefix("https://") { return url.utf8.count > 8 }
        return ["http://127.0.0.1", "http://localhost"].contains { host in
            guard url.hasPrefix(host) else { return false }
            return url == host || [":", "/", "?"].contains(url.dropFirst(host.count).first ?? "x")
        }
    }

    // MARK: - Subscriptions

    private func shownSubscriptions(_ appID: Int64) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for subscription in self.webhooks.apps[appID]?.subscriptions ?? [] {
                    list.object { Self.write(subscription, into: &$0) }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func subscribe(
        _ appID: Int64,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        let known = self.webhooks.apps[appID]?.subscriptions ?? []
        var new = WebhookSubscription(
            id: 0,
            eventType: json["eventType"]?.string ?? "",
            propertyName: json["propertyName"]?.string,
            objectTypeID: json["objectTypeId"]?.string,
            eventTypeName: json["eventTypeName"]?.string,
            isActive: json["active"]?.boolean ?? false,
            createdAt: now,
            updatedAt: now
        )
        if let problem = self.problem(new, known) { return self.invalidWebhook(problem, now) }
        let isThere = known.contains { other in
            other.eventType == new.eventType && other.propertyName == new.propertyName
                && other.objectTypeID == new.objectTypeID
                && other.eventTypeName == new.eventTypeName
        }
        guard !isThere else {
            return self.error(
                409,
                "A subscription for this event already exists",
                category: "CONFLICT",
                now: now
            )
        }
        new.id = self.webhooks.nextSubscriptionID()
        self.webhooks.apps[appID, default: WebhookApp()].subscriptions.append(new)
        self.startFeed(now)
        var response = Self.shown(new, status: 201)
        response.headers.append(
            HTTPHeader("Location", "/webhooks/v3/\(appID)/subscriptions/\(new.id)")
        )
        return response
    }

    /// Why a subscription cannot be made, or `nil`.
    private func problem(_ new: WebhookSubscription, _ known: [WebhookSubscription]) -> String? {
        guard WebhookSubscription.eventTypes.contains(new.eventType) else {
            return "Invalid eventType: \(new.eventType)"
        }
        if new.verb == "propertyChange", new.propertyName?.isEmpty ?? true {
            return "propertyName is required for \(new.eventType)"
        }
        if new.verb != "propertyChange", new.propertyName != nil {
            return "propertyName is not allowed for \(new.eventType)"
        }
        if new.isGeneric, new.objectTypeID.flatMap(self.place) == nil {
            return "objectTypeId is required for \(new.eventType)"
        }
        let most = self.settings.webhooks.subscriptionsMax
        guard known.count < most else { return "An app can have at most \(most) subscriptions" }
        return nil
    }

    private mutating func oneSubscription(
        _ appID: Int64,
        _ id: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let id = Int64(id),
            let place = self.webhooks.apps[appID]?.subscriptions.firstIndex(where: { $0.id == id })
        else { return self.error(404, "resource not found", now: now) }
        switch request.method {
        case .get: break
        case .patch:
            guard let json = Self.body(request) else {
                return self.unreadableBody(now)
            }
            if let isActive = json["active"]?.boolean {
                self.setActive(appID, place, isActive, now)
            }
        case .delete:
            self.webhooks.apps[appID]?.subscriptions.remove(at: place)
            return HTTPResponse(status: 204)
        default: return self.error(405, "Method not allowed", now: now)
        }
        guard let subscription = self.webhooks.apps[appID]?.subscriptions[place] else {
            return self.error(404, "resource not found", now: now)
        }
        return Self.shown(subscription, status: 200)
    }

    private mutating func setActive(_ appID: Int64, _ place: Int, _ isActive: Bool, _ now: Int64) {
        self.webhooks.apps[appID]?.subscriptions[place].isActive = isActive
        self.webhooks.apps[appID]?.subscriptions[place].updatedAt = now
    }

    private mutating func updateSubscriptions(
        _ appID: Int64,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .post else {
            return self.error(405, "Method not allowed", now: now)
        }
        guard let inputs = Self.body(request)?["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        var updated: [WebhookSubscription] = []
        var missing: [String] = []
        for input in inputs {
            let known = self.webhooks.apps[appID]?.subscriptions ?? []
            guard let id = input["id"]?.integer, let isActive = input["active"]?.boolean,
                let place = known.firstIndex(where: { $0.id == id })
            else {
                missing.append(input["id"].flatMap { $0.string ?? $0.numberText } ?? "")
                continue
            }
            self.setActive(appID, place, isActive, now)
            if let new = self.webhooks.apps[appID]?.subscriptions[place] { updated.append(new) }
        }
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for item in updated { list.object { Self.write(item, into: &$0) } }
            }
            root.member("startedAt", ServerTime.iso(now))
            root.member("completedAt", ServerTime.iso(now))
            guard !missing.isEmpty else { return }
            Self.writeMissing(missing, "Could not find some subscriptions", into: &root)
        }
        return HTTPResponse(status: missing.isEmpty ? 200 : 207, body: writer.bytes)
    }

    /// One error for all missing ids.
    static func writeMissing(
        _ ids: [String],
        _ message: String,
        into root: inout JSONWriter
    ) {
        root.member("numErrors", 1)
        root.name("errors")
        root.array { errors in
            errors.object { item in
                item.member("status", "error")
                item.member("category", "OBJECT_NOT_FOUND")
                item.member("message", message)
                item.name("context")
                item.object { context in
                    context.name("ids")
                    context.array { list in for id in ids { list.string(id) } }
                }
            }
        }
    }

    private static func shown(_ subscription: WebhookSubscription, status: Int) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { Self.write(subscription, into: &$0) }
        return HTTPResponse(status: status, body: writer.bytes)
    }

    private static func write(_ subscription: WebhookSubscription, into item: inout JSONWriter) {
        item.member("id", String(subscription.id))
        item.member("eventType", subscription.eventType)
        if let name = subscription.propertyName { item.member("propertyName", name) }
        if let type = subscription.objectTypeID { item.member("objectTypeId", type) }
        if let name = subscription.eventTypeName { item.member("eventTypeName", name) }
        item.member("active", subscription.isActive)
        item.member("createdAt", ServerTime.iso(subscription.createdAt))
        item.member("updatedAt", ServerTime.iso(subscription.updatedAt))
    }
}
