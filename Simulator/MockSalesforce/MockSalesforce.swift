package import HTTPTransport

/// A Salesforce org as a state machine: a request and the server's time in, a reply out.
///
/// It holds no socket, clock or randomness, so the same requests at the same times always get
/// the same bytes.
package struct MockSalesforce: Sendable, Codable {
    /// May be changed at any time, as an administrator would.
    package var settings: MockSalesforceSettings
    package var faults = MockSalesforceFaults()
    /// The 18-character id of the org.
    package let organizationID: String
    var org: MockOrg
    var sessions: Sessions
    var meter = CallMeter()
    var cursors = CursorStore()
    var bulk = BulkJobs()
    var batches = BatchJobs()
    var eventLog = ChangeEventLog()
    var streams: StreamingClients
    var faultCounts = FaultCounts()
    /// How often each fault was carried out.
    package internal(set) var faultsFired: [MockSalesforceFault: Int] = [:]

    package init(settings: MockSalesforceSettings = MockSalesforceSettings()) {
        self.settings = settings
        self.organizationID = SalesforceID.make(prefix: "00D", number: 1)
        self.org = MockOrg(
            customObjects: settings.customObjects,
            customFields: settings.customFields
        )
        self.sessions = Sessions(credentials: settings.credentials, seed: settings.seed)
        self.streams = StreamingClients(seed: settings.seed)
        self.addPersonAccounts()
        self.addAddressPicklists()
        self.addRecordTypes()
        self.addCurrencies()
        // Where nothing is checked, nothing says which fields are given.
        for object in PermissionSchema.objects
        where settings.permissions != nil || object.name != "FieldPermissions" {
            self.org.add(object)
        }
        self.addQueues()
        self.addProducts()
        self.seedOrganization()
        self.seedPermissions()
        self.seedCurrencies()
        self.seedRecordTypes()
        self.seedOwnRecordTypes()
        self.seedQueues()
        self.seedProcesses()
    }

    /// Answers one request at that server time, in milliseconds since 1970.
    package mutating func handle(
        _ request: HTTPRequest,
        at now: Int64,
        fault: MockSalesforceFault? = nil
    ) -> MockSalesforceReply {
        self.runDueJobs(at: now)
        let target = RequestTarget(request.url)
        let reply: MockSalesforceReply
        let isREST = target.path.count > 2 && target.path[0] == "services"
        if target.path.first == "cometd" {
            reply = self.stream(request, target, now, fault)
        } else if isREST, ["data", "async"].contains(target.path[1]) {
            reply = self.rest(request, target, now, fault)
        } else {
            reply = .respond(self.open(request, target, now))
        }
        return Self.dated(reply, now)
    }

    mutating func runDueJobs(at now: Int64) {
        if now >= self.bulk.nextDue { self.runJobs(at: now) }
        if now >= self.batches.nextDue { self.runBatches(at: now) }
    }

    static func dated(_ reply: MockSalesforceReply, _ now: Int64) -> MockSalesforceReply {
        guard case .respond(var response) = reply else { return reply }
        response.headers.insert(HTTPHeader("Date", SalesforceTime.formatHTTP(now)), at: 0)
        return .respond(response)
    }

    /// What is answered without a session: tokens, the versions and the identity.
    private mutating func open(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        switch target.path {
        case ["services", "data"]: self.versions().http()
        case ["services", "oauth2", "token"] where request.method == .post:
            self.token(request, target, now)
        case ["services", "oauth2", "authorize"] where request.method == .get:
            self.authorize(target, now)
        case ["services", "oauth2", "userinfo"]:
            self.userInfo(request, target, now)
        case ["services", "oauth2", "introspect"] where request.method == .post:
            self.introspect(request, now)
        case [".well-known", "openid-configuration"]:
            Self.openIDConfiguration(Self.origin(request, target))
        case ["services", "oauth2", "revoke"] where request.method == .post:
            self.revoke(RequestTarget.form(request.body))
        case ["services", "oauth2", "revoke"] where request.method == .get:
            if let callback = target.value("callback") {
                self.revoke(target.value("token") ?? "", callback: callback)
            } else {
                self.revoke(target.query)
            }
        case let path where path.first == "id" && path.count == 3:
            self.identity(request, target, now)
        case let path where path.count > 3 && path[0] == "services" && path[1] == "Soap":
            self.soap(request, target, now)
        default: RESTReply(RequestFailure.notFound).http()
        }
    }
}
