package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// One portal, signed in. Builds by pure functions, sends through the gate, reads by pure ones.
package actor HubSpotConnection: CRMConnection {
    package nonisolated let side = Side.hubspot
    package nonisolated let limits: ConnectionLimits
    let configuration: HubSpotConfiguration
    let requests: HubSpotRequests
    let gate: any CallGate
    let credentials: any CredentialStore
    let time: any TimeSource
    let sabotage: Sabotage?
    var session: HubSpotSession?
    var isSigningIn = false
    var waitingForSignIn: [CheckedContinuation<Void, Never>] = []
    var tieCache = TieCache()
    /// When each segment was looked for, in monotonic milliseconds, and whether it was there.
    var listsSeen: [String: (at: Int64, isThere: Bool)] = [:]

    /// What was said of each record's lists first, for a mutant.
    var firstLists: [String: [String]] = [:]

    package init(
        configuration: HubSpotConfiguration,
        gate: any CallGate,
        credentials: any CredentialStore,
        time: any TimeSource,
        sabotage: Sabotage? = nil
    ) {
        self.sabotage = sabotage
        self.configuration = configuration
        self.requests = HubSpotRequests(configuration: configuration)
        self.gate = gate
        self.credentials = credentials
        self.time = time
        // 100 inputs a batch: HubSpot's guide "Using object APIs".
        self.limits = ConnectionLimits(
            readMax: 100,
            writeCollectionMax: 100,
            writeCollectionsMax: 1,
            requestTimeMax: configuration.requestTimeMax
        )
    }

    package func account() async throws(SyncError) -> AccountIdentity {
        var reply = try await self.send(
            self.requests.account(),
            CallDescription(endpoint: "account", purpose: "schema", priority: .manual)
        )
        return try HubSpotResponses.account(try HubSpotResponses.json(taking: &reply.response))
    }

    package func describe(_ objects: [String]) async throws(SyncError) -> [ObjectDescription] {
        var described: [ObjectDescription] = []
        for object in objects {
            var reply = try await self.send(
                self.requests.properties(object),
                CallDescription(
                    endpoint: "properties",
                    purpose: "schema",
                    object: object,
                    priority: .manual
                )
            )
            let json = try HubSpotResponses.json(taking: &reply.response)
            described.append(try HubSpotResponses.description(json, object: object))
        }
        return described
    }

    package func scan(_ scans: [FeedScan]) async throws(SyncError) -> [ScanPage] {
        var pages: [ScanPage] = []
        for scan in scans { pages.append(try await self.page(scan)) }
        return pages
    }

    package func read(_ request: ReadRequest) async throws(SyncError) -> ReadReply {
        var (live, readAt) = try await self.batchRead(request, ids: request.ids, isArchived: false)
        var ties = TieRead(purpose: request.purpose, priority: request.priority)
        ties.isLeftOut = request.leavesTies
        live = try await self.tied(live, request.mapping, ties)
        var reply = ReadReply(pages: [live], missing: [], readAt: readAt)
        var rows = live.rows
        var missing = Self.missing(request.ids, rows)
        if !missing.isEmpty {
            // Deleted is told from invisible by a second look among the archived (OpenAPI:
            // CRM/Objects/Rollouts/424, `archived`).
            let archived = try await self.batchRead(request, ids: missing, isArchived: true).page
            if !archived.rows.isEmpty { reply.pages.append(archived) }
            rows += archived.rows
            missing = Self.missing(request.ids, rows)
        }
        // The id of a record that was merged into another leads to that one
        // (changelog/updated-merge-functionality-for-contacts-and-companies).
        for row in rows where !request.ids.contains(row.id) {
            for id in row.formerIDs where missing.contains(id) {
                reply.aliases[id] = row.id
                missing.removeAll { $0 == id }
            }
        }
        reply.missing = missing
        return reply
    }

    package func find(_ request: FindRequest) async throws(SyncError) -> [RecordPage] {
        var pages: [RecordPage] = []
        for property in request.mapping.hubspotKeyFields.sorted(by: { $0.key < $1.key }) {
            let ids = request.queries.filter(\.looksByKey).map(\.sourceID)
                .filter { request.mapping.salesforceObject(ofID: $0) == property.key }
            pages += try await self.lookUp(ids, by: property.value, request)
        }
        for index in request.mapping.matchFields {
            guard let field = request.mapping.hubspot.fields[index] else { continue }
            let values = request.queries.compactMap { $0.values[index]?.text }
            if field.name == request.mapping.kind?.identity {
                pages += try await self.lookUp(values, by: field.name, request)
            } else {
                pages += try await self.search(values, in: field.name, request)
            }
        }
        return pages
    }

    package func changeTimes(
        _ request: ReadRequest
    ) async throws(SyncError) -> [String: [Int: ServerTime]] {
        var times: [String: [Int: ServerTime]] = [:]
        let names = request.mapping.hubspotProperties.compactMap { $0?.name }
        for start in stride(from: 0, to: request.ids.count, by: 50) {
            // HubSpot allows 50 inputs with property histories (hubspot-api-python,
            // hubspot/utils/objects.py, PROPERTY_HISTORY_MAX_SIZE; PipedreamHQ/pipedream issue
            // 8462).
            let ids = Array(request.ids[start..<min(start + 50, request.ids.count)])
            var reply = try await self.send(
                self.requests.batchRead(
                    request.object,
                    ids: ids,
                    idProperty: nil,
                    propertyNames: [],
                    history: names
                ),
                CallDescription(
                    endpoint: "batchRead",
                    purpose: "history",
                    object: request.object,
                    records: ids.count,
                    priority: request.priority
                )
            )
            let json = try HubSpotResponses.json(taking: &reply.response)
            times.merge(HubSpotResponses.changeTimes(json, mapping: request.mapping)) { _, new in
                new
            }
        }
        return times
    }

    package func hold(
        calls: Int,
        priority: PriorityClass
    ) async throws(SyncError) -> CallHold {
        do {
            return try await self.gate.hold(calls: calls, priority: priority)
        } catch {
            throw HubSpotFailures.error(error)
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
