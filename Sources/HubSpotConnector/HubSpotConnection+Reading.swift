import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

extension HubSpotConnection {
    /// One page of one scan.
    func page(_ scan: FeedScan) async throws(SyncError) -> ScanPage {
        switch scan.range {
        case .changes:
            let ties = TieRead(purpose: "detect", priority: scan.priority, takesKnown: true)
            var page = try await self.searchPage(scan)
            page.page = try await self.tied(page.page, scan.mapping, ties)
            return page
        case .all: return try await self.listPage(scan)
        }
    }

    private func searchPage(_ scan: FeedScan) async throws(SyncError) -> ScanPage {
        let names = HubSpotRequests.propertyNames(scan.mapping)
        var request = self.requests.search(scan, propertyNames: names)
        // HubSpot refuses search bodies over 3,000 characters: then values come by a batch read
        // (docs/api-reference/latest/crm/search-the-crm).
        let isLean = request.body.count > 3_000
        if isLean { request = self.requests.search(scan, propertyNames: nil) }
        var reply = try await self.send(
            request,
            CallDescription(
                endpoint: "search",
                purpose: "detect",
                object: scan.object,
                window: .search,
                priority: scan.priority
            )
        )
        let json = try HubSpotResponses.json(taking: &reply.response)
        var rows = try HubSpotResponses.rows(
            json,
            mapping: scan.mapping,
            isLean: isLean || self.sabotage == .takesHiddenForBlank
        )
        let lastID = rows.last?.id
        var (sent, ended) = (reply.sent, reply.ended)
        if isLean, !rows.isEmpty {
            let full = try await self.values(of: rows.map(\.id), scan)
            (rows, sent, ended) = (full.rows, full.sent, full.ended)
        }
        let hasMore = HubSpotResponses.next(json) != nil
        return ScanPage(
            object: scan.object,
            page: RecordPage(
                side: .hubspot,
                sent: sent,
                ended: ended,
                serverTime: try Self.serverTime(reply.response),
                rows: rows
            ),
            next: hasMore ? lastID.map { .afterID($0) } : nil
        )
    }

    private func values(of ids: [String], _ scan: FeedScan) async throws(SyncError) -> RecordPage {
        var whole: RecordPage?
        for start in stride(from: 0, to: ids.count, by: self.limits.readMax) {
            let part = Array(ids[start..<min(start + self.limits.readMax, ids.count)])
            let request = ReadRequest(
                mapping: scan.mapping,
                object: scan.object,
                ids: part,
                purpose: "detect",
                priority: scan.priority
            )
            let page = try await self.batchRead(request, ids: part, isArchived: false).page
            whole?.rows += page.rows
            whole?.ended = page.ended
            whole = whole ?? page
        }
        guard let whole else { throw HubSpotFailures.malformed() }
        return whole
    }

    private func listPage(_ scan: FeedScan) async throws(SyncError) -> ScanPage {
        let names = HubSpotRequests.propertyNames(scan.mapping)
        let fields = scan.mapping.fields.filter(\.isTied)
        let objects = Self.areInline(fields) ? Self.objects(fields) : []
        var reply = try await self.send(
            self.requests.list(scan, propertyNames: names, tiedTo: objects),
            CallDescription(
                endpoint: "list",
                purpose: "backfill",
                object: scan.object,
                priority: scan.priority
            )
        )
        let json = try HubSpotResponses.json(taking: &reply.response)
        var page = ScanPage(
            object: scan.object,
            page: RecordPage(
                side: .hubspot,
                sent: reply.sent,
                ended: reply.ended,
                serverTime: try Self.serverTime(reply.response),
                rows: try HubSpotResponses.rows(json, mapping: scan.mapping)
            ),
            next: HubSpotResponses.next(json).map { .locator($0) }
        )
        let read = TieRead(purpose: "backfill", priority: scan.priority)
        guard Self.areInline(fields), let ties = HubSpotResponses.inlineTies(json, to: objects)
        else {
            page.page = try await self.tied(page.page, scan.mapping, read)
            return page
        }
        for place in page.page.rows.indices {
            guard let mine = ties[page.page.rows[place].id] else { continue }
            Self.fill(&page.page.rows[place], fields, mine)
        }
        let rows = page.page.rows.filter { $0.fate == .live }
        var memberships: [String: TieCache.Ties] = [:]
        try await self.readMemberships(of: rows, scan.mapping, read, into: &memberships, &page.page)
        for place in page.page.rows.indices {
            guard let mine = memberships[page.page.rows[place].id] else { continue }
            Self.fill(&page.page.rows[place], scan.mapping.fields.filter(\.isApart), mine)
        }
        return page
    }

    func batchRead(
        _ request: ReadRequest,
        ids: [String],
        idProperty: String? = nil,
        isArchived: Bool
    ) async throws(SyncError) -> (page: RecordPage, answeredAt: Int64) {
        var reply = try await self.send(
            self.requests.batchRead(
                request.object,
                ids: ids,
                idProperty: idProperty,
                propertyNames: HubSpotRequests.propertyNames(request.mapping),
                isArchived: isArchived
            ),
            CallDescription(
                endpoint: "batchRead",
                purpose: request.purpose,
                object: request.object,
                records: ids.count,
                priority: request.priority,
                hold: request.hold
            )
        )
        let json = try HubSpotResponses.json(taking: &reply.response)
        let page = RecordPage(
            side: .hubspot,
            sent: reply.sent,
            ended: reply.ended,
            serverTime: try Self.serverTime(reply.response),
            rows: try HubSpotResponses.rows(
                json,
                mapping: request.mapping,
                isArchived: isArchived,
                isLean: self.sabotage == .takesHiddenForBlank
            )
        )
        return (page, reply.answeredAt)
    }

    /// Looks records up by a unique property, or by id, 100 a call, each value once.
    ///
    /// 100 inputs: HubSpot's guide "Using object APIs". An id that stands twice refuses the batch
    /// (recorded: batch/update/contacts/err-duplicate-ids.json).
    func lookUp(
        _ values: [String],
        by property: String?,
        _ request: FindRequest
    ) async throws(SyncError) -> [RecordPage] {
        let unique = Array(Set(values.filter { !$0.isEmpty })).sorted()
        var pages: [RecordPage] = []
        for start in stride(from: 0, to: unique.count, by: self.limits.readMax) {
            let part = Array(unique[start..<min(start + self.limits.readMax, unique.count)])
            let read = ReadRequest(
                mapping: request.mapping,
                object: request.mapping.hubspot.name,
                ids: part,
                purpose: "match",
                priority: request.priority
            )
            let page = try await self.batchRead(
                read,
                ids: part,
                idProperty: property,
                isArchived: false
            ).page
            let ties = TieRead(purpose: "match", priority: request.priority)
            pages.append(try await self.tied(page, request.mapping, ties))
            guard request.includesDeleted, page.rows.count < part.count else { continue }
            let archived = try await self.batchRead(
                read,
                ids: part,
                idProperty: property,
                isArchived: true
            )
            pages.append(archived.page)
        }
        return pages
    }

    // MARK: - Looking up by search

    /// Looks records up by a property that is not unique: a search for their ids, then a read of them.
    ///
    /// Searches lag, reads do not (docs/api-reference/latest/crm/search-the-crm): what is decided from is
    /// what was read.
    func search(
        _ values: [String],
        in property: String,
        _ request: FindRequest
    ) async throws(SyncError) -> [RecordPage] {
        var ids = Set<String>()
        for part in Self.parts(values) {
            ids.formUnion(try await self.ids(having: property, part, request))
        }
        return try await self.lookUp(Array(ids), by: nil, request)
    }

    /// Where very many records hold one of several values, each half of these is asked for alone: a doubt
    /// about one value says nothing of the others.
    private func ids(
        having property: String,
        _ values: [String],
        _ request: FindRequest
    ) async throws(SyncError) -> [String] {
        let object = request.mapping.hubspot.name
        var found: [String] = []
        while true {
            var reply = try await self.send(
                self.requests.search(object, having: property, values, afterID: found.last),
                CallDescription(
                    endpoint: "search",
                    purpose: "match",
                    object: object,
                    records: values.count,
                    window: .search,
                    priority: request.priority
                )
            )
            let json = try HubSpotResponses.json(taking: &reply.response)
            let page = (json["results"]?.elements ?? []).compactMap { $0["id"]?.string }
            found += page
            guard HubSpotResponses.next(json) != nil, !page.isEmpty else { return found }
            // A page of records with one and the same value is doubt enough.
            guard values.count > 1 else { return found }
            guard found.count < Self.foundMax else { break }
        }
        let half = values.count / 2
        let left = try await self.ids(having: property, Array(values[..<half]), request)
        return left + (try await self.ids(having: property, Array(values[half...]), request))
    }

    /// Values in lower case, so many together as a search may list.
    ///
    /// A value that is longer than a whole search cannot be looked for; no name is.
    private static func parts(_ values: [String]) -> [[String]] {
        let unique = Set(values.map { $0.lowercased() }.filter { !$0.isEmpty }).sorted()
        var parts: [[String]] = []
        var size = Self.listMax
        for value in unique {
            // As it is written, with its quotes, escapes and comma.
            var writer = JSONWriter()
            writer.string(value)
            let own = writer.bytes.count + 1
            guard own <= Self.listMax else { continue }
            size += own
            if size > Self.listMax || parts.last.map({ $0.count >= 100 }) ?? true {
                parts.append([])
                size = own
            }
            parts[parts.count - 1].append(value)
        }
        return parts
    }

    /// HubSpot takes 3,000 characters; the rest of a search for the second page is 264 with the shortest
    /// name of a property, which has a hundred characters at most.
    private static let listMax = 2_600

    /// So many records with one of a hundred values tell little apart.
    private static let foundMax = 2_000

    static func missing(_ ids: [String], _ rows: [RecordRow]) -> [String] {
        let found = Set(rows.map(\.id))
        return ids.filter { !found.contains($0) }
    }

    static func serverTime(_ response: HTTPResponse) throws(SyncError) -> ServerTime {
        guard let time = HTTPDate.serverTime(of: response) else {
            throw HubSpotFailures.malformed()
        }
        return time
    }
}

/// What an activity belongs to: associations, which neither a search nor a batch read brings.
extension HubSpotConnection {
    /// Whom a read of ties is for.
    struct TieRead {
        var purpose: String
        var priority: PriorityClass
        /// Whether ties that were read when the record had the same stamp are as good.
        var takesKnown = false
        /// Whether nobody wants to know.
        var isLeftOut = false
    }

    /// A page with the fields that are ties: one call more for each object that they may lead to, and for 1,000
    /// records.
    func tied(
        _ page: RecordPage,
        _ mapping: ObjectMapping,
        _ read: TieRead
    ) async throws(SyncError) -> RecordPage {
        let fields = mapping.fields.filter(\.isApart)
        guard !fields.isEmpty else { return page }
        var page = page
        guard !read.isLeftOut else {
            for place in page.rows.indices { page.rows[place].ties = .notAsked }
            return page
        }
        var ties: [String: TieCache.Ties] = [:]
        // A record without its ties would look like one that was untied.
        var lacking: [String: RecordRow.Ties] = [:]
        let living = page.rows.filter { $0.fate == .live }
        if read.takesKnown {
            for row in living {
                ties[row.id] = self.tieCache.ties(of: row)
                if self.tieCache.hasTooMany(row) { lacking[row.id] = .tooMany }
            }
        }
        let asked = living.filter { ties[$0.id] == nil && lacking[$0.id] == nil }
        for row in asked { ties[row.id] = [:] }
        let age = self.tieCache.age
        for object in Self.objects(fields) {
            for start in stride(from: 0, to: asked.count, by: Self.tieReadMax) {
                let end = min(start + Self.tieReadMax, asked.count)
                let ids = asked[start..<end].map(\.id)
                let found = try await self.ties(
                    of: mapping.hubspot.name,
                    ids,
                    to: object,
                    read,
                    &page.ended
                )
                for id in found.open { lacking[id] = .tooMany }
                for id in found.unread { lacking[id] = .untold }
                for (id, others) in found.ties {
                    for target in Self.targets(fields) where target.hubspot == object {
                        ties[id]?[target.tieKey] = Self.ids(of: others, target)
                    }
                }
            }
        }
        try await self.readMemberships(of: asked, mapping, read, into: &ties, &page)
        let undecided = Set(page.rows.filter(\.isUndecided).map(\.id))
        for row in asked where self.tieCache.age == age && !undecided.contains(row.id) {
            guard lacking[row.id] != .untold else { continue }
            self.tieCache.note(lacking[row.id] == nil ? ties[row.id] ?? [:] : nil, of: row)
        }
        for place in page.rows.indices {
            let id = page.rows[place].id
            if let lack = lacking[id] {
                page.rows[place].ties = lack
            } else if let mine = ties[id] {
                Self.fill(&page.rows[place], fields, mine)
            }
        }
        return page
    }

    /// The objects to whose records fields may lead.
    private static func objects(_ fields: [FieldMapping]) -> [String] {
        Set(Self.targets(fields).map(\.hubspot)).sorted()
    }

    private static func targets(_ fields: [FieldMapping]) -> [ReferenceTargets.Target] {
        fields.flatMap { $0.targets?.targets ?? [] }
    }

    /// Whether a list brings all of them along: it names no label, and says nowhere by what name it shows an object that
    /// the account made.
    private static func areInline(_ fields: [FieldMapping]) -> Bool {
        Self.targets(fields).allSatisfy { target in
            target.kind?.label == nil && ObjectKind.named(target.hubspot) != nil
        }
    }

    /// The other ends of the ties that a target means, in the order of their ids.
    private static func ids(
        of ties: [HubSpotResponses.Related],
        _ target: ReferenceTargets.Target
    ) -> [String] {
        let meant = ties.filter { tie in
            guard let kind = target.kind, kind.label != nil else { return true }
            return tie.kinds.contains { $0.id == kind.id && $0.isOwn == kind.isOwn }
        }
        return meant.map(\.id).sorted(by: Self.isEarlier)
    }

    /// The ties of records.
    ///
    /// A record with more than a reply holds is asked for again, and is still open where it has more than so many replies
    /// hold. Of what is unread nobody knows whether it has any.
    func ties(
        of object: String,
        _ ids: [String],
        to other: String,
        _ read: TieRead,
        _ ended: inout RequestSequence
    ) async throws(SyncError) -> TiesRead {
        var found = TiesRead(open: ids)
        var next: [String: String] = [:]
        for _ in 0..<Self.tiePagesMax where !found.open.isEmpty {
            let asked = found.open
            var reply = try await self.send(
                self.requests.related(object, asked, to: other, next: next),
                CallDescription(
                    endpoint: "associationsRead",
                    purpose: read.purpose,
                    object: object,
                    records: asked.count,
                    priority: read.priority
                )
            )
            ended = reply.ended
            let json = try HubSpotResponses.json(taking: &reply.response)
            next = [:]
            for (id, page) in try HubSpotResponses.related(json) {
                found.ties[id, default: []] += page.items
                next[id] = page.next
            }
            found.unread.formUnion(HubSpotResponses.unread(json, of: asked))
            found.open = next.keys.sorted()
        }
        return found
    }

    /// Sets the fields of a row: the first tie of the first object that has one; what else it might be is noted.
    private static func fill(
        _ row: inout RecordRow,
        _ fields: [FieldMapping],
        _ ties: TieCache.Ties
    ) {
        var writes: [OutboxEntry.Field] = []
        for field in fields {
            if let list = field.membershipList {
                let isMember = ties[Self.membership(list)] != nil
                if isMember {
                    let member = Inclusion.Segment.member.bytes
                    writes.append(.init(index: field.index, value: member, reason: ""))
                }
                continue
            }
            let all = (field.targets?.targets ?? []).flatMap { target in
                (ties[target.tieKey] ?? []).map {
                    FieldValue(normal: ReferenceTargets.Tie(object: target.hubspot, id: $0).text)
                }
            }
            guard let first = all.first else { continue }
            writes.append(.init(index: field.index, value: first.bytes, reason: ""))
            if all.count > 1 { row.choices[field.index] = all }
        }
        row.values = row.values.setting(writes)
    }

    /// Ids are numbers: the record that was made first comes first.
    private static func isEarlier(_ one: String, _ other: String) -> Bool {
        (one.count, one) < (other.count, other)
    }

    /// 1,000 records a read of ties (changelog/bug-fix-batch-read-limit-for-hubspot-associations-api).
    static let tieReadMax = 1_000
    /// An activity has few ties: as many pages of 500 are more than any has.
    private static let tiePagesMax = 20
}
