import HTTPTransport
import WireJSON

/// Activities as the first version tells them: all, or by the time of their last change.
extension MockHubSpot {
    private typealias Activity = (kind: String, place: Int, row: RecordTable.Row)

    private static let activityKinds = [
        "notes": "NOTE", "calls": "CALL", "tasks": "TASK", "emails": "EMAIL",
        "meetings": "MEETING",
    ]

    /// Every living activity that changed after a time, the oldest change first.
    private func activities(after time: Int64) -> [Activity] {
        var found: [Activity] = []
        for (name, kind) in Self.activityKinds {
            guard let place = self.place(of: name) else { continue }
            for row in self.tables[place].rows where row.now.at > time && !row.now.isArchived {
                found.append((kind, place, row))
            }
        }
        found.sort { ($0.row.now.at, $0.row.id) < ($1.row.now.at, $1.row.id) }
        return found
    }

    /// `engagements/modified/after`: the cursor is the time of the last change.
    func changedActivities(_ target: HubSpotTarget) -> HTTPResponse {
        let after = target.parameter("after").flatMap { Int64($0) } ?? 0
        let limit = target.limit(100, max: Self.oldPageMax)
        let found = self.activities(after: after)
        let page = found.prefix(limit)
        return self.shown(page, hasMore: found.count > limit) { root in
            root.member("after", page.last?.row.now.at ?? after)
        }
    }

    /// `engagements/paged`, in the order of their ids; the cursor is the id that comes next.
    func allActivities(_ target: HubSpotTarget) -> HTTPResponse {
        let offset = target.parameter("offset").flatMap { Int64($0) } ?? 0
        let limit = target.limit(100, max: Self.oldPageMax)
        let found = self.activities(after: .min).sorted { $0.row.id < $1.row.id }
            .drop { $0.row.id < offset }
        let next = found.dropFirst(limit).first?.row.id
        return self.shown(found.prefix(limit), hasMore: next != nil) { root in
            root.member("offset", next ?? 0)
        }
    }

    /// `engagements/recent/modified`: the newest change first, a hundred at most.
    func recentActivities(_ target: HubSpotTarget) -> HTTPResponse {
        let since = target.parameter("since").flatMap { Int64($0) } ?? .min
        let count = target.parameter("count").flatMap { Int($0) } ?? 20
        let offset = max(0, target.parameter("offset").flatMap { Int($0) } ?? 0)
        let found = Array(self.activities(after: since).reversed())
        let page = found.dropFirst(offset).prefix(min(100, max(1, count)))
        let end = min(offset, found.count) + page.count
        return self.shown(page, hasMore: end < found.count) { root in
            root.member("offset", end)
            root.member("total", found.count)
        }
    }

    private func shown(
        _ page: ArraySlice<Activity>,
        hasMore: Bool,
        _ more: (inout JSONWriter) -> Void
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for item in page {
                    list.object { self.write(item.kind, item.place, item.row, into: &$0) }
                }
            }
            root.member("hasMore", hasMore)
            more(&root)
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
