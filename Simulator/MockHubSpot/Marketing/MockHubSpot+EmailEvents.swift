import HTTPTransport
import WireJSON

/// Marketing e-mails' events, campaigns and the timeline of subscriptions (v1).
extension MockHubSpot {
    /// `/email/public/v1/…`.
    mutating func emailRoute(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        switch (path.first, path.count) {
        case ("events"?, 1): return self.emailEvents(target, now)
        case ("events"?, 3):
            let found = self.marketing.emails.first {
                $0.id == path[2] && $0.createdAt == Int64(path[1])
            }
            guard let found else { return self.error(404, "resource not found", now: now) }
            var writer = JSONWriter()
            writer.object { self.write(found, into: &$0) }
            return HTTPResponse(status: 200, body: writer.bytes)
        case ("campaigns"?, 1): return self.campaigns(target, byTime: true)
        case ("campaigns"?, 2) where path[1] == "by-id":
            return self.campaigns(target, byTime: false)
        case ("campaigns"?, 2):
            guard let id = Int64(path[1]),
                let campaign = self.marketing.campaigns.first(where: { $0.id == id })
            else { return self.error(404, "resource not found", now: now) }
            return self.shown(campaign)
        case ("subscriptions"?, 1): return self.subscriptionTypes()
        case ("subscriptions"?, 2) where path[1] == "timeline":
            return self.subscriptionTimeline(target)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// A page of a list with `offset`, `limit` and `hasMore`; the offset is to be given back.
    private static func page<Item>(
        _ name: String,
        _ all: [Item],
        _ target: HubSpotTarget,
        _ write: (Item, inout JSONWriter) -> Void
    ) -> HTTPResponse {
        let limit = target.limit(10, max: 1_000)
        let asked = target.parameter("offset").flatMap { Int($0) } ?? 0
        let offset = min(max(0, asked), all.count)
        let items = all[offset...].prefix(limit)
        var writer = JSONWriter()
        writer.object { root in
            root.member("hasMore", offset + items.count < all.count)
            root.member("offset", String(offset + items.count))
            root.name(name)
            root.array { list in
                for item in items { list.object { write(item, &$0) } }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func emailEvents(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let asked = target.parameter("eventType")?.uppercased()
        let kind = asked.flatMap(MockHubSpotEmailEvent.Kind.init)
        guard asked == nil || kind != nil else {
            return self.invalid("Invalid event type: \(asked ?? "")", now)
        }
        let campaign = target.parameter("campaignId").flatMap { Int64($0) }
        let app = target.parameter("appId").flatMap { Int64($0) }
        let recipient = target.parameter("recipient")?.lowercased()
        let start = target.parameter("startTimestamp").flatMap { Int64($0) } ?? .min
        let end = target.parameter("endTimestamp").flatMap { Int64($0) } ?? .max
        let leavesOut = target.parameter("excludeFilteredEvents")?.lowercased() == "true"
        // The newest first: from memory.
        let found = self.marketing.emails.reversed().filter { event in
            (kind == nil || event.kind == kind)
                && (campaign == nil || event.campaignID == campaign)
                && (app == nil || app == self.settings.marketing.emailAppID)
                && (recipient == nil || event.recipient.lowercased() == recipient)
                && event.createdAt >= start && event.createdAt <= end
                && !(leavesOut && event.isFiltered)
        }
        return Self.page("events", Array(found), target) { self.write($0, into: &$1) }
    }

    private func write(_ event: MockHubSpotEmailEvent, into item: inout JSONWriter) {
        item.member("appId", self.settings.marketing.emailAppID)
        item.member("appName", self.settings.marketing.emailAppName)
        item.member("created", event.createdAt)
        item.member("emailCampaignId", event.campaignID)
        item.member("id", event.id)
        item.member("portalId", self.settings.portalID)
        item.member("recipient", event.recipient)
        item.member("type", event.kind.rawValue)
        item.member("filteredEvent", event.isFiltered)
        if let id = event.sentID, let at = event.sentAt {
            item.name("sentBy")
            item.object { sent in
                sent.member("id", id)
                sent.member("created", at)
            }
        }
        for (name, value) in event.details.sorted(by: { $0.key < $1.key }) {
            item.member(name, value)
        }
    }

    // MARK: - Campaigns

    private func campaigns(_ target: HubSpotTarget, byTime: Bool) -> HTTPResponse {
        var all = self.marketing.campaigns
        if byTime { all.sort { $0.updatedAt > $1.updatedAt } }
        return Self.page("campaigns", all, target) { campaign, item in
            item.member("id", campaign.id)
            item.member("lastUpdatedTime", campaign.updatedAt)
            item.member("appId", self.settings.marketing.emailAppID)
            item.member("appName", self.settings.marketing.emailAppName)
        }
    }

    private func shown(_ campaign: EmailCampaign) -> HTTPResponse {
        let events = self.marketing.emails.filter { $0.campaignID == campaign.id }
        var writer = JSONWriter()
        writer.object { root in
            root.member("id", campaign.id)
            root.member("appId", self.settings.marketing.emailAppID)
            root.member("appName", self.settings.marketing.emailAppName)
            root.member("contentId", campaign.id)
            root.member("name", campaign.name)
            root.member("subject", campaign.subject)
            root.member("type", "BATCH_EMAIL")
            root.name("counters")
            root.object { counters in
                for kind in MockHubSpotEmailEvent.Kind.allCases {
                    let count = events.count { $0.kind == kind && !$0.isFiltered }
                    if count > 0 { counters.member(kind.rawValue.lowercased(), count) }
                }
            }
            let sent = events.count { $0.kind == .sent }
            root.member("numIncluded", sent)
            root.member("numQueued", sent)
            root.member("lastProcessingFinishedAt", campaign.updatedAt)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Subscriptions

    private func subscriptionTypes() -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("subscriptionDefinitions")
            root.array { list in
                for type in self.settings.marketing.subscriptionTypes {
                    list.object { item in
                        item.member("id", type.id)
                        item.member("portalId", self.settings.portalID)
                        item.member("name", type.name)
                        item.member("description", type.description)
                        item.member("active", true)
                        item.member("internal", false)
                        item.member("category", type.category)
                        item.member("channel", "Email")
                        item.member("businessUnitId", 0)
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// Who left or came back, and by which event.
    private func subscriptionTimeline(_ target: HubSpotTarget) -> HTTPResponse {
        let start = target.parameter("startTimestamp").flatMap { Int64($0) } ?? .min
        let end = target.parameter("endTimestamp").flatMap { Int64($0) } ?? .max
        let recipient = target.parameter("recipient")?.lowercased()
        let found = self.marketing.emails.reversed().filter { event in
            event.kind == .statusChange && event.createdAt >= start && event.createdAt <= end
                && (recipient == nil || event.recipient.lowercased() == recipient)
        }
        return Self.page("timeline", Array(found), target) { self.writeChange($0, into: &$1) }
    }

    private func writeChange(_ event: MockHubSpotEmailEvent, into item: inout JSONWriter) {
        item.member("timestamp", event.createdAt)
        item.member("portalId", self.settings.portalID)
        item.member("recipient", event.recipient)
        item.name("changes")
        item.array { list in
            list.object { change in
                let status = event.details["portalSubscriptionStatus"] ?? "UNSUBSCRIBED"
                change.member("change", status)
                change.member("changeType", "PORTAL_STATUS")
                change.member("source", event.details["source"] ?? "SOURCE_RECIPIENT")
                change.member("portalId", self.settings.portalID)
                change.name("causedByEvent")
                change.object { cause in
                    cause.member("id", event.id)
                    cause.member("created", event.createdAt)
                }
            }
        }
    }
}
