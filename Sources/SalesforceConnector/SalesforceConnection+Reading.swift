import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

extension SalesforceConnection {
    /// A Composite's bodies with the reply they came in.
    struct CompositeReply {
        var bodies: [JSON]
        var metered: MeteredResponse
    }

    /// Sends GETs as one call; every one must succeed.
    func composite(
        _ urls: [String],
        endpoint: String,
        purpose: String,
        object: String?,
        records: Int = 0,
        priority: PriorityClass
    ) async throws(SyncError) -> CompositeReply {
        var reply = try await self.send(
            self.requests.composite(gets: urls),
            CallDescription(
                endpoint: endpoint,
                purpose: purpose,
                object: object,
                records: records,
                priority: priority
            )
        )
        let json = try SalesforceResponses.json(taking: &reply.response)
        return CompositeReply(
            bodies: try SalesforceResponses.bodies(json, count: urls.count),
            metered: reply
        )
    }

    /// Where one page of a scan is read.
    func url(of scan: FeedScan) throws(SyncError) -> String {
        guard let object = scan.mapping.object(scan.object, on: .salesforce) else {
            throw SalesforceFailures.malformed()
        }
        switch (scan.continuation, scan.range) {
        case (.locator(let url)?, _): return url
        case (_, .changes(let since)):
            let others = scan.others.compactMap { $0.object(scan.object, on: .salesforce) }
            return self.requests.paths.queryAll(
                SalesforceQueries.changes(object, others: others, since: since)
            )
        case (.afterID(let id)?, .all):
            return self.requests.paths.query(SalesforceQueries.all(object, afterID: id))
        case (nil, .all):
            return self.requests.paths.query(SalesforceQueries.all(object, afterID: nil))
        }
    }

    func page(
        _ scan: FeedScan,
        _ body: JSON,
        _ reply: CompositeReply
    ) throws(SyncError) -> ScanPage {
        guard let object = scan.mapping.object(scan.object, on: .salesforce) else {
            throw SalesforceFailures.malformed()
        }
        let read = try SalesforceResponses.rows(body, scan.mapping, object)
        let rows = try SalesforceResponses.own(body, object) ?? read
        let locator = try SalesforceResponses.next(body)
        let next: FeedScan.Continuation?
        switch scan.range {
        case .changes: next = locator.map { .locator($0) }
        // The keyset goes on after the last id of what the reply held, however much that was.
        case .all:
            let isWhole = read.count >= 2_000 || locator != nil
            next = isWhole ? read.last.map { .afterID($0.id) } : nil
        }
        var page = ScanPage(
            object: scan.object,
            page: try self.recordPage(rows, reply.metered),
            next: next
        )
        if object.share != nil { page.stamps = read.map(\.stamp) }
        for mapping in scan.others {
            guard let other = mapping.object(scan.object, on: .salesforce) else { continue }
            let rows = try SalesforceResponses.own(body, other) ?? []
            page.others.append(try self.recordPage(rows, reply.metered))
        }
        return page
    }

    func queryAll(
        _ object: ObjectMapping.Object,
        ids: [String],
        _ request: ReadRequest
    ) async throws(SyncError) -> RecordPage {
        let soql = SalesforceQueries.byID(object, ids: ids)
        let reply = try await self.composite(
            [self.requests.paths.queryAll(soql)],
            endpoint: "composite",
            purpose: request.purpose,
            object: object.name,
            records: ids.count,
            priority: request.priority
        )
        var rows: [RecordRow] = []
        for body in reply.bodies {
            rows += try SalesforceResponses.rows(body, request.mapping, object)
        }
        return try self.recordPage(rows, reply.metered)
    }

    func recordPage(
        _ rows: [RecordRow],
        _ reply: MeteredResponse
    ) throws(SyncError) -> RecordPage {
        guard let time = HTTPDate.serverTime(of: reply.response) else {
            throw SalesforceFailures.malformed()
        }
        return RecordPage(
            side: .salesforce,
            sent: reply.sent,
            ended: reply.ended,
            serverTime: time,
            rows: rows
        )
    }
}
