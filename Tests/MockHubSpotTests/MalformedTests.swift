import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Requests that no endpoint can carry out: each gets the vendor's envelope and nothing breaks.
struct MalformedTests {
    private var portal = Portal()

    /// What a known path takes; `{}` stands for a body whose shape is an object, `[]` for an array.
    private static let endpoints: [(path: String, methods: [HTTPMethod: String])] = [
        ("/crm/v3/objects/contacts", [.get: "", .post: "{}"]),
        ("/crm/objects/2026-09/deals/1", [.get: "", .patch: "{}", .delete: ""]),
        ("/crm/v3/objects/contacts/batch/read", [.post: "inputs"]),
        ("/crm/v3/objects/contacts/batch/create", [.post: "inputs"]),
        ("/crm/v3/objects/contacts/batch/update", [.post: "inputs"]),
        ("/crm/v3/objects/contacts/batch/upsert", [.post: "inputs"]),
        ("/crm/v3/objects/contacts/batch/archive", [.post: "inputs"]),
        ("/crm/v4/objects/contacts/1/associations/deals", [.get: ""]),
        ("/crm/v4/objects/contacts/1/associations/deals/2", [.put: "[]", .delete: ""]),
        ("/crm/v4/objects/contacts/1/associations/default/deals/2", [.put: ""]),
        ("/crm/v4/associations/contacts/deals/batch/read", [.post: "inputs"]),
        ("/crm/v4/associations/contacts/deals/batch/create", [.post: "inputs"]),
        ("/crm/v4/associations/contacts/deals/batch/archive", [.post: "inputs"]),
        ("/crm/v4/associations/contacts/deals/labels", [.get: "", .post: "{}", .put: "{}"]),
        ("/crm/v4/associations/contacts/deals/labels/9", [.delete: ""]),
        ("/crm/v4/associations/definitions/configurations/all", [.get: ""]),
        (
            "/crm/v4/associations/definitions/configurations/contacts/deals/batch/create",
            [.post: "inputs"]
        ),
        ("/crm/properties/2026-03/deals", [.get: "", .post: "{}"]),
        ("/crm/properties/2026-03/deals/nope", [.get: "", .patch: "{}", .delete: ""]),
        ("/crm/properties/2026-03/deals/batch/create", [.post: "inputs"]),
        ("/crm/properties/2026-03/deals/groups", [.get: "", .post: "{}"]),
        ("/crm/v3/pipelines/deals", [.get: "", .post: "{}"]),
        (
            "/crm/v3/pipelines/deals/default",
            [.get: "", .put: "{}", .patch: "{}", .delete: ""]
        ),
        ("/crm/v3/pipelines/deals/default/stages", [.get: "", .post: "{}"]),
        ("/crm/v3/owners", [.get: ""]), ("/crm/v3/owners/71", [.get: ""]),
        ("/crm/v3/lists", [.get: "", .post: "{}"]), ("/crm/v3/lists/search", [.post: "{}"]),
        ("/crm/v3/lists/1", [.get: "", .delete: ""]),
        ("/crm/v3/lists/1/memberships", [.get: "", .delete: ""]),
        ("/crm/v3/lists/folders", [.get: "", .post: "{}"]),
        ("/crm/v3/lists/folders/move-list", [.put: "{}"]),
        ("/crm/v3/lists/records/memberships/batch/read", [.post: "inputs"]),
        ("/crm/v3/schemas", [.get: "", .post: "{}"]),
        ("/crm-object-schemas/v3/schemas/car", [.get: "", .patch: "{}", .delete: ""]),
        ("/crm/property-validations/2026-09/0-1", [.get: ""]),
        ("/crm/property-validations/2026-09/0-1/city/rule-type/URL", [.put: "{}"]),
        ("/crm/limits/2026-09/records", [.get: ""]),
        ("/crm/object-library/2026-09/enablement", [.get: ""]),
        ("/account-info/v3/details", [.get: ""]), ("/settings/v3/users", [.get: "", .post: "{}"]),
        ("/settings/currencies/2026-09/codes", [.get: ""]),
        ("/meta/network-origins/2026-09/ip-ranges", [.get: ""]),
        ("/deals/v1/deal/paged", [.get: ""]),
    ]

    private static let verbs: [HTTPMethod] = [.get, .post, .put, .patch, .delete]

    private mutating func expectRefusal(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String?,
        type: String? = nil,
        _ status: Int? = nil
    ) {
        self.portal.now += 1_000
        let what = "\(method.rawValue) \(path) \(body?.prefix(40) ?? "-")"
        guard let reply = self.portal.raw(method, path, body, type: type) else {
            Issue.record("\(what): no reply")
            return
        }
        #expect((400...499).contains(reply.status), "\(what): \(reply.status)")
        if let status { #expect(reply.status == status, "\(what)") }
        let json = try? JSON(parsing: reply.body)
        #expect(json?["status"]?.string == "error", "\(what)")
        #expect(json?["message"]?.string?.isEmpty == false, "\(what)")
        let correlation = json?["correlationId"]?.string
        #expect(correlation?.utf8.count == 36, "\(what)")
        #expect(reply.header("Content-Type") == "application/json;charset=utf-8", "\(what)")
    }

    @Test mutating func `a verb that a path does not take is refused`() {
        var count = 0
        for (path, methods) in Self.endpoints {
            for verb in Self.verbs where methods[verb] == nil {
                self.expectRefusal(verb, path, verb == .get ? nil : "{}", 405)
                count += 1
            }
        }
        #expect(count > 120)
    }

    @Test mutating func `a body that is not JSON, or not of the right shape, is refused`() {
        let broken = [
            "", "{", "}", "nope", "[1", #"{"a":}"#, #"{"a" 1}"#, #"{"a":1,}"#, "{}{}", "\u{0}",
            #"{"a":"b"#, "{'a':1}", "01x", "null", "5", #""x""#, "true",
            String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000),
        ]
        let wrong = [
            "inputs": [
                "{}", "[]", #"{"inputs":5}"#, #"{"inputs":{}}"#, #"{"inputs":[5]}"#,
                #"{"inputs":[null]}"#, #"{"inputs":["x"]}"#, #"{"inputs":[[]]}"#,
            ],
            "{}": ["[]", "[{}]"], "[]": ["{}"],
        ]
        var count = 0
        for (path, methods) in Self.endpoints {
            for (verb, shape) in methods where !shape.isEmpty {
                for body in broken + (wrong[shape] ?? []) {
                    self.expectRefusal(verb, path, body, 400)
                    count += 1
                }
                self.expectRefusal(verb, path, "{}", type: "text/plain", 415)
                self.expectRefusal(verb, path, "a=b", type: "multipart/form-data", 415)
            }
        }
        #expect(count > 500)
    }

    @Test(arguments: [
        ("{", "line 1, column 2: Unexpected end-of-input"),
        ("", "line 1, column 1: No content to map due to end-of-input"),
        (
            "{\n  \"properties\": {\n    \"a\": b\n  }\n}",
            "line 3, column 10: Unrecognized token 'b'"
        ),
        (#"{"properties":[]}"#, "line 1, column 15: Cannot deserialize value of type "),
        (
            "{\"properties\":{\"city\":\n\n        [\"x\"]}}",
            "line 3, column 9: Cannot deserialize value of type `java.lang.String` from Array value "
                + "(token `JsonToken.START_ARRAY`)"
        ),
        (#"{"properties":{"city":{}}}"#, "Object value (token `JsonToken.START_OBJECT`)"),
    ])
    mutating func `what cannot be read is shown by line and column`(body: String, text: String) {
        let reply = self.portal.send(.post, "/crm/v3/objects/contacts", body)
        #expect(reply.status == 400)
        let message = reply.json?["message"]?.string ?? ""
        #expect(message.hasPrefix("Invalid input JSON on line "))
        #expect(message.contains(text), "\(message)")
        #expect(reply.json?["category"] == nil)
    }

    @Test mutating func `paths that nobody knows are not found`() {
        let unknown = [
            "/", "/crm", "/crm/v3", "/crm/v3/objects", "/crm/v3/nothing",
            "/crm/v9/objects/contacts",
            "/crm/v3/objects/contacts/batch/explode", "/crm/v3/objects/contacts/1/2/3/4/5/6",
            "/crm/v3/lists/1/memberships/add/more", "/crm/v3/owners/1/2",
            "/crm/v3/pipelines/deals/default/stages/1/2", "/crm/v3/properties/contacts/a/b/c",
            "/crm/limits/2026-09/nothing", "/account-info/v3", "/settings/v3/users/1/2",
            "/meta/network-origins/2026-09", "/crm/v4/associations/contacts", "/%00", "/%F0%9F",
        ]
        for path in unknown { self.expectRefusal(.get, path, nil, 404) }
    }

    /// Odd names and numbers in every place of a path; only a crash or a 500 would be wrong.
    @Test mutating func `no part of a path breaks anything`() {
        let odd = ["-1", "0", "99999999999999999999999", "%00", "%FF%FE", "..", "a%2Fb", "null"]
        var count = 0
        for (path, methods) in Self.endpoints {
            let parts = path.split(separator: "/").map(String.init)
            for place in parts.indices.dropFirst(2) {
                for part in odd {
                    var changed = parts
                    changed[place] = part
                    for (verb, shape) in methods {
                        self.portal.now += 1_000
                        let body = shape == "inputs" ? #"{"inputs":[{"id":"-1"}]}"# : shape
                        let url = "/" + changed.joined(separator: "/") + "?limit=-1&after=x&a&=&%"
                        let reply = self.portal.raw(verb, url, body.isEmpty ? nil : body)
                        #expect((reply?.status ?? 500) < 500, "\(verb.rawValue) \(url)")
                        count += 1
                    }
                }
            }
        }
        #expect(count > 1_000)
    }

    @Test mutating func `a URL that is too long is refused before anything else`() {
        let long = "/crm/v3/objects/contacts?properties=" + String(repeating: "a", count: 17_000)
        self.portal.token = "nonsense"
        self.expectRefusal(.get, long, nil, 414)
        #expect(self.portal.mock.usage.billedCalls() == 0)
    }

    @Test func `a retired version is refused whatever is asked, tokens too, and others serve`() {
        var portal = Portal()
        portal.mock.faults.retiredVersions = ["2026-09"]
        #expect(portal.send(.get, "/crm/objects/2026-09/contacts").status == 410)
        #expect(portal.send(.get, "/account-info/2026-09/details").status == 410)
        #expect(portal.form("/oauth/2026-09/token", [:]).status == 410)
        #expect(portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        #expect(portal.mock.faultsFired[.retiredVersion] == 2, "tokens take no faults")
        portal.mock.faults.retiredStatus = 404
        let refused = portal.send(.get, "/crm/objects/2026-09/contacts")
        #expect(refused.status == 404)
        #expect(refused.json?["status"]?.string == "error")
    }
}
