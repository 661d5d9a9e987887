import HTTPTransport
import WireJSON

/// Marketing e-mails of the first version, one for each campaign, with how they fared.
extension MockHubSpot {
    /// `/marketing-emails/v1/emails[/with-statistics]`: the members that connectors read
    /// (airbyte-source-hubspot 5.7).
    mutating func oldEmails(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .get else { return self.wrongVerb(now) }
        guard path.isEmpty || path == ["with-statistics"] else {
            return self.error(404, "resource not found", now: now)
        }
        let all = self.marketing.campaigns
        let limit = target.limit(10, max: 300)
        let asked = target.parameter("offset").flatMap { Int($0) } ?? 0
        let offset = min(max(0, asked), all.count)
        var writer = JSONWriter()
        writer.object { root in
            root.member("limit", limit)
            root.member("offset", offset)
            root.member("total", all.count)
            root.member("totalCount", all.count)
            root.name("objects")
            root.array { list in
                for campaign in all[offset...].prefix(limit) {
                    list.object { self.write(campaign, !path.isEmpty, into: &$0) }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(
        _ campaign: EmailCampaign,
        _ hasStatistics: Bool,
        into item: inout JSONWriter
    ) {
        item.member("id", campaign.id)
        item.member("name", campaign.name)
        item.member("subject", campaign.subject)
        item.member("portalId", self.settings.portalID)
        item.member("primaryEmailCampaignId", campaign.id)
        item.name("allEmailCampaignIds")
        item.array { $0.integer(campaign.id) }
        item.member("emailType", "BATCH_EMAIL")
        item.member("state", "PUBLISHED")
        item.member("archived", false)
        item.member("created", campaign.updatedAt)
        item.member("updated", campaign.updatedAt)
        guard hasStatistics else { return }
        item.name("stats")
        item.object { stats in
            stats.name("counters")
            stats.object { counters in
                for kind in MockHubSpotEmailEvent.Kind.allCases {
                    let count = self.marketing.emails.count {
                        $0.campaignID == campaign.id && $0.kind == kind && !$0.isFiltered
                    }
                    if count > 0 { counters.member(kind.rawValue.lowercased(), count) }
                }
            }
        }
    }
}
