import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Exports of views and lists as CSV files.
struct ExportTests {
    private var portal = Portal()
    private let path = "/crm/v3/exports/export/"

    private mutating func start(_ more: String, type: String = "VIEW") -> (Int, JSON?) {
        let body = #"""
            {"exportType":"\#(type)","exportName":"All","format":"CSV","language":"EN",
            "objectType":"CONTACT","objectProperties":["email","lifecyclestage","hubspot_owner_id"]
            \#(more)}
            """#
        let reply = self.portal.send(.post, self.path + "async", body)
        return (reply.status, reply.json)
    }

    private mutating func status(_ id: String) -> JSON? {
        self.portal.send(.get, self.path + "async/tasks/\(id)/status").json
    }

    /// The lines of a finished export.
    private mutating func lines(_ more: String, type: String = "VIEW") -> [String] {
        let id = self.start(more, type: type).1?["id"]?.string ?? ""
        self.portal.now += 10_000
        let file = self.portal.ask(.get, self.status(id)?["result"]?.string ?? "")
        #expect(file?.header("Content-Type") == "text/csv;charset=utf-8")
        let text = String(decoding: file?.body ?? [], as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    private mutating func people() -> [String] {
        let all = [("ada", "lead", "71"), ("bob", "customer", ""), ("cyd", "lead", "")]
        return all.map { name, stage, owner in
            let fields = #""email":"\#(name)@example.com","lifecyclestage":"\#(stage)""#
            return self.portal.make("contacts", fields + #","hubspot_owner_id":"\#(owner)""#)
        }
    }

    @Test mutating func `an export is pending, processing, complete, and its address ends`() {
        let ids = self.people()
        let made = self.start("")
        #expect(made.0 == 202)
        let id = made.1?["id"]?.string ?? ""
        let link = made.1?["links"]?["status"]?.string
        #expect(link?.hasSuffix("/export/async/tasks/\(id)/status") == true)
        #expect(self.status(id)?["status"]?.string == "PENDING")
        #expect(self.portal.send(.get, self.path + id).json?["exportState"]?.string == "ENQUEUED")
        #expect(self.start("").0 == 429)
        self.portal.now += 1_500
        #expect(self.status(id)?["status"]?.string == "PROCESSING")
        #expect(self.status(id)?["result"] == nil)
        self.portal.now += 1_000
        let done = self.status(id)
        #expect(done?["status"]?.string == "COMPLETE")
        let details = self.portal.send(.get, self.path + id).json
        #expect(details?["exportState"]?.string == "DONE")
        #expect(details?["recordCount"]?.integer == 3)
        #expect(details?["objectProperties"]?[0]?.string == "email")
        let url = done?["result"]?.string ?? ""
        let text = String(decoding: self.portal.ask(.get, url)?.body ?? [], as: UTF8.self)
        #expect(
            text == """
                Record ID,Email,Lifecycle Stage,Contact owner
                \(ids[0]),ada@example.com,Lead,Ada Admin
                \(ids[1]),bob@example.com,Customer,
                \(ids[2]),cyd@example.com,Lead,

                """
        )
        self.portal.now += 300_000
        #expect(self.portal.ask(.get, url)?.status == 403)
        // The status gives a new one.
        let again = self.status(id)?["result"]?.string ?? ""
        #expect(self.portal.ask(.get, again)?.status == 200)
    }

    @Test mutating func `a view shows what fits, in its order, with associations by id`() {
        let ids = self.people()
        let company = self.portal.make("companies", #""name":"Acme""#)
        let tie = "/crm/v4/objects/contacts/\(ids[2])/associations/default/companies/\(company)"
        _ = self.portal.send(.put, tie)
        let more = #"""
            ,"associatedObjectType":["COMPANY"],"exportInternalValuesOptions":["NAMES","VALUES"],
            "publicCrmSearchRequest":{"filters":[{"propertyName":"lifecyclestage","operator":"EQ",
            "value":"lead"}],"sorts":[{"propertyName":"email","order":"DESC"}],"query":""}
            """#
        #expect(
            self.lines(more) == [
                "Record ID,email,lifecyclestage,hubspot_owner_id,Associated Company IDs",
                "\(ids[2]),cyd@example.com,lead,,\(company)", "\(ids[0]),ada@example.com,lead,71,",
            ]
        )
        let query = #","publicCrmSearchRequest":{"query":"BOB@","filters":[],"sorts":["email"]}"#
        #expect(self.lines(query).count == 2)
    }

    @Test mutating func `a list shows its members only`() {
        let ids = self.people()
        let list =
            self.portal.send(
                .post,
                "/crm/v3/lists/",
                #"{"name":"Fair","objectTypeId":"0-1","processingType":"MANUAL"}"#
            ).json?["list"]?["listId"]?.string ?? ""
        _ = self.portal.send(.put, "/crm/v3/lists/\(list)/memberships/add", "[\(ids[1])]")
        let lines = self.lines(#","listId":"\#(list)""#, type: "LIST")
        #expect(lines.count == 2 && lines[1].hasPrefix(ids[1]))
    }

    @Test(arguments: [
        ("", 202), (#","exportType":"TREE""#, 400), (#","format":"PDF""#, 400),
        (#","format":"XLSX""#, 400), (#","objectType":"WHALE""#, 400),
        (#","objectType":"0-3""#, 202),
        (#","objectProperties":["ghost"]"#, 400), (#","exportName":null"#, 400),
        (#","exportType":"LIST","listId":"9""#, 400), (#","associatedObjectType":["WHALE"]"#, 400),
        (#","associatedObjectType":"COMPANY""#, 202), ("{", 400),
    ])
    mutating func `a request is checked`(change: String, status: Int) {
        // The first member of a name counts.
        let body = #"""
            {\#(change.dropFirst())\#(change.isEmpty ? "" : ",")"exportType":"VIEW","exportName":"x",
            "format":"CSV","language":"EN","objectType":"CONTACT","objectProperties":[]}
            """#
        #expect(self.portal.send(.post, self.path + "async", body).status == status)
        #expect(self.portal.send(.get, self.path + "7").status == 404)
    }

    @Test mutating func `thirty exports in a day are enough`() {
        for _ in 0..<30 {
            #expect(self.start("").0 == 202)
            self.portal.now += 5_000
        }
        #expect(self.start("").0 == 429)
        self.portal.now += 86_400_000
        #expect(self.start("").0 == 202)
    }
}
