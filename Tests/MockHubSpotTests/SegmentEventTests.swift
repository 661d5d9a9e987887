import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Lists of those who sent a form or did something.
struct SegmentEventTests {
    private var portal = Portal()
    private var people: [String] = []
    private var lists = 0

    init() {
        self.people = ["a", "b", "c"].map {
            self.portal.make("contacts", #""email":"\#($0)@example.com""#)
        }
    }

    private mutating func members(_ condition: String, isBranch: Bool = false) -> [Int] {
        self.lists += 1
        let (filters, branches) = isBranch ? ("", condition) : (condition, "")
        let body = #"""
            {"name":"L\#(self.lists)","objectTypeId":"0-1","processingType":"DYNAMIC",
            "filterBranch":{"filterBranchType":"OR","filters":[],"filterBranches":[
            {"filterBranchType":"AND","filters":[\#(filters)],"filterBranches":[\#(branches)]}]}}
            """#
        let list = self.portal.send(.post, "/crm/v3/lists/", body).json?["list"]?["listId"]?.string
        let path = "/crm/v3/lists/\(list ?? "")/memberships"
        let ids = self.portal.send(.get, path).json?["results"]?.elements ?? []
        return ids.compactMap { $0["recordId"]?.string.flatMap { self.people.firstIndex(of: $0) } }
    }

    private func form(_ word: String, _ more: String) -> String {
        #"{"filterType":"FORM_SUBMISSION","operator":"\#(word)"\#(more)}"#
    }

    @Test mutating func `a form that was sent`() {
        let forms = ["F", "G"].map {
            self.portal.mock.recordForm($0, fields: [("email", true)], at: self.portal.now)
        }
        func send(_ form: Int, _ person: String) {
            self.portal.mock.recordSubmission(
                of: forms[form],
                [("email", "\(person)@example.com")],
                at: self.portal.now
            )
        }
        send(0, "a")
        self.portal.now += 3 * 86_400_000
        send(1, "b")
        send(1, "b")
        let first = #","formId":"\#(forms[0])""#
        #expect(self.members(self.form("FILLED_OUT", first)) == [0])
        #expect(self.members(self.form("NOT_FILLED_OUT", first)) == [1, 2])
        #expect(self.members(self.form("FILLED_OUT", "")) == [0, 1])
        let twice = #","coalescingRefineBy":{"type":"NUM_OCCURRENCES","minOccurrences":2}"#
        #expect(self.members(self.form("FILLED_OUT", twice)) == [1])
        let recent = #"""
            ,"pruningRefineBy":{"type":"RELATIVE_COMPARATIVE","comparison":"AFTER",
            "timeOffset":{"amount":1,"timeUnit":"DAYS","offsetDirection":"PAST"}}
            """#
        #expect(self.members(self.form("FILLED_OUT", recent)) == [1])
        let early = #"""
            ,"pruningRefineBy":{"type":"ABSOLUTE_RANGED","rangeType":"BETWEEN",
            "lowerTimestamp":0,"upperTimestamp":\#(self.portal.now - 1)}
            """#
        #expect(self.members(self.form("FILLED_OUT", early)) == [0])
    }

    @Test mutating func `an event that was completed`() {
        _ = self.portal.send(
            .post,
            "/events/v3/event-definitions",
            #"{"label":"Ordered","name":"ordered"}"#
        )
        let type = self.portal.send(.get, "/events/v3/event-definitions/ordered").json?[
            "objectTypeId"
        ]?.string
        for (person, sum) in [(0, "5"), (0, "50"), (1, "7")] {
            self.portal.mock.recordEvent(
                "pe9900001_ordered",
                of: self.people[person],
                [("sum", sum)],
                at: self.portal.now
            )
        }
        func branch(_ word: String, _ filters: String = "", _ more: String = "") -> String {
            #"""
            {"filterBranchType":"UNIFIED_EVENTS","filterBranchOperator":"AND","operator":"\#(word)",
            "eventTypeId":"\#(type ?? "")","filters":[\#(filters)],"filterBranches":[]\#(more)}
            """#
        }
        #expect(self.members(branch("HAS_COMPLETED"), isBranch: true) == [0, 1])
        #expect(self.members(branch("HAS_NOT_COMPLETED"), isBranch: true) == [2])
        let much = #"""
            {"filterType":"PROPERTY","property":"sum",
            "operation":{"operator":"IS_GREATER_THAN","value":10}}
            """#
        #expect(self.members(branch("HAS_COMPLETED", much), isBranch: true) == [0])
        let once =
            #","coalescingRefineBy":{"type":"NUM_OCCURRENCES","minOccurrences":1,"maxOccurrences":1}"#
        #expect(self.members(branch("HAS_COMPLETED", "", once), isBranch: true) == [1])
        let line = #"{"property":"sum","operation":{"operator":"IS_EQUAL_TO","values":["7"]}}"#
        let flat = #"""
            {"filterType":"UNIFIED_EVENTS","eventTypeId":"pe9900001_ordered","filterLines":[\#(line)]}
            """#
        #expect(self.members(flat) == [1])
        // Conditions that nothing is known about match nobody.
        #expect(self.members(#"{"filterType":"PAGE_VIEW","operator":"HAS_PAGEVIEW"}"#) == [])
    }

    @Test mutating func `what was done before a merge counts for the survivor`() throws {
        self.portal.mock.recordEvent("e_visited_page", of: self.people[1], at: self.portal.now)
        let survivor = try self.portal.mock.merge(
            self.people[0],
            with: self.people[1],
            object: "contacts",
            at: self.portal.now
        )
        self.people.append(survivor)
        let visited = #"{"filterType":"UNIFIED_EVENTS","eventTypeId":"e_visited_page"}"#
        #expect(self.members(visited) == [3])
    }
}
