import HTTPTransport
import OrderedCollections
import WireJSON

/// The first and second versions of the API, read-only but for contacts: tools still call them
/// (tap-hubspot 4.5, airbyte-source-hubspot 5.7, hubspot3 3.2).
extension MockHubSpot {
    static let oldPageMax = 250

    mutating func legacyRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        if target.family.first == "contacts" {
            return self.oldContactRoute(target, request, author, now)
        }
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        switch target.path {
        case ["companies", "v2", "properties"]: return self.legacyProperties("companies", now)
        case ["companies", "v2", "companies", "paged"]: return self.legacyCompanies(target, now)
        case ["deals", "v1", "deal", "paged"]: return self.legacyDeals(target, now)
        case ["deals", "v1", "pipelines"]: return self.legacyPipelines()
        case ["deals", "v1", "deal", "recent", "created"]:
            return self.recentDeals(target) { $0.createdAt }
        case ["deals", "v1", "deal", "recent", "modified"]:
            return self.recentDeals(target) { $0.now.at }
        case ["integrations", "v1", "limit", "daily"]: return self.oldDailyUsage(now)
        case ["integrations", "v1", "me"]: return self.oldAccount()
        case ["crm-pipelines", "v1", "pipelines", "deals"]: return self.oldPipelines("0-3", "DEAL")
        case ["crm-pipelines", "v1", "pipelines", "tickets"]:
            return self.oldPipelines("0-5", "TICKET")
        case ["engagements", "v1", "engagements", "modified", "after"]:
            return self.changedActivities(target)
        case ["engagements", "v1", "engagements", "paged"]: return self.allActivities(target)
        case ["engagements", "v1", "engagements", "recent", "modified"]:
            return self.recentActivities(target)
        case let path where path.starts(with: ["companies", "v2", "companies"]) && path.count == 4:
            return self.legacyOne("companies", "companyId", path[3], now)
        case let path where path.starts(with: ["deals", "v1", "deal"]) && path.count == 4:
            return self.legacyOne("deals", "dealId", path[3], now)
        case let path where target.isLegacyProperties && path.count == 4 && path[3] == "properties":
            return self.legacyProperties(path[2], now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private mutating func legacyProperties(_ object: String, _ now: Int64) -> HTTPResponse {
        let known = self.place(of: object).map { self.tables[$0].object.properties }
        // Forms have properties and are no records.
        let isForm = object == "form" || object == "forms"
        guard let properties = known ?? (isForm ? MockHubSpotProperty.forms : nil) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.array { list in
            for property in properties {
                list.object { item in
                    item.member("name", property.name)
                    item.member("label", property.label)
                    item.member("description", property.description)
                    item.member("groupName", property.group)
                    item.member("type", property.kind.rawValue)
                    item.member("fieldType", property.fieldType)
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Records

    /// A page of live records from an offset, and whether more follow.
    private func legacyPage(
        _ object: String,
        _ target: HubSpotTarget
    ) -> (place: Int, rows: [RecordTable.Row], next: Int64?)? {
        guard let place = self.place(of: object) else { return nil }
        let limit = target.limit(100, max: Self.oldPageMax)
        let offset = target.parameter("offset").flatMap { Int64($0) } ?? 0
        let rows = self.tables[place].rows.filter { row in
            row.id >= offset && row.isVisible && !row.now.isArchived && row.mergedInto == nil
        }.prefix(limit + 1)
        let next = rows.count > limit ? rows[rows.startIndex + limit].id : nil
        return (place, Array(rows.prefix(limit)), next)
    }

    private mutating func legacyCompanies(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        guard let page = self.legacyPage("companies", target) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("companies")
            root.array { list in
                for row in page.rows {
                    list.object { self.write(row, page.place, id: "companyId", into: &$0) }
                }
            }
            root.member("has-more", page.next != nil)
            root.member("offset", page.next ?? 0)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func legacyDeals(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        guard let page = self.legacyPage("deals", target) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("deals")
            root.array { list in
                for row in page.rows {
                    list.object { item in
                        self.write(row, page.place, id: "dealId", into: &item)
                        self.writeLegacyTies(row.id, into: &item)
                    }
                }
            }
            root.member("hasMore", page.next != nil)
            root.member("offset", page.next ?? 0)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The newest first; a page goes on at a place.
    private func recentDeals(
        _ target: HubSpotTarget,
        by time: (RecordTable.Row) -> Int64
    ) -> HTTPResponse {
        guard let place = self.place(of: "deals") else { return HTTPResponse(status: 404) }
        let since = target.parameter("since").flatMap { Int64($0) } ?? .min
        let count = target.parameter("count").flatMap { Int($0) } ?? 20
        let offset = max(0, target.parameter("offset").flatMap { Int($0) } ?? 0)
        let found = self.tables[place].rows.filter {
            $0.isVisible && !$0.now.isArchived && $0.mergedInto == nil && time($0) >= since
        }.sorted { (time($0), $0.id) > (time($1), $1.id) }
        let page = found.dropFirst(offset).prefix(min(100, max(1, count)))
        let end = min(offset, found.count) + page.count
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for row in page {
                    list.object { item in
                        self.write(row, place, id: "dealId", into: &item)
                        self.writeLegacyTies(row.id, into: &item)
                    }
                }
            }
            root.member("hasMore", end < found.count)
            root.member("offset", end)
            root.member("total", found.count)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func writeLegacyTies(_ deal: Int64, into item: inout JSONWriter) {
        let one = End(type: "0-3", id: deal)
        item.name("associations")
        item.object { ties in
            for (name, type) in [
                ("associatedVids", "0-1"), ("associatedCompanyIds", "0-2"),
                ("associatedDealIds", "0-3"),
            ] {
                ties.name(name)
                ties.array { list in
                    for (id, _) in self.associations.list(one, to: type) { list.integer(id) }
                }
            }
        }
    }

    private mutating func legacyOne(
        _ object: String,
        _ name: String,
        _ id: String,
        _ now: Int64
    ) -> HTTPResponse {
        guard let place = self.place(of: object), let number = Int64(id),
            let row = self.follow(number, place), row.isVisible, !row.now.isArchived
        else { return self.error(404, "resource not found", now: now) }
        var writer = JSONWriter()
        writer.object { self.write(row, place, id: name, into: &$0) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// Each property with its value, its time and who set it.
    private func write(
        _ row: RecordTable.Row,
        _ place: Int,
        id name: String,
        into item: inout JSONWriter
    ) {
        let object = self.tables[place].object
        item.member("portalId", self.settings.portalID)
        item.member(name, row.id)
        item.member("isDeleted", false)
        item.name("properties")
        item.object { properties in
            let system = [
                (object.createdName, String(row.createdAt), row.createdAt),
                (object.modifiedName, String(row.now.at), row.now.at),
                ("hs_object_id", String(row.id), row.createdAt),
            ]
            for (name, value, time) in system {
                Self.write(name, value, time, nil, into: &properties)
            }
            for (name, value) in row.now.values.sorted(by: { $0.key < $1.key }) {
                let change = row.changes[name]
                Self.write(
                    name,
                    value,
                    change?.at ?? row.createdAt,
                    change?.author,
                    into: &properties
                )
            }
            for name in self.tables[place].calculatedNames {
                let value = self.value(name, place, row, row.now)
                guard row.now.values[name] == nil, name != object.createdName, let value else {
                    continue
                }
                Self.write(name, value, row.now.at, .calculated, into: &properties)
            }
        }
    }

    private static func write(
        _ name: String,
        _ value: String,
        _ time: Int64,
        _ author: MockHubSpotAuthor?,
        into properties: inout JSONWriter
    ) {
        properties.name(name)
        properties.object { property in
            property.member("value", value)
            property.member("timestamp", time)
            property.member("source", author?.sourceType ?? "API")
            property.member("sourceId", author?.sourceID ?? "")
        }
    }

    // MARK: - Pipelines

    private func legacyPipelines() -> HTTPResponse {
        var writer = JSONWriter()
        writer.array { list in
            for pipeline in self.pipelines["0-3"] {
                list.object { item in
                    item.member("pipelineId", pipeline.id)
                    item.member("label", pipeline.label)
                    item.member("displayOrder", pipeline.displayOrder)
                    item.member("active", true)
                    item.name("stages")
                    item.array { stages in
                        for stage in pipeline.stages {
                            stages.object { part in
                                part.member("stageId", stage.id)
                                part.member("label", stage.label)
                                part.member("displayOrder", stage.displayOrder)
                                part.member("active", true)
                                part.member("closedWon", stage.metadata["probability"] == "1.0")
                                part.name("probability")
                                // Metadata may hold any text.
                                let text = Array((stage.metadata["probability"] ?? "").utf8)
                                part.raw((try? JSON(parsing: text))?.numberText ?? "0")
                            }
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
