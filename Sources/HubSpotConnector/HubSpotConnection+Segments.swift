package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

/// Segments: which lists of HubSpot's there are, and who is in them.
extension HubSpotConnection {
    /// The list of an object's records that has exactly this name, or the names of all others.
    ///
    /// `typeID`: the number of the records' type: `0-1`.
    package func segment(
        named name: String,
        typeID: String
    ) async throws(SyncError) -> (found: SegmentDescription?, others: [String]) {
        var others: [String] = []
        var next: String?
        for _ in 0..<Self.listPagesMax {
            var reply = try await self.send(
                self.requests.lists(next: next),
                CallDescription(endpoint: "lists", purpose: "schema", priority: .manual)
            )
            let json = try HubSpotResponses.json(taking: &reply.response)
            let page = try HubSpotResponses.lists(json)
            let own = page.items.filter { $0.typeID == typeID }
            if let list = own.first(where: { $0.name == name }) {
                return (
                    SegmentDescription(
                        list: list.id,
                        name: list.name,
                        isDynamic: list.isDynamic,
                        size: list.size.map { Int(clamping: $0) }
                    ),
                    []
                )
            }
            others += own.map(\.name)
            next = page.next
            if next == nil { break }
        }
        return (nil, others)
    }

    package func members(
        of list: String,
        next: String?
    ) async throws(SyncError) -> Paged<SegmentMember>? {
        do {
            var reply = try await self.send(
                self.requests.members(of: list, next: next, byTime: true),
                CallDescription(endpoint: "members", purpose: "sweep", priority: .audit)
            )
            return try HubSpotResponses.members(
                try HubSpotResponses.json(taking: &reply.response)
            )
        } catch {
            // Of a list that is there the refusal has another cause.
            guard error.code == .rejected, try await !self.isThere(list, .audit) else {
                throw error
            }
            if self.sabotage == .takesGoneForAll { return Paged(items: [], next: nil) }
            return nil
        }
    }

    /// Adds which records are members: one call for 100 records.
    ///
    /// A list that was deleted is missing like one that a record is not in: where one is missing, the
    /// list itself is looked at, at most once a minute.
    func readMemberships(
        of rows: [RecordRow],
        _ mapping: ObjectMapping,
        _ read: TieRead,
        into ties: inout [String: TieCache.Ties],
        _ page: inout RecordPage
    ) async throws(SyncError) {
        let lists = mapping.fields.compactMap(\.membershipList)
        guard !lists.isEmpty, let typeID = mapping.kind?.typeID else { return }
        var undecided: Set<String> = []
        for start in stride(from: 0, to: rows.count, by: Self.membershipReadMax) {
            let end = min(start + Self.membershipReadMax, rows.count)
            let ids = rows[start..<end].map(\.id)
            var reply = try await self.send(
                self.requests.lists(ofRecords: ids, typeID: typeID),
                CallDescription(
                    endpoint: "membershipsRead",
                    purpose: read.purpose,
                    object: mapping.hubspot.name,
                    records: ids.count,
                    priority: read.priority
                )
            )
            page.ended = reply.ended
            page.asksSegments = true
            let found = self.remembered(
                try HubSpotResponses.listsOfRecords(
                    try HubSpotResponses.json(taking: &reply.response)
                ),
                typeID
            )
            for list in lists {
                let members = ids.filter { found[$0]?.contains(list) ?? false }
                for id in members { ties[id, default: [:]][Self.membership(list)] = [] }
                guard members.count < ids.count, try await !self.isThere(list, read.priority)
                else { continue }
                if self.sabotage == .takesGoneForAll {
                    for id in ids { ties[id, default: [:]][Self.membership(list)] = [] }
                    continue
                }
                undecided.formUnion(ids)
            }
        }
        for place in page.rows.indices where undecided.contains(page.rows[place].id) {
            page.rows[place].isUndecided = true
        }
    }

    /// The lists of records; a mutant goes on with the first answer about each.
    private func remembered(_ lists: [String: [String]], _ typeID: String) -> [String: [String]] {
        guard self.sabotage == .asksOnceForMembers else { return lists }
        return Dictionary(
            uniqueKeysWithValues: lists.map { id, own in
                let key = "\(typeID) \(id)"
                let first = self.firstLists[key] ?? own
                self.firstLists[key] = first
                return (id, first)
            }
        )
    }

    /// Whether a list is there, as the last look told that is no older than a minute.
    private func isThere(
        _ list: String,
        _ priority: PriorityClass
    ) async throws(SyncError) -> Bool {
        let now = self.time.monotonicMilliseconds
        if let seen = self.listsSeen[list], now - seen.at < Self.listAgeMax { return seen.isThere }
        do {
            _ = try await self.send(
                self.requests.list(list),
                CallDescription(endpoint: "list", purpose: "schema", priority: priority)
            )
        } catch {
            guard error.code == .rejected else { throw error }
            self.listsSeen[list] = (now, false)
            return false
        }
        self.listsSeen[list] = (now, true)
        return true
    }

    /// A list's name among a record's ties.
    static func membership(_ list: String) -> String { "list \(list)" }

    /// The bound is not told; other batches take 100.
    private static let membershipReadMax = 100
    /// How long a look at a list tells whether it is there, in milliseconds.
    private static let listAgeMax: Int64 = 60_000
    /// 500 lists a page: more than a portal may have.
    private static let listPagesMax = 20
}
