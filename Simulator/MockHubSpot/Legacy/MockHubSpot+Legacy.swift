import HTTPTransport
import OrderedCollections
import WireJSON

/// The first and second versions of the API, read-only: tools still call them (tap-hubspot 4.5,
/// airbyte-source-hubspot 5.7).
extension MockHubSpot {
    private static let pageMax = 250

    mutating func legacyRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        switch target.path {
        case ["companies", "v2", "properties"]: return self.legacyProperties("companies", now)
        case ["companies", "v2", "companies", "paged"]: return self.legacyCompanies(target, now)
        case ["deals", "v1", "deal", "paged"]: return self.legacyDeals(target, now)
        case ["deals", "v1", "pipelines"]: return self.legacyPipelines()
        case ["engagements", "v1", "engagements", "modified", "after"]:
            return self.legacyEngagements(target, now)
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
        guard let place = self.place(of: object) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.array { list in
            for property in self.tables[place].object.properties {
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
        let limit = target.limit(100, max: Self.pageMax)
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

    // MARK: - Pipelines and activities

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

    /// Activities by the time of their last change; the cursor is that time.
    private mutating func legacyEngagements(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let after = target.parameter("after").flatMap { Int64($0) } ?? 0
        let limit = target.limit(100, max: Self.pageMax)
        let kinds = [
            "notes": "NOTE", "calls": "CALL", "tasks": "TASK", "emails": "EMAIL",
            "meetings": "MEETING",
        ]
        var found: [(kind: String, place: Int, row: RecordTable.Row)] = []
        for (name, kind) in kinds {
            guard let place = self.place(of: name) else { continue }
            for row in self.tables[place].rows where row.now.at > after && !row.now.isArchived {
                found.append((kind, place, row))
            }
        }
        found.sort { ($0.row.now.at, $0.row.id) < ($1.row.now.at, $1.row.id) }
        let page = found.prefix(limit)
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for item in page {
                    list.object { self.write(item.kind, item.place, item.row, into: &$0) }
                }
            }
            root.member("hasMore", found.count > limit)
            root.member("after", page.last?.row.now.at ?? after)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(
        _ kind: String,
        _ place: Int,
        _ row: RecordTable.Row,
        into item: inout JSONWriter
    ) {
        let one = End(type: self.tables[place].object.typeID, id: row.id)
        item.name("engagement")
        item.object { head in
            head.member("id", row.id)
            head.member("portalId", self.settings.portalID)
            head.member("active", true)
            head.member("type", kind)
            head.member("createdAt", row.createdAt)
            head.member("lastUpdated", row.now.at)
            let time = row.now.values["hs_timestamp"].flatMap(ServerTime.parse)
            head.member("timestamp", time ?? row.createdAt)
        }
        item.name("associations")
        item.object { ties in
            for (name, type) in [
                ("contactIds", "0-1"), ("companyIds", "0-2"), ("dealIds", "0-3"),
                ("ticketIds", "0-5"),
            ] {
                ties.name(name)
                ties.array { list in
                    for (id, _) in self.associations.list(one, to: type) { list.integer(id) }
                }
            }
        }
        item.name("attachments")
        item.array { _ in }
        item.name("metadata")
        item.object { metadata in
            for (name, value) in row.now.values.sorted(by: { $0.key < $1.key }) {
                metadata.member(name, value)
            }
        }
    }
}
