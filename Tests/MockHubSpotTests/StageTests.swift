import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Stages of deals and tickets, and what HubSpot asks of pipelines.
struct StageTests {
    private var portal = Portal()
    private let deals = "/crm/pipelines/2026-09/deals"

    private mutating func made(_ object: String, _ fields: String) -> (status: Int, json: JSON?) {
        self.portal.send(.post, "/crm/v3/objects/\(object)", #"{"properties":{\#(fields)}}"#)
    }

    private mutating func values(_ object: String, _ id: String, _ names: String) -> [String?] {
        let path = "/crm/v3/objects/\(object)/\(id)?properties=\(names)"
        let properties = self.portal.send(.get, path).json?["properties"]
        return names.split(separator: ",").map { properties?[String($0)]?.string }
    }

    private static func stages(_ ids: [String]) -> String {
        ids.enumerated().map { place, id in
            #"{"stageId":"\#(id)","label":"\#(id)","displayOrder":\#(place),"#
                + #""metadata":{"probability":"0.\#(place + 1)"}}"#
        }.joined(separator: ",")
    }

    private mutating func renewals(_ ids: [String] = ["r1", "r2"]) -> Int {
        let body =
            #"{"pipelineId":"renewals","label":"Renewals","displayOrder":1,"#
            + #""stages":[\#(Self.stages(ids))]}"#
        return self.portal.send(.post, self.deals, body).status
    }

    @Test mutating func `a stage that its pipeline has not is refused with those that it has`() {
        let reply = self.made(
            "deals",
            #""dealname":"D","pipeline":"default","dealstage":"registered""#
        )
        #expect(reply.status == 400)
        let problem = reply.json?["errors"]?[0]
        #expect(problem?["code"]?.string == "INVALID_OPTION")
        #expect(problem?["context"]?["propertyName"]?[0]?.string == "dealstage")
        #expect(
            problem?["message"]?.string
                == "registered is not a valid pipeline stage ID. Valid options are: "
                + "pipelineId=default : [appointmentscheduled, qualifiedtobuy, "
                + "presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost]"
        )
        let pipeline = self.made(
            "deals",
            #""dealname":"D","pipeline":"moon","dealstage":"closedwon""#
        )
        #expect(pipeline.json?["errors"]?[0]?["code"]?.string == "INVALID_OPTION")
        #expect(pipeline.json?["errors"]?[0]?["context"]?["propertyName"]?[0]?.string == "pipeline")
        let ticket = self.made("tickets", #""subject":"T","hs_pipeline_stage":"9""#)
        #expect(ticket.status == 400)
        let both = self.made("deals", #""dealname":"D","dealstage":"nope","amount":"much""#)
        #expect(both.json?["errors"]?.count == 2, "all problems come together")
    }

    @Test mutating func `a stage alone brings the usual pipeline, none brings none`() {
        let staged = self.made("deals", #""dealname":"D","dealstage":"qualifiedtobuy""#)
        let id = staged.json?["id"]?.string ?? ""
        #expect(self.values("deals", id, "pipeline,dealstage") == ["default", "qualifiedtobuy"])
        self.portal.mock.settings.requiresStages = false
        let bare = self.made("deals", #""dealname":"D""#).json?["id"]?.string ?? ""
        #expect(self.values("deals", bare, "pipeline,dealstage") == [nil, nil])
        let ticket = self.made("tickets", #""subject":"T","hs_pipeline_stage":"2""#)
        let ticketID = ticket.json?["id"]?.string ?? ""
        #expect(self.values("tickets", ticketID, "hs_pipeline") == ["0"])
    }

    @Test mutating func `a record moves to another pipeline with one of its stages`() {
        #expect(self.renewals() == 201)
        let id =
            self.made("deals", #""dealname":"D","dealstage":"qualifiedtobuy""#)
            .json?["id"]?.string ?? ""
        func move(_ fields: String) -> Int {
            let body = #"{"properties":{\#(fields)}}"#
            return self.portal.send(.patch, "/crm/v3/objects/deals/\(id)", body).status
        }
        #expect(move(#""pipeline":"renewals""#) == 400)
        #expect(move(#""dealstage":"r1""#) == 400)
        #expect(move(#""pipeline":"renewals","dealstage":"r1""#) == 200)
        #expect(move(#""dealstage":"r2""#) == 200)
        #expect(self.values("deals", id, "pipeline,dealstage") == ["renewals", "r2"])
        let batch =
            #"{"inputs":[{"id":"\#(id)","objectWriteTraceId":"1","properties":{"dealstage":"x"}}]}"#
        let reply = self.portal.send(.post, "/crm/v3/objects/deals/batch/update", batch)
        #expect(reply.status == 207)
        #expect(reply.json?["errors"]?[0]?["errors"]?[0]?["code"]?.string == "INVALID_OPTION")
    }

    @Test mutating func `a record gets its time of closing unless the write names one`() {
        let open =
            self.made("deals", #""dealname":"D","dealstage":"qualifiedtobuy""#)
            .json?["id"]?.string ?? ""
        #expect(self.values("deals", open, "closedate") == [nil])
        self.portal.now += 5_000
        let won = #"{"properties":{"dealstage":"closedwon"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/deals/\(open)", won).status == 200)
        let closed = self.values("deals", open, "closedate,hs_lastmodifieddate")
        #expect(closed[0] != nil && closed[0] == closed[1])
        self.portal.now += 5_000
        #expect(self.portal.send(.patch, "/crm/v3/objects/deals/\(open)", won).status == 200)
        #expect(self.values("deals", open, "closedate")[0] == closed[0], "it was closed before")
        let named =
            self.made(
                "deals",
                #""dealname":"D","dealstage":"closedlost","closedate":"2026-01-02T03:04:05Z""#
            ).json?["id"]?.string ?? ""
        #expect(self.values("deals", named, "closedate") == ["2026-01-02T03:04:05Z"])
        let ticket =
            self.made("tickets", #""subject":"T","hs_pipeline_stage":"4""#)
            .json?["id"]?.string ?? ""
        #expect(self.values("tickets", ticket, "closed_date,createdate").first != nil)
        let times = self.values("tickets", ticket, "closed_date,createdate")
        #expect(times[0] == times[1])
    }

    @Test(arguments: [("2026-09", "", 400), ("v3", "", 204), ("2026-03", "=true", 400)])
    mutating func `a stage in use stays, as each version sees it`(
        version: String,
        flag: String,
        status: Int
    ) {
        #expect(self.renewals(["r1", "r2", "r3"]) == 201)
        let id =
            self.made("deals", #""dealname":"D","pipeline":"renewals","dealstage":"r1""#)
            .json?["id"]?.string ?? ""
        let base = version == "v3" ? "/crm/v3/pipelines/deals" : "/crm/pipelines/\(version)/deals"
        let query = flag.isEmpty ? "" : "?validateReferencesBeforeDelete" + flag
        let reply = self.portal.send(.delete, base + "/renewals/stages/r1" + query)
        #expect(reply.status == status)
        guard status == 400 else { return }
        #expect(reply.json?["subCategory"]?.string == "PipelineError.STAGE_ID_IN_USE")
        #expect(
            reply.json?["message"]?.string
                == "Stage IDs: [r1] are being referenced by object IDs: [\(id)]"
        )
        #expect(reply.json?["context"]?["objectIds"]?[0]?.string == "[\(id)]")
        #expect(self.portal.send(.delete, base + "/renewals" + query).status == 400)
        let without = #"{"label":"R","displayOrder":1,"stages":[\#(Self.stages(["r2"]))]}"#
        #expect(self.portal.send(.put, base + "/renewals" + query, without).status == 400)
        #expect(self.portal.send(.delete, base + "/renewals/stages/r2" + query).status == 204)
        // A record in the recycle bin does not count.
        _ = self.portal.send(.delete, "/crm/v3/objects/deals/\(id)")
        #expect(self.portal.send(.delete, base + "/renewals" + query).status == 204)
        #expect(self.portal.send(.get, base + "/renewals").status == 404)
    }

    @Test mutating func `the flag lets a pipeline in use go where the portal is set so`() {
        #expect(self.renewals() == 201)
        _ = self.made("deals", #""dealname":"D","pipeline":"renewals","dealstage":"r1""#)
        let path = self.deals + "/renewals?validateDealStageUsagesBeforeDelete=false"
        #expect(self.portal.send(.delete, path).status == 400)
        self.portal.mock.settings.pipelineFlagsBypass = true
        #expect(self.portal.send(.delete, path).status == 204)
    }

    @Test(arguments: [
        (#"{"label":"A","displayOrder":1,"stages":[]}"#, "Pipeline must have at least one stage"),
        (
            #"{"label":"A","stages":[{"label":"S","displayOrder":0,"metadata":{}}]}"#,
            "You must specify probability when writing a dealstage"
        ),
        (
            #"{"label":"A","stages":[{"label":"S","displayOrder":0,"metadata":{"probability":"2"}}]}"#,
            "probability must be between 0.0 and 1.0"
        ),
        (
            #"{"label":"sales pipeline ","stages":[{"label":"S","metadata":{"probability":"1"}}]}"#,
            "An active pipeline with label sales pipeline  already exists"
        ),
        (
            #"{"label":"A","stages":[{"label":"S","metadata":{"probability":"1"}},"#
                + #"{"label":" s","displayOrder":1,"metadata":{"probability":"0"}}]}"#,
            "Stage labels must be unique in a pipeline"
        ),
        (
            #"{"label":"A","pipelineId":"default","stages":[{"label":"S","metadata":{"probability":"1"}}]}"#,
            "There's another pipeline with pipelineId default"
        ),
    ])
    mutating func `a pipeline that HubSpot would not take is refused`(body: String, text: String) {
        let reply = self.portal.send(.post, self.deals, body)
        #expect(reply.status == 400)
        #expect(reply.json?["message"]?.string == text)
    }

    @Test mutating func `a stage's metadata settle, and two stages never share a place`() {
        #expect(self.renewals() == 201)
        let path = self.deals + "/renewals/stages"
        let stage =
            #"{"stageId":"won","label":"Won","displayOrder":0,"metadata":{"probability":1}}"#
        #expect(self.portal.send(.post, path, stage).status == 201)
        let stages = self.portal.send(.get, path).json?["results"]?.elements ?? []
        #expect(stages.compactMap { $0["id"]?.string } == ["r1", "won", "r2"])
        #expect(stages.compactMap { $0["displayOrder"]?.integer } == [0, 1, 2])
        #expect(stages[1]["metadata"]?["probability"]?.string == "1.0")
        #expect(stages[1]["metadata"]?["isClosed"]?.string == "true")
        #expect(stages[0]["metadata"]?["isClosed"]?.string == "false")
        let change = #"{"metadata":{"isClosed":"true"},"label":"First"}"#
        #expect(self.portal.send(.patch, path + "/r1", change).status == 200)
        let first = self.portal.send(.get, path + "/r1").json
        #expect(first?["label"]?.string == "First")
        #expect(first?["metadata"]?["isClosed"]?.string == "false")
        #expect(first?["metadata"]?["probability"]?.string == "0.1")
        #expect(self.portal.send(.patch, path + "/r1", #"{"label":" WON"}"#).status == 400)
        #expect(self.portal.send(.patch, path + "/r1", #"{"displayOrder":-1}"#).status == 400)
        #expect(self.portal.send(.post, path, stage).status == 400)
        #expect(self.portal.send(.delete, path + "/never").status == 204)
    }

    @Test mutating func `a ticket pipeline keeps a closed stage`() {
        let path = "/crm/pipelines/2026-09/tickets"
        let closed = self.portal.send(.delete, path + "/0/stages/4")
        #expect(closed.status == 400)
        #expect(closed.json?["subCategory"]?.string == "PipelineError.MISSING_CLOSED_STAGE")
        #expect(self.portal.send(.delete, path + "/0/stages/3").status == 204)
        let wrong = #"{"metadata":{"ticketState":"open"}}"#
        let refused = self.portal.send(.patch, path + "/0/stages/1", wrong)
        #expect(
            refused.json?["subCategory"]?.string == "PipelineError.INVALID_PIPELINE_STAGE_METADATA"
        )
    }

    @Test
    mutating func `a custom object type gets its pipeline properties with its first pipeline`() {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"model",
            "properties":[{"name":"model","label":"M","type":"string","fieldType":"text"}]}
            """#
        let type = self.portal.send(.post, "/crm/v3/schemas", schema).json?["objectTypeId"]?.string
        let path = "/crm/v3/pipelines/\(type ?? "")"
        #expect(self.portal.send(.get, path).json?["results"]?.count == 0)
        #expect(self.made("car", #""model":"T","hs_pipeline_stage":"new""#).status == 400)
        let body = #"{"label":"Sales","stages":[{"stageId":"new","label":"New","displayOrder":0}]}"#
        #expect(self.portal.send(.post, path, body).status == 201)
        #expect(self.made("car", #""model":"T","hs_pipeline_stage":"new""#).status == 201)
        #expect(self.made("car", #""model":"T","hs_pipeline_stage":"old""#).status == 400)
    }
}
