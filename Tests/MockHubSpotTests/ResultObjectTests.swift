import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Goals, answers to surveys, and what connectors read beside records.
struct ResultObjectTests {
    private var portal = Portal()

    @Test mutating func `goals are records of their own`() {
        let goal = self.portal.make(
            "goal_targets",
            #""hs_goal_name":"Revenue","hs_target_amount":"2000","hs_end_datetime":"2026-12-31T00:00:00Z""#
        )
        let plain = self.portal.send(.get, "/crm/v3/objects/goal_targets/\(goal)").json
        #expect(
            plain?["properties"]?.members.map(\.name).sorted()
                == ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"]
        )
        let path = "/crm/v3/objects/0-74/\(goal)?properties=hs_goal_name,hs_target_amount"
        let shown = self.portal.send(.get, path).json?["properties"]
        #expect(shown?["hs_goal_name"]?.string == "Revenue")
        self.portal.now += 60_000
        let search = #"""
            {"filterGroups":[{"filters":[{"propertyName":"hs_lastmodifieddate","operator":"GTE",
            "value":"0"}]}],"properties":["hs_goal_name"]}
            """#
        let found = self.portal.send(.post, "/crm/v3/objects/goal_targets/search", search).json
        #expect(found?["results"]?[0]?["id"]?.string == goal)
        #expect(self.portal.send(.get, "/crm/v3/properties/goal_targets").status == 200)
    }

    @Test mutating func `answers to surveys are read and not written`() throws {
        let id = try self.portal.mock.create(
            object: "feedback_submissions",
            fields: [("hs_survey_type", "NPS"), ("hs_value", "9")],
            at: self.portal.now
        )
        let base = "/crm/v3/objects/feedback_submissions"
        let shown = self.portal.send(.get, base + "?properties=hs_value").json?["results"]?[0]
        #expect(shown?["id"]?.string == id)
        #expect(shown?["properties"]?["hs_value"]?.string == "9")
        #expect(self.portal.send(.get, base + "/\(id)").status == 200)
        let read = self.portal.send(.post, base + "/batch/read", #"{"inputs":[{"id":"\#(id)"}]}"#)
        #expect(read.json?["results"]?.count == 1)
        let body = #"{"properties":{"hs_value":"1"}}"#
        #expect(self.portal.send(.post, base, body).status == 405)
        #expect(self.portal.send(.patch, base + "/\(id)", body).status == 405)
        #expect(self.portal.send(.delete, base + "/\(id)").status == 405)
        #expect(self.portal.send(.post, base + "/batch/create", #"{"inputs":[]}"#).status == 404)
        #expect(self.portal.send(.post, base + "/search", "{}").status == 200)
    }

    @Test mutating func `pipelines are told as the first version did`() {
        let deals = self.portal.send(.get, "/crm-pipelines/v1/pipelines/deals").json?["results"]
        #expect(deals?[0]?["pipelineId"]?.string == "default")
        #expect(deals?[0]?["default"]?.boolean == true)
        #expect(deals?[0]?["objectTypeId"]?.string == "0-3")
        #expect((deals?[0]?["createdAt"]?.integer ?? 0) > 1_500_000_000_000)
        let won = deals?[0]?["stages"]?.elements.first { $0["stageId"]?.string == "closedwon" }
        #expect(won?["metadata"]?["probability"]?.string == "1.0")
        let tickets = self.portal.send(.get, "/crm-pipelines/v1/pipelines/tickets").json?["results"]
        #expect(tickets?[0]?["objectType"]?.string == "TICKET")
        #expect(tickets?[0]?["stages"]?.count == 4)
        #expect(self.portal.send(.get, "/crm-pipelines/v1/pipelines/whales").status == 404)
        #expect(self.portal.send(.post, "/crm-pipelines/v1/pipelines/deals", "{}").status == 405)
    }

    @Test mutating func `activities are paged, or told by their last change`() {
        let ids = (0..<3).map { number in
            self.portal.now += 1_000
            let time = #""hs_timestamp":"2026-11-2\#(number)T10:00:00Z""#
            return self.portal.make(number == 1 ? "calls" : "notes", time)
        }
        func found(_ path: String) -> (ids: [String], json: JSON?) {
            let json = self.portal.send(.get, "/engagements/v1/engagements/" + path).json
            let results = json?["results"]?.elements ?? []
            return (results.compactMap { $0["engagement"]?["id"]?.numberText }, json)
        }
        let first = found("paged?limit=2")
        #expect(first.json?["hasMore"]?.boolean == true)
        let rest = found("paged?limit=2&offset=\(first.json?["offset"]?.numberText ?? "")")
        #expect(rest.json?["hasMore"]?.boolean == false)
        #expect((first.ids + rest.ids).sorted() == ids.sorted())
        #expect(found("recent/modified?count=2").ids == [ids[2], ids[1]])
        #expect(found("recent/modified?count=2&offset=2").ids == [ids[0]])
        #expect(found("recent/modified?since=\(self.portal.now - 1)").ids == [ids[2]])
    }

    @Test mutating func `marketing e-mails of the first version are the campaigns`() {
        let id = self.portal.mock.recordCampaign("Fair", subject: "Hi", at: self.portal.now)
        self.portal.mock.recordEmail(
            .sent,
            to: "a@example.com",
            campaign: id,
            at: self.portal.now
        )
        let path = "/marketing-emails/v1/emails/with-statistics?limit=250"
        let all = self.portal.send(.get, path).json
        #expect(all?["totalCount"]?.integer == 1)
        #expect(all?["objects"]?[0]?["id"]?.integer == id)
        #expect(all?["objects"]?[0]?["stats"]?["counters"]?["sent"]?.integer == 1)
        let none = self.portal.send(.get, "/automation/v3/workflows").json
        #expect(none?["workflows"]?.count == 0)
    }

    @Test mutating func `forms have properties, accounts have subscription types`() {
        let forms = self.portal.send(.get, "/properties/v2/form/properties").json
        #expect(forms?.elements.contains { $0["name"]?.string == "hs_form_type" } == true)
        #expect(self.portal.send(.get, "/properties/v2/whale/properties").status == 404)
        let types = self.portal.send(.get, "/email/public/v1/subscriptions").json
        let first = types?["subscriptionDefinitions"]?[0]
        #expect(first?["name"]?.string == "Marketing Information")
        #expect(first?["active"]?.boolean == true)
    }

    @Test mutating func `lists are found a thousand at a time`() {
        for number in 0..<3 {
            let body = #"{"name":"L\#(number)","objectTypeId":"0-1","processingType":"MANUAL"}"#
            #expect(self.portal.send(.post, "/crm/v3/lists/", body).status == 200)
        }
        let found = self.portal.send(.post, "/crm/v3/lists/search", #"{"count":1000}"#)
        #expect(found.json?["lists"]?.count == 3)
        #expect(found.json?["hasMore"]?.boolean == false)
        #expect(self.portal.send(.post, "/crm/v3/lists/search", #"{"count":1001}"#).status == 400)
    }
}
