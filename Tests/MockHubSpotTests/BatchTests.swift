import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// The batch endpoints' decision table and the limits, as far as the sync relies on them.
struct BatchTests {
    private var mock = MockHubSpot()
    private let now: Int64 = 1_790_000_000_000

    private func request(_ path: String, _ body: String) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: "http://127.0.0.1\(path)",
            headers: [HTTPHeader("Authorization", "Bearer pat-na1-integration")],
            body: Array(body.utf8)
        )
    }

    private mutating func send(_ path: String, _ body: String) throws -> (status: Int, json: JSON) {
        let reply = self.mock.handle(self.request(path, body), at: self.now)
        let response = try #require(reply.response)
        return (response.status, try JSON(parsing: response.body))
    }

    @Test(arguments: [
        ("/crm/v3/objects/contacts/batch/create", #"{"properties":{"lastname":"L"}}"#),
        ("/crm/objects/2026-03/contacts/batch/read", #"{"id":"1"}"#),
        ("/crm/v3/objects/contacts/batch/update", #"{"id":"1","properties":{}}"#),
        ("/crm/v3/properties/contacts/batch/read", #"{"name":"email"}"#),
        ("/crm/v4/associations/contacts/companies/batch/read", #"{"id":"1"}"#),
        (
            "/crm/v4/associations/contacts/companies/batch/create",
            #"{"from":{"id":"1"},"to":{"id":"2"},"types":[{"associationTypeId":279}]}"#
        ),
        ("/crm/v3/lists/records/memberships/batch/read", #"{"objectTypeId":"0-1","recordId":"1"}"#),
    ])
    mutating func `a batch tells when it was begun and done`(_ path: String, _ input: String) throws
    {
        let reply = try self.send(path, #"{"inputs":[\#(input)]}"#)
        #expect(reply.json["status"]?.string == "COMPLETE")
        #expect(reply.json["startedAt"]?.string?.hasSuffix("Z") == true)
        #expect(reply.json["completedAt"]?.string?.hasSuffix("Z") == true)
    }

    @Test mutating func `with trace ids a taken e-mail refuses its own input only`() throws {
        let id = try self.mock.seed(fields: [("email", "ada@example.com")], at: self.now)
        let reply = try self.send(
            "/crm/objects/2026-09/contacts/batch/create",
            #"""
            {"inputs":[{"objectWriteTraceId":"1","properties":{"email":"ADA@example.com"}},
            {"objectWriteTraceId":"2","properties":{"email":"bob@example.com"}}]}
            """#
        )
        #expect(reply.status == 207)
        #expect(reply.json["results"]?.count == 1)
        let error = reply.json["errors"]?[0]
        #expect(error?["category"]?.string == "CONFLICT")
        #expect(error?["context"]?["existingId"]?[0]?.string == id)
        #expect(error?["context"]?["objectWriteTraceId"]?[0]?.string == "1")
    }

    @Test mutating func `without trace ids a taken e-mail refuses the whole batch`() throws {
        try self.mock.seed(fields: [("email", "ada@example.com")], at: self.now)
        let reply = try self.send(
            "/crm/v3/objects/contacts/batch/create",
            #"{"inputs":[{"properties":{"email":"bob@example.com"}},{"properties":{"email":"ada@example.com"}}]}"#
        )
        #expect(reply.status == 409)
        #expect(self.mock.export(object: "contacts").count == 1)
    }

    @Test mutating func `what a refused batch wrote is as it was`() throws {
        let ada = try self.mock.seed(
            fields: [("email", "ada@example.com"), ("lastname", "L")],
            at: self.now
        )
        let bob = try self.mock.seed(fields: [("email", "bob@example.com")], at: self.now)
        let before = self.mock.export(object: "contacts")
        let changes = self.mock.changes
        let refused = try self.send(
            "/crm/v3/objects/contacts/batch/upsert",
            #"""
            {"inputs":[{"id":"\#(ada)","properties":{"email":"new@example.com","lastname":"M"}},
            {"idProperty":"email","id":"third@example.com","properties":{"lastname":"T"}},
            {"id":"\#(bob)","properties":{"email":"third@example.com"}}]}
            """#
        )
        #expect(refused.status == 409)
        #expect(self.mock.export(object: "contacts") == before)
        #expect(self.mock.changes == changes)
        #expect(self.mock.commits(after: 0).count == 2)
        // The addresses are free again, and the ones that were given up are taken.
        for (email, status) in [
            ("new@example.com", 201), ("third@example.com", 201), ("ada@example.com", 409),
        ] {
            let reply = try self.send(
                "/crm/v3/objects/contacts",
                #"{"properties":{"email":"\#(email)"}}"#
            )
            #expect(reply.status == status)
        }
        let ids = self.mock.export(object: "contacts").map(\.id)
        #expect(ids.count == 4 && Int64(ids[2]) == Int64(bob).map { $0 + 7 })
    }

    @Test mutating func `an id that stands twice refuses the batch`() throws {
        let id = try self.mock.seed(fields: [("lastname", "L")], at: self.now)
        let reply = try self.send(
            "/crm/v3/objects/contacts/batch/update",
            #"{"inputs":[{"id":"\#(id)","properties":{}},{"id":"\#(id)","properties":{}}]}"#
        )
        #expect(reply.status == 400)
        #expect(reply.json["message"]?.string?.contains(id) == true)
    }

    @Test mutating func `all missing ids come in one error`() throws {
        let reply = try self.send(
            "/crm/v3/objects/contacts/batch/update",
            #"{"inputs":[{"objectWriteTraceId":"1","id":"1","properties":{}},{"objectWriteTraceId":"2","id":"2","properties":{}}]}"#
        )
        #expect(reply.status == 207)
        #expect(reply.json["numErrors"]?.integer == 1)
        #expect(reply.json["errors"]?[0]?["context"]?["ids"]?.count == 2)
    }

    @Test mutating func `an upsert makes a record once`() throws {
        let body = #"""
            {"inputs":[{"objectWriteTraceId":"1","id":"003A","idProperty":"sf_contact_key",
            "properties":{"sf_contact_key":"003A","lastname":"L"}}]}
            """#
        let path = "/crm/objects/2026-09/contacts/batch/upsert"
        #expect(try self.send(path, body).json["results"]?[0]?["new"]?.boolean == true)
        #expect(try self.send(path, body).json["results"]?[0]?["new"]?.boolean == false)
        #expect(self.mock.export(object: "contacts").count == 1)
    }

    @Test mutating func `search shows a change only after the index delay`() throws {
        try self.mock.seed(fields: [("email", "ada@example.com")], at: self.now)
        let body = #"{"filterGroups":[],"limit":10}"#
        let early = self.mock.handle(
            self.request("/crm/v3/objects/contacts/search", body),
            at: self.now + 1_000
        )
        let late = self.mock.handle(
            self.request("/crm/v3/objects/contacts/search", body),
            at: self.now + 6_000
        )
        #expect(try JSON(parsing: early.response?.body ?? [])["total"]?.integer == 0)
        #expect(try JSON(parsing: late.response?.body ?? [])["total"]?.integer == 1)
    }

    @Test mutating func `the sixth search in a second and the 191st call in ten are refused`()
        throws
    {
        for _ in 0..<5 {
            #expect(try self.send("/crm/v3/objects/contacts/search", "{}").status == 200)
        }
        let search = try self.send("/crm/v3/objects/contacts/search", "{}")
        #expect(search.status == 429)
        #expect(search.json["policyName"]?.string == "SECONDLY")
        for _ in 0..<190 {
            #expect(
                try self.send("/crm/v3/objects/contacts/batch/read", #"{"inputs":[]}"#).status
                    == 200
            )
        }
        let read = try self.send("/crm/v3/objects/contacts/batch/read", #"{"inputs":[]}"#)
        #expect(read.status == 429)
        #expect(read.json["policyName"]?.string == "TEN_SECONDLY_ROLLING")
        #expect(self.mock.usage.billedCalls() == 195)
    }

    @Test mutating func `a wrong token reads as expired since 1970 and costs nothing`() throws {
        var request = self.request("/crm/v3/objects/contacts/search", "{}")
        request.headers = [HTTPHeader("Authorization", "Bearer nonsense")]
        let response = try #require(self.mock.handle(request, at: self.now).response)
        #expect(response.status == 401)
        #expect(String(decoding: response.body, as: UTF8.self).contains("1970-01-01T00:00:00Z"))
        #expect(self.mock.usage.billedCalls() == 0)
    }
}
