package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// One org, signed in. Builds by pure functions, sends through the gate, reads by pure ones.
package actor SalesforceConnection: CRMConnection {
    package nonisolated let side = Side.salesforce
    package nonisolated let limits: ConnectionLimits
    let configuration: SalesforceConfiguration
    let requests: SalesforceRequests
    let gate: any CallGate
    let credentials: any CredentialStore
    let time: any TimeSource
    var session: SalesforceSession?
    var isSigningIn = false
    var waitingForSignIn: [CheckedContinuation<Void, Never>] = []

    package init(
        configuration: SalesforceConfiguration,
        gate: any CallGate,
        credentials: any CredentialStore,
        time: any TimeSource
    ) {
        self.configuration = configuration
        self.requests = SalesforceRequests(configuration: configuration)
        self.gate = gate
        self.credentials = credentials
        self.time = time
        // REST API: resources_composite_sobjects_collections_retrieve_post (2,000 ids) and _create
        // (200 records), resources_composite_composite_post (25 parts, of which five Collections or
        // queries).
        self.limits = ConnectionLimits(
            readMax: 2_000,
            writeCollectionMax: 200,
            writeCollectionsMax: 5,
            conditionalWritesMax: 25,
            requestTimeMax: configuration.requestTimeMax
        )
    }

    /// The org's id comes with the token: no call (jsforce reads it from the identity's address
    /// too).
    package func account() async throws(SyncError) -> AccountIdentity {
        do {
            _ = try await self.currentSession(replacing: nil)
        } catch {
            throw SalesforceFailures.error(error)
        }
        guard let session = self.session, let org = session.orgID else {
            throw SalesforceFailures.malformed()
        }
        return AccountIdentity(id: org, recordBaseURL: session.instanceURL)
    }

    package func scan(_ scans: [FeedScan]) async throws(SyncError) -> [ScanPage] {
        // At most five queries share a call (REST API: resources_composite_composite_post); Leads
        // last, so that a converted one is seen after the Contact it became.
        let first = Array(scans.prefix(5))
        var urls: [String] = []
        for scan in first { urls.append(try self.url(of: scan)) }
        let isBackfill = first.allSatisfy { $0.range == .all }
        let reply = try await self.composite(
            urls,
            endpoint: "composite",
            purpose: isBackfill ? "backfill" : "detect",
            object: first.count == 1 ? first.first?.object : nil,
            priority: first.map(\.priority).min() ?? .field
        )
        var pages: [ScanPage] = []
        for (scan, body) in zip(first, reply.bodies) {
            pages.append(try self.page(scan, body, reply))
        }
        return pages
    }

    package func read(_ request: ReadRequest) async throws(SyncError) -> ReadReply {
        // An id may come out of a field into which people write.
        let ids = request.ids.filter(SalesforceID.isID)
        guard let object = request.mapping.object(request.object, on: .salesforce), !ids.isEmpty
        else {
            let now = self.time.monotonicMilliseconds
            return ReadReply(pages: [], missing: request.ids, readAt: now)
        }
        var reply = try await self.send(
            self.requests.read(object, ids: ids),
            CallDescription(
                endpoint: "collectionsRead",
                purpose: request.purpose,
                object: request.object,
                records: ids.count,
                priority: request.priority,
                hold: request.hold
            )
        )
        let readAt = reply.answeredAt
        let json = try SalesforceResponses.json(taking: &reply.response)
        let rows = try SalesforceResponses.rows(json.elements, object)
        let live = try self.recordPage(rows, reply)
        var result = ReadReply(pages: [live], missing: [], readAt: readAt)
        var found = Set(rows.map(\.id))
        let missing = ids.filter { !found.contains($0) }
        if !missing.isEmpty {
            // A null alone proves nothing: deleted rows are looked for, by id (REST API:
            // resources_composite_sobjects_collections_retrieve_post; resources_queryall).
            let second = try await self.queryAll(object, ids: missing, request)
            if !second.rows.isEmpty { result.pages.append(second) }
            found.formUnion(second.rows.map(\.id))
        }
        result.missing = request.ids.filter { !found.contains($0) }
        return result
    }

    package func find(_ request: FindRequest) async throws(SyncError) -> [RecordPage] {
        var queries: [(object: ObjectMapping.Object, url: String)] = []
        for object in request.mapping.salesforce {
            for soql in SalesforceQueries.finds(object, request) {
                queries.append((object, self.requests.paths.queryAll(soql)))
            }
        }
        var pages: [RecordPage] = []
        var open = queries
        while !open.isEmpty {
            let batch = Array(open.prefix(5))
            open.removeFirst(batch.count)
            let reply = try await self.composite(
                batch.map(\.url),
                endpoint: "composite",
                purpose: "match",
                object: nil,
                records: request.queries.count,
                priority: request.priority
            )
            for (query, body) in zip(batch, reply.bodies) {
                let read = try SalesforceResponses.rows(body, request.mapping, query.object)
                let rows = try SalesforceResponses.own(body, query.object) ?? read
                pages.append(try self.recordPage(rows, reply.metered))
                if let next = try SalesforceResponses.next(body) {
                    open.append((query.object, next))
                }
            }
        }
        return pages
    }

    /// Salesforce keeps one stamp per record: there is no time per field to read.
    package func changeTimes(
        _ request: ReadRequest
    ) async throws(SyncError) -> [String: [Int: ServerTime]] { [:] }

    package func hold(
        calls: Int,
        priority: PriorityClass
    ) async throws(SyncError) -> CallHold {
        do {
            return try await self.gate.hold(calls: calls, priority: priority)
        } catch {
            throw SalesforceFailures.error(error)
        }
    }

    package func release(_ hold: CallHold) async {
        await self.gate.release(hold)
    }

    package func budget() async -> BudgetOutlook { await self.gate.budget() }

    package func forecast(_ use: BudgetUse) async -> BudgetForecast? {
        await self.gate.forecast(use)
    }
}
