import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Folders of lists, and filters beyond a record's own properties.
struct SegmentTests {
    private var portal = Portal()

    private mutating func folder(_ name: String, in parent: String = "0") -> String {
        let body = #"{"name":"\#(name)","parentFolderId":"\#(parent)"}"#
        let reply = self.portal.send(.post, "/crm/v3/lists/folders", body)
        return reply.json?["folder"]?["id"]?.string ?? "\(reply.status)"
    }

    private mutating func list(
        _ name: String,
        _ more: String = "",
        type: String = "0-1",
        _ kind: String = "MANUAL"
    ) -> String {
        let body =
            #"{"name":"\#(name)","objectTypeId":"\#(type)","processingType":"\#(kind)"\#(more)}"#
        return self.portal.send(.post, "/crm/v3/lists/", body).json?["list"]?["listId"]?.string
            ?? ""
    }

    private mutating func members(_ list: String) -> [String] {
        self.portal.send(.get, "/crm/v3/lists/\(list)/memberships").json?["results"]?.elements
            .compactMap { $0["recordId"]?.string } ?? []
    }

    @Test mutating func `folders lie in each other and hold lists`() {
        let base = "/crm/v3/lists/folders"
        let outer = self.folder("Outer")
        let inner = self.folder("Inner", in: outer)
        let list = self.list("Fair", #","listFolderId":\#(outer)"#)
        let shown = self.portal.send(.get, base + "?folderId=\(outer)").json?["folder"]
        #expect(shown?["name"]?.string == "Outer")
        #expect(shown?["parentFolderId"]?.string == "0")
        #expect(shown?["childNodes"]?[0]?["id"]?.string == inner)
        #expect(shown?["childLists"]?[0]?.integer == Int64(list))
        let move = #"{"listId":"\#(list)","newFolderId":"\#(inner)"}"#
        #expect(self.portal.send(.put, base + "/move-list", move).status == 204)
        let renamed = self.portal.send(.put, base + "/\(inner)/rename?newFolderName=New%20name")
        #expect(renamed.json?["folder"]?["name"]?.string == "New name")
        #expect(renamed.json?["folder"]?["childLists"]?[0]?.integer == Int64(list))
        // A folder cannot go into itself, nor away while something lies in it.
        #expect(self.portal.send(.put, base + "/\(outer)/move/\(inner)").status == 400)
        #expect(self.portal.send(.delete, base + "/\(inner)").status == 400)
        let out = self.portal.send(.put, base + "/\(inner)/move/0")
        #expect(out.json?["folder"]?["parentFolderId"]?.string == "0")
        #expect(self.portal.send(.delete, base + "/\(outer)").status == 204)
        #expect(self.portal.send(.get, base + "?folderId=\(outer)").status == 404)
        let root = self.portal.send(.get, base).json?["folder"]
        #expect(root?["id"]?.string == "0")
        #expect(root?["childNodes"]?.elements.compactMap { $0["id"]?.string } == [inner])
    }

    @Test mutating func `folders are five deep at most`() {
        var parent = "0"
        for depth in 0..<5 { parent = self.folder("F\(depth)", in: parent) }
        #expect(self.folder("F5", in: parent) == "400")
        let other = self.folder("Other")
        let path = "/crm/v3/lists/folders/\(other)/move/\(parent)"
        #expect(self.portal.send(.put, path).status == 400)
        #expect(self.folder("Lost", in: "99") == "404")
    }

    private func tree(_ condition: String, branches: String = "") -> String {
        #"""
        ,"filterBranch":{"filterBranchType":"OR","filters":[],"filterBranches":[{"filterBranchType":"AND",
        "filters":[\#(condition)],"filterBranches":[\#(branches)]}]}
        """#
    }

    @Test mutating func `a list follows another one`() {
        let people = ["a", "b"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let source = self.list("Source")
        let inside = self.tree(
            #"{"filterType":"IN_LIST","listId":"\#(source)","operator":"IN_LIST"}"#
        )
        let outside = inside.replacing(#""operator":"IN_LIST""#, with: #""operator":"NOT_IN_LIST""#)
        let (within, without) = (
            self.list("In", inside, "DYNAMIC"), self.list("Out", outside, "DYNAMIC")
        )
        #expect(self.members(within).isEmpty)
        let path = "/crm/v3/lists/\(source)/memberships/add"
        _ = self.portal.send(.put, path, #"["\#(people[0])"]"#)
        #expect(self.members(within) == [people[0]])
        #expect(self.members(without) == [people[1]])
        _ = self.portal.send(.delete, "/crm/v3/lists/\(source)")
        #expect(self.members(within).isEmpty)
        #expect(self.members(without) == people)
    }

    @Test mutating func `a list asks what a record is tied to`() {
        let people = ["a", "b", "c"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let rich = self.portal.make("companies", #""name":"Acme","city":"Oslo""#)
        let poor = self.portal.make("companies", #""name":"Bolt","city":"Bern""#)
        for (person, company) in [(people[0], rich), (people[1], poor), (people[1], rich)] {
            let tie = "/crm/v4/objects/contacts/\(person)/associations/default/companies/\(company)"
            #expect(self.portal.send(.put, tie).status == 200)
        }
        let city = #"""
            {"filterType":"PROPERTY","property":"city",
            "operation":{"operator":"IS_EQUAL_TO","values":["Bern"]}}
            """#
        let branch = #"""
            {"filterBranchType":"ASSOCIATION","filterBranchOperator":"AND","objectTypeId":"0-2",
            "operator":"IN_LIST","associationTypeId":279,"associationCategory":"HUBSPOT_DEFINED",
            "filters":[\#(city)],"filterBranches":[]}
            """#
        let tied = self.list("Bern", self.tree("", branches: branch), "DYNAMIC")
        #expect(self.members(tied) == [people[1]])
        // The kind of tie may be named from the other side.
        let inverse = branch.replacing("279", with: "280")
        let same = self.list("Bern too", self.tree("", branches: inverse), "DYNAMIC")
        #expect(self.members(same) == [people[1]])
        let not = branch.replacing(#""operator":"IN_LIST""#, with: #""operator":"NOT_IN_LIST""#)
        let others = self.list("Not Bern", self.tree("", branches: not), "DYNAMIC")
        #expect(self.members(others) == [people[0], people[2]])
        let two = #"""
            {"filterType":"NUM_ASSOCIATIONS","associationTypeId":279,"associationCategory":"HUBSPOT_DEFINED",
            "coalescingRefineBy":{"type":"NUM_OCCURRENCES","minOccurrences":2}}
            """#
        let many = self.list("Two", self.tree(two), "DYNAMIC")
        #expect(self.members(many) == [people[1]])
        let companies = self.list("Companies", type: "0-2")
        let path = "/crm/v3/lists/\(companies)/memberships/add"
        #expect(self.portal.send(.put, path, #"["\#(poor)"]"#).status == 200)
        let inList = #"""
            {"filterType":"ASSOCIATION","listId":"\#(companies)","operator":"IN_LIST",
            "toObjectTypeId":"0-2","associationTypeId":279,"associationCategory":"HUBSPOT_DEFINED"}
            """#
        let last = self.list("Tied to listed", self.tree(inList), "DYNAMIC")
        #expect(self.members(last) == [people[1]])
        // An archived company ties nobody.
        _ = self.portal.send(.delete, "/crm/v3/objects/companies/\(poor)")
        #expect(self.members(tied).isEmpty)
    }

    @Test mutating func `the filters of a list that follows them are changed`() {
        let people = ["a", "b"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        func filter(_ name: String) -> String {
            self.tree(
                #"""
                {"filterType":"PROPERTY","property":"lastname",
                "operation":{"operator":"IS_EQUAL_TO","values":["\#(name)"]}}
                """#
            )
        }
        let list = self.list("L", filter("a"), "DYNAMIC")
        #expect(self.members(list) == [people[0]])
        let body = "{" + filter("b").dropFirst() + "}"
        let path = "/crm/v3/lists/\(list)/update-list-filters"
        let changed = self.portal.send(.put, path, body).json?["list"]
        #expect(changed?["listVersion"]?.integer == 2)
        #expect(changed?["filterBranch"]?["filterBranchType"]?.string == "OR")
        #expect(self.members(list) == [people[1]])
        let manual = self.list("M")
        let refused = self.portal.send(.put, "/crm/v3/lists/\(manual)/update-list-filters", body)
        #expect(refused.status == 400)
    }

    @Test mutating func `conditions on events fit nobody`() {
        _ = self.portal.make("contacts", #""lastname":"a""#)
        let events = #"{"filterBranchType":"UNIFIED_EVENTS","filters":[],"filterBranches":[]}"#
        #expect(self.members(self.list("E", self.tree("", branches: events), "DYNAMIC")).isEmpty)
        let page = self.tree(#"{"filterType":"PAGE_VIEW","operator":"HAS_PAGEVIEW_EQ"}"#)
        #expect(self.members(self.list("P", page, "DYNAMIC")).isEmpty)
    }
}
