package import HTTPTransport
import WireJSON

/// A HubSpot portal as a state machine: a request and the server's time in, a reply out.
///
/// It holds no socket, clock or randomness beyond its seed, so the same requests at the same times
/// always get the same bytes.
package struct MockHubSpot: Sendable, Codable {
    /// May be changed at any time, as an administrator would; the apps are fixed at the start.
    package var settings: MockHubSpotSettings
    package var faults = MockHubSpotFaults()
    package internal(set) var usage = MockHubSpotUsage()
    /// How often each fault was carried out.
    package internal(set) var faultsFired: [MockHubSpotFault: Int] = [:]
    /// Searches that were answered while the index did not know the portal's newest change.
    package internal(set) var laggedSearches = 0
    /// One for each object type, contacts first.
    var tables: [RecordTable]
    var associations = AssociationTable()
    /// By object type id.
    var pipelines = PipelineSet.standard {
        didSet { self.tellPipelines() }
    }
    var lists: [SegmentList] = []
    var folders: [ListFolder] = []
    var foldersMade = 0
    var limits: RateLimits
    var generator: SeededGenerator
    /// When records that were archived long ago are next looked for.
    var purgesAt = Int64.min
    /// Access tokens that OAuth apps were given.
    var tokens: [String: AccessSession] = [:]
    var codes: [String: AuthorizationCode] = [:]
    /// Refresh tokens that authorization codes were exchanged for.
    var refreshGrants: [String: RefreshGrant] = [:]
    /// Refresh tokens of the settings that are valid no longer.
    var revokedTokens: Set<String> = []
    var usageReport: UsageReport?
    /// Whether the request at hand is of a version that asks administrators' rules.
    var enforcesRules = false
    var feed = ChangeFeed()
    /// `nil` while no setting moves lifecycle stages.
    var stageWatch: StageWatch?
    var webhooks: WebhookCenter
    var journal: JournalStore
    var imports = ImportStore()
    var exports = ExportStore()
    var marketing: MarketingStore

    package init(settings: MockHubSpotSettings = MockHubSpotSettings()) {
        self.settings = settings
        self.limits = RateLimits(settings: settings)
        self.generator = SeededGenerator(seed: settings.seed)
        self.webhooks = WebhookCenter(seed: settings.seed)
        self.journal = JournalStore(seed: settings.seed)
        self.marketing = MarketingStore(settings: settings)
        self.tables = settings.objects.enumerated().map { place, object in
            RecordTable(
                object: object,
                firstID: settings.firstRecordID + Int64(place) * Self.idsOfOneObject
            )
        }
        Self.seedUsers(&self.tables, settings.owners)
        self.tellPipelines()
        self.watchStages()
    }

    /// Lets the tables know the stages that their records may be in.
    private mutating func tellPipelines() {
        for place in self.tables.indices {
            let pipelines = self.pipelines[self.tables[place].object.typeID]
            guard self.tables[place].pipelines != pipelines else { continue }
            self.tables[place].pipelines = pipelines
        }
    }

    /// How far apart the ids of two object types begin.
    static let idsOfOneObject: Int64 = 1_000_000_000
    /// The place of contacts among the tables.
    static let contacts = 0

    /// The place of an object type by any name that paths have for it.
    func place(of name: String) -> Int? {
        func find(_ name: String) -> Int? {
            self.tables.firstIndex { !$0.object.isArchived && $0.object.answers(to: name) }
        }
        // HubSpot's guide of v3 associations writes names with a capital.
        return find(name) ?? find(name.lowercased())
    }

    /// Answers one request at that server time, in milliseconds since 1970.
    package mutating func handle(_ request: HTTPRequest, at now: Int64) -> MockHubSpotReply {
        if let refusal = self.oversized(request, now) {
            return .respond(self.finished(refusal, now))
        }
        if self.imports.isBusy { self.runImports(now) }
        self.purgeArchived(now)
        self.moveLifecycles(now)
        let target = HubSpotTarget(request)
        let endpoint = target.endpoint(request.method)
        if endpoint == .token {
            self.usage.change(self.settings.apps.first?.id ?? 0, .token) { $0.calls += 1 }
            if self.isRetired(target) { return self.failed(.retiredVersion, 0, endpoint, now) }
            return .respond(self.finished(self.oauthRoute(target, request, now), now))
        }
        if let response = self.openRoute(target, request, endpoint, now) {
            return .respond(self.finished(response, now))
        }
        let session: AccessSession
        switch self.signedIn(request, now) {
        case .success(let found): session = found
        case .failure(let refusal):
            self.usage.unauthorized += 1
            return .respond(self.finished(refusal.response, now))
        }
        let app = session.app
        let isOAuth = self.settings.apps[app].isOAuth
        let appID = self.settings.apps[app].id
        let isSearch = endpoint == .search
        let policy =
            endpoint.hasOwnLimits
            ? nil : self.limits.take(app: app, isOAuth: isOAuth, isSearch: isSearch, at: now)
        if let policy {
            self.usage.change(appID, endpoint) { row in
                row.throttled += 1
                if policy == .daily { row.throttledByDay += 1 }
            }
            return .respond(
                self.finished(self.throttled(policy, app, isSearch: isSearch, now), now)
            )
        }
        let records = max(1, Self.inputs(request))
        var fault = self.faults.next(for: endpoint)
        if self.isRetired(target) { fault = .retiredVersion }
        if fault?.isBilled != false {
            self.usage.change(appID, endpoint) { row in
                row.calls += 1
                row.records += records
            }
        }
        if let fault { self.faultsFired[fault, default: 0] += 1 }
        if let fault, !fault.commits { return self.failed(fault, app, endpoint, now) }
        self.associations.firstIsPrimary = self.settings.firstCompanyIsPrimary
        var response = self.route(target, request, endpoint, session, now)
        self.moveLifecycles(now)
        self.touchTied(now)
        self.tellChanges(now)
        if !isSearch && !endpoint.hasOwnLimits {
            let limitHeaders = self.limits.headers(app: app, isOAuth: isOAuth, at: now)
            response.headers += limitHeaders
        }
        response = self.finished(response, now)
        guard let fault else { return .respond(response) }
        return self.spoiled(response, fault, app, endpoint, now)
    }

    // MARK: - Routing

    private mutating func route(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ endpoint: MockHubSpotEndpoint,
        _ session: AccessSession,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.refusal(target, request, endpoint, session, now) { return refusal }
        self.enforcesRules = target.enforcesAdminRules
        let appID = self.settings.apps[session.app].id
        let author = MockHubSpotAuthor.app(appID)
        if let verb = target.dealSplitVerb {
            return self.dealSplitRoute(verb, request, author, now)
        }
        switch endpoint {
        case .accountInfo: return self.accountRoute(target, request, now)
        case .list, .read, .create, .update, .archive, .search, .batchRead, .batchCreate,
            .batchUpdate, .batchUpsert, .batchArchive, .merge, .gdprDelete:
            return self.recordRoute(target, request, endpoint, author, now)
        case .propertyRead, .propertyWrite: return self.propertyRoute(target, request, now)
        case .owners: return self.ownerRoute(target, now)
        case .pipelines: return self.pipelineRoute(target, request, now)
        case .associationRead, .associationWrite:
            return target.family.first == "objects"
                ? self.oneAssociationRoute(target, request, now)
                : self.associationRoute(target, request, now)
        case .lists: return self.listRoute(target, request, now)
        case .schemas: return self.schemaRoute(target, request, now)
        case .legacy: return self.legacyRoute(target, request, author, now)
        case .journal: return self.journalRoute(target, request, session, now)
        case .imports: return self.importRoute(target, request, appID, now)
        case .exports: return self.exportRoute(target, request, now)
        case .marketing: return self.marketingRoute(target, request, now)
        case .token, .webhooks, .files, .formSubmission, .unknown:
            return self.error(404, "resource not found", now: now)
        }
    }

    /// Records of any object type.
    private mutating func recordRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ endpoint: MockHubSpotEndpoint,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        let name = target.objectPath.first ?? ""
        guard let place = self.place(of: name) else {
            return self.error(400, "Unable to infer object type from: \(name)", now: now)
        }
        self.tables[place].asksForStage = self.settings.requiresStages
        switch endpoint {
        case .list: return self.list(place, target, now)
        case .read: return self.readOne(place, target, now)
        case .create: return self.createOne(place, request, author, now)
        case .update: return self.updateOne(place, target, request, author, now)
        case .search: return self.search(place, request, now)
        case .batchRead: return self.batchRead(place, target, request, now)
        case .batchCreate, .batchUpdate, .batchUpsert:
            return self.batchWrite(place, endpoint, request, author, now)
        case .archive:
            if let id = Int64(target.recordID ?? "") { self.tables[place].archive(id, author, now) }
            return HTTPResponse(status: 204)
        case .batchArchive:
            let inputs = Self.body(request)?["inputs"]?.elements ?? []
            guard inputs.count <= 100 else { return self.tooManyInputs(now) }
            for id in inputs.compactMap({ $0["id"]?.integer }) {
                self.tables[place].archive(id, author, now)
            }
            return HTTPResponse(status: 204)
        case .merge: return self.mergeTwo(place, request, author, now)
        case .gdprDelete: return self.gdprDelete(place, request, author, now)
        case .token, .accountInfo, .propertyRead, .propertyWrite, .owners, .pipelines,
            .associationRead, .associationWrite, .lists, .schemas, .legacy, .journal, .webhooks,
            .files, .imports, .exports, .marketing, .formSubmission, .unknown:
            return self.error(404, "resource not found", now: now)
        }
    }

    static func body(_ request: HTTPRequest) -> JSON? {
        try? JSON(parsing: request.body)
    }

    /// The refusal of a body that is no JSON or has not the parts that a route needs.
    ///
    /// What `refusal(_:_:_:_:_:)` finds out before tells the line and the column; this is for the rest.
    mutating func unreadableBody(_ now: Int64) -> HTTPResponse {
        self.error(400, "Invalid input JSON", now: now)
    }

    private static func inputs(_ request: HTTPRequest) -> Int {
        guard request.method == .post, request.body.count > 20 else { return 1 }
        return Self.body(request)?["inputs"]?.count ?? 1
    }

    // MARK: - Replies

    mutating func finished(_ response: HTTPResponse, _ now: Int64) -> HTTPResponse {
        var response = response
        response.headers.insert(HTTPHeader("Date", ServerTime.header(now)), at: 0)
        if !response.body.isEmpty,
            !response.headers.contains(where: { $0.name == "Content-Type" })
        {
            response.headers.append(
                HTTPHeader("Content-Type", "application/json;charset=utf-8")
            )
        }
        response.headers.append(
            HTTPHeader("x-hubspot-correlation-id", self.generator.uuid(at: now))
        )
        return response
    }

    /// HubSpot's error envelope.
    mutating func error(
        _ status: Int,
        _ message: String,
        category: String? = nil,
        now: Int64,
        _ more: (inout JSONWriter) -> Void = { _ in }
    ) -> HTTPResponse {
        let correlation = self.generator.uuid(at: now)
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "error")
            root.member("message", message)
            root.member("correlationId", correlation)
            more(&root)
            if let category { root.member("category", category) }
        }
        return HTTPResponse(status: status, body: writer.bytes)
    }

    private func isRetired(_ target: HubSpotTarget) -> Bool {
        target.version.map { self.faults.retiredVersions.contains($0) } ?? false
    }

    private mutating func failed(
        _ fault: MockHubSpotFault,
        _ app: Int,
        _ endpoint: MockHubSpotEndpoint,
        _ now: Int64
    ) -> MockHubSpotReply {
        let response: HTTPResponse
        switch fault {
        case .dropBeforeCommit:
            self.usage.change(self.settings.apps[app].id, endpoint) { $0.unanswered += 1 }
            return .dropConnection
        case .serverError: response = self.error(500, "internal error", now: now)
        case .badGateway:
            response = HTTPResponse(status: 502, body: Array("<html>Bad Gateway</html>".utf8))
        case .unavailable: response = self.error(503, "service unavailable", now: now)
        case .status(let status):
            response = HTTPResponse(
                status: status,
                headers: [HTTPHeader("Content-Type", "text/html")],
                body: Array("<html>\(status)</html>".utf8)
            )
        case .locked: response = self.error(423, "Locked", now: now)
        case .throttled:
            let isSearch = endpoint == .search
            response = self.throttled(.tenSecondlyRolling, app, isSearch: isSearch, now)
        case .migrating(let seconds):
            var moving = self.error(477, "Migration in progress", now: now)
            moving.headers.append(HTTPHeader("Retry-After", String(seconds)))
            response = moving
        case .expiredToken:
            // Whoever comes with one of them next is told the same.
            self.tokens = self.tokens.mapValues { session in
                var session = session
                if session.app == app { session.expiresAt = min(session.expiresAt, now) }
                return session
            }
            self.usage.unauthorized += 1
            response = self.error(
                401,
                "The OAuth token used to make this call expired 1 second(s) ago.",
                category: "EXPIRED_AUTHENTICATION",
                now: now
            )
        case .retiredVersion:
            response = self.error(
                self.faults.retiredStatus,
                "This version of the API is no longer available.",
                now: now
            )
        case .emptyBatch:
            var writer = JSONWriter()
            writer.object { root in
                root.member("status", "COMPLETE")
                root.name("results")
                root.array { _ in }
                Self.batchTimes(now, into: &root)
            }
            response = HTTPResponse(status: 200, body: writer.bytes)
        case .dropAfterCommit, .badGatewayAfterCommit, .gatewayTimeoutAfterCommit, .malformedBody,
            .truncatedBody:
            response = HTTPResponse(status: 500)
        }
        return .respond(self.finished(response, now))
    }

    /// Spoils the reply of a request that was carried out.
    private mutating func spoiled(
        _ response: HTTPResponse,
        _ fault: MockHubSpotFault,
        _ app: Int,
        _ endpoint: MockHubSpotEndpoint,
        _ now: Int64
    ) -> MockHubSpotReply {
        var response = response
        switch fault {
        case .dropAfterCommit:
            self.usage.change(self.settings.apps[app].id, endpoint) { $0.unanswered += 1 }
            return .dropConnection
        case .badGatewayAfterCommit:
            response = HTTPResponse(status: 502, body: Array("<html>".utf8))
        case .gatewayTimeoutAfterCommit:
            response = HTTPResponse(status: 504, body: Array("<html>".utf8))
        case .malformedBody: response.body = Array("<html>maintenance</html>".utf8)
        case .truncatedBody: response.body = Array(response.body.prefix(response.body.count / 2))
        case .dropBeforeCommit, .serverError, .badGateway, .unavailable, .status, .locked,
            .throttled, .migrating, .expiredToken, .retiredVersion, .emptyBatch:
            break
        }
        return .respond(response)
    }
}
