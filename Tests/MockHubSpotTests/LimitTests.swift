import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// The account's limits as headers and bodies tell them, and the bounds of searches.
struct LimitTests {
    private var portal = Portal()

    private mutating func read() -> HTTPResponse? {
        self.portal.raw(.get, "/crm/v3/objects/contacts")
    }

    private static func daily(_ response: HTTPResponse?) -> [String?] {
        [
            response?.header("X-HubSpot-RateLimit-Daily"),
            response?.header("X-HubSpot-RateLimit-Daily-Remaining"),
        ]
    }

    @Test
    mutating func `the day's calls are counted in headers, refused and given anew at midnight`()
        throws
    {
        self.portal.mock.setLimits(daily: 3)
        // An hour before the account's midnight, four hours west of Greenwich.
        let day: Int64 = 86_400_000
        self.portal.now = (self.portal.now / day) * day + 3 * 3_600_000
        #expect(Self.daily(self.read()) == ["3", "2"])
        #expect(Self.daily(self.read()) == ["3", "1"])
        let search = self.portal.raw(.post, "/crm/v3/objects/contacts/search", "{}")
        #expect(search?.status == 200)
        #expect(Self.daily(search) == [nil, nil], "searches have no such headers")
        let reply = self.read()
        let refused = try #require(reply)
        #expect(refused.status == 429)
        let json = try JSON(parsing: refused.body)
        #expect(json["policyName"]?.string == "DAILY")
        #expect(json["errorType"]?.string == "RATE_LIMIT")
        #expect(json["message"]?.string == "You have reached your daily limit.")
        self.portal.now += 3_600_000
        #expect(Self.daily(self.read()) == ["3", "2"])
    }

    /// Contract, section 17: the three bodies of 429, and which of them carry headers.
    @Test mutating func `a refused call names its limit, its group and itself`() throws {
        self.portal.mock.setLimits(burst: 2, searchesPerSecond: 0)
        let search = self.portal.raw(.post, "/crm/v3/objects/contacts/search", "{}")
        let secondly = try JSON(parsing: search?.body ?? [])
        #expect(secondly["policyName"]?.string == "SECONDLY")
        #expect(secondly["groupName"] == nil)
        #expect(search?.header("X-HubSpot-RateLimit-Max") == nil, "a search has no such headers")
        for _ in 1...2 { #expect(self.read()?.status == 200) }
        let refused = self.read()
        let rolling = try JSON(parsing: refused?.body ?? [])
        #expect(rolling["policyName"]?.string == "TEN_SECONDLY_ROLLING")
        #expect(rolling["groupName"]?.string == "publicapi:private-apps-api-calls")
        #expect(refused?.header("X-HubSpot-RateLimit-Max") == "2")
        #expect(refused?.header("X-HubSpot-RateLimit-Remaining") == "0")
        #expect(refused?.header("X-HubSpot-RateLimit-Daily") == "625000")
        let ids = try [secondly, rolling, JSON(parsing: self.read()?.body ?? [])].map {
            $0["requestId"]?.string ?? ""
        }
        #expect(Set(ids).count == 3, "each request has an id of its own")
        #expect(ids.allSatisfy { $0.count == 36 })
    }

    @Test mutating func `an installed app has no daily limit and no header of it`() {
        self.portal.mock.setLimits(daily: 0)
        #expect(self.read()?.status == 429)
        let reply = self.portal.form(
            "/oauth/v3/token",
            [
                "grant_type": "refresh_token", "client_id": "hubspot-client",
                "client_secret": "hubspot-secret", "refresh_token": "na1-integration",
            ]
        )
        self.portal.token = reply.json?["access_token"]?.string ?? ""
        let read = self.read()
        #expect(read?.status == 200)
        #expect(Self.daily(read) == [nil, nil])
        #expect(read?.header("X-HubSpot-RateLimit-Max") == "110")
        #expect(read?.header("X-HubSpot-RateLimit-Remaining") == "109")
        #expect(read?.header("X-HubSpot-RateLimit-Interval-Milliseconds") == "10000")
    }

    @Test(
        arguments: [
            (1_800, "1 second(s)"), (1_859, "59 second(s)"), (1_860, "1 minute(s)"),
            (5_399, "59 minute(s)"), (5_400, "1 hour(s)"), (180_000, "2 day(s)"),
        ] as [(Int64, String)]
    )
    mutating func `a token that has ended tells how long ago`(seconds: Int64, age: String) {
        let reply = self.portal.form(
            "/oauth/v3/token",
            [
                "grant_type": "refresh_token", "client_id": "hubspot-client",
                "client_secret": "hubspot-secret", "refresh_token": "na1-integration",
            ]
        )
        self.portal.token = reply.json?["access_token"]?.string ?? ""
        self.portal.now += seconds * 1_000
        let late = self.portal.send(.get, "/crm/v3/objects/contacts")
        #expect(late.status == 401)
        #expect(late.json?["category"]?.string == "EXPIRED_AUTHENTICATION")
        let text = "The OAuth token used to make this call expired \(age) ago."
        #expect(late.json?["message"]?.string == text)
        self.portal.token = ""
        let none = self.portal.send(.get, "/crm/v3/objects/contacts").json
        #expect(none?["category"]?.string == "INVALID_AUTHENTICATION")
    }

    // MARK: - Searches

    private static func groups(_ counts: [Int], value: String = "x") -> String {
        let filter = #"{"propertyName":"city","operator":"EQ","value":"\#(value)"}"#
        let groups = counts.map { count in
            #"{"filters":[\#(Array(repeating: filter, count: count).joined(separator: ","))]}"#
        }
        return #"{"filterGroups":[\#(groups.joined(separator: ","))]}"#
    }

    @Test(arguments: [
        ([1, 1, 1, 1, 1], 200), ([1, 1, 1, 1, 1, 1], 400), ([6], 200), ([7], 400),
        ([6, 6, 6], 200), ([6, 6, 6, 1], 400), ([4, 4, 4, 4, 2], 200), ([4, 4, 4, 4, 3], 400),
    ])
    mutating func `a search takes five groups, six filters in one and eighteen in all`(
        counts: [Int],
        status: Int
    ) {
        let body = Self.groups(counts)
        #expect(body.utf8.count < 3_000)
        let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
        #expect(reply.status == status)
        #expect((reply.json?["category"]?.string == "VALIDATION_ERROR") == (status == 400))
    }

    @Test mutating func `a search takes a body of three thousand characters`() {
        let room = 3_000 - Self.groups([1], value: "").utf8.count
        for (length, status) in [(room, 200), (room + 1, 400)] {
            let body = Self.groups([1], value: String(repeating: "x", count: length))
            let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
            #expect(reply.status == status, "\(body.utf8.count)")
        }
    }

    @Test mutating func `a search sees a change five seconds later and not before`() {
        let id = self.portal.make("contacts", #""lastname":"L","city":"Oslo""#)
        let made = self.portal.now
        func total(_ after: Int64, _ city: String) -> Int64? {
            self.portal.now = made + after
            let filter = #"{"propertyName":"city","operator":"EQ","value":"\#(city)"}"#
            let body = #"{"filterGroups":[{"filters":[\#(filter)]}]}"#
            return self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
                .json?["total"]?.integer
        }
        #expect(total(4_999, "Oslo") == 0)
        #expect(total(5_000, "Oslo") == 1)
        self.portal.now = made + 20_000
        let body = #"{"properties":{"city":"Bern"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/contacts/\(id)", body).status == 200)
        #expect(total(24_999, "Bern") == 0)
        #expect(total(24_999, "Oslo") == 1, "what it was before is still found")
        #expect(total(25_000, "Bern") == 1)
        #expect(total(25_000, "Oslo") == 0)
    }
}
