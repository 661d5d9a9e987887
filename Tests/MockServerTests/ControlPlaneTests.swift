import HTTPTransport
import MockHubSpot
import MockSalesforce
import MockServer
import SimulationKit
import Testing
import WireJSON

/// The endpoints that others script (docs/simulator-control.md).
struct ControlPlaneTests {
    private struct Stage {
        let world: MockWorld
        let control: ControlPlane

        init() {
            self.world = MockWorld(
                hubspot: MockHubSpot(),
                salesforce: MockSalesforce(),
                time: ManualTime()
            )
            self.control = ControlPlane(world: self.world)
        }

        func send(_ method: HTTPMethod, _ path: String, _ body: String = "") -> HTTPResponse {
            self.control.handle(
                HTTPRequest(method: method, url: "http://x" + path, body: Array(body.utf8)),
                path: path
            )
        }

        func json(_ method: HTTPMethod, _ path: String, _ body: String = "") throws -> JSON {
            try JSON(parsing: self.send(method, path, body).body)
        }

        func records(_ object: String) throws -> [JSON] {
            let body = self.send(.get, "/_control/export/" + object).body
            return try body.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
        }
    }

    @Test func `webhooks and their journal are set like faults`() throws {
        let stage = Stage()
        let before = try stage.json(.get, "/_control/faults")
        #expect(before["webhookLossPercent"]?.integer == 0)
        #expect(before["journalKeptSeconds"]?.integer == 259_200)
        let set = #"""
            {"webhookDelaySeconds":5,"webhookLossPercent":20,"webhookShuffle":1,
            "webhookFirstRetrySeconds":0,"journalIntervalSeconds":60,"journalRequestsPerSecond":0}
            """#
        let after = try stage.json(.post, "/_control/faults", set)
        #expect(after["webhookDelaySeconds"]?.integer == 5)
        stage.world.with { state, _ in
            #expect(state.hubspot.settings.webhooks.delay == 5_000)
            #expect(state.hubspot.settings.webhooks.lossPercent == 20)
            #expect(state.hubspot.settings.webhooks.shuffles)
            #expect(state.hubspot.settings.webhooks.retryDelays.first == 0)
            #expect(state.hubspot.settings.journal.interval == 60_000)
            #expect(state.hubspot.settings.journal.journalPerSecond == 0)
        }
        let reset =
            #"{"webhookDelaySeconds":null,"webhookShuffle":null,"journalIntervalSeconds":null}"#
        let again = try stage.json(.post, "/_control/faults", reset)
        #expect(again["webhookDelaySeconds"]?.integer == 0)
        #expect(again["webhookShuffle"]?.integer == 0)
        #expect(again["journalIntervalSeconds"]?.integer == 1)
        #expect(again["webhookLossPercent"]?.integer == 20)
        for bad in ["-1", "1.5", "\"x\"", "9999999999999999"] {
            let body = #"{"webhookDelaySeconds":\#(bad)}"#
            #expect(stage.send(.post, "/_control/faults", body).status == 400, "\(bad)")
        }
    }

    @Test func `a custom object is made with its fields, and people fill it`() throws {
        let stage = Stage()
        let body = #"""
            {"fullName":"Plant__c","label":"Plant","pluralLabel":"Plants","changeEvents":true,
            "nameField":{"type":"AutoNumber","label":"Number","displayFormat":"P-{000}"},
            "fields":[{"fullName":"City__c","label":"City","type":"Text","length":40},
            {"fullName":"Account__c","label":"Account","type":"Lookup","referenceTo":"Account",
            "relationshipName":"Plants"}]}
            """#
        let made = try stage.json(.post, "/_control/objects", body)
        #expect(made["object"]?.string == "Plant__c")
        let edit = #"{"object":"Plant__c","fields":{"City__c":"Lyon"}}"#
        #expect(stage.send(.post, "/_control/edits", edit).status == 200)
        let record = try #require(try stage.records("Plant__c").first)
        #expect(record["fields"]?["Name"]?.string == "P-001")
        #expect(record["fields"]?["City__c"]?.string == "Lyon")
        stage.world.with { state, _ in
            #expect(state.salesforce.settings.streaming.selectedObjects.last == "Plant__c")
        }
        let again = try stage.json(.post, "/_control/objects", body)
        #expect(again["error"]?.string?.hasPrefix("DUPLICATE_DEVELOPER_NAME") == true)
        let bad =
            #"{"fullName":"Mill__c","label":"Mill","fields":[{"fullName":"X","type":"Text"}]}"#
        #expect(stage.send(.post, "/_control/objects", bad).status == 400)
        #expect(stage.send(.post, "/_control/edits", #"{"object":"Mill__c"}"#).status == 400)
    }

    @Test func `people's edits make, change, clear and delete records, unbilled`() throws {
        let stage = Stage()
        let made = try stage.json(
            .post,
            "/_control/edits",
            #"{"object":"contacts","fields":{"email":"ada@x.test","phone":"1"},"author":"anna"}"#
                + "\n"
                + #"{"object":"Contact","fields":{"LastName":"Lovelace"},"author":"ben"}"# + "\n"
        )
        #expect(made["edits"]?.integer == 2)
        let ids = made["ids"]?.elements.compactMap(\.string) ?? []
        #expect(ids.count == 2)
        _ = stage.send(
            .post,
            "/_control/edits",
            #"{"object":"contacts","id":"\#(ids[0])","fields":{"phone":"","jobtitle":"Countess"}}"#
        )
        let contact = try #require(try stage.records("contacts").first)
        #expect(contact["id"]?.string == ids[0])
        #expect(contact["fields"]?["jobtitle"]?.string == "Countess")
        #expect(contact["fields"]?["phone"] == nil)
        #expect(try stage.records("Contact").first?["fields"]?["LastName"]?.string == "Lovelace")
        _ = stage.send(
            .post,
            "/_control/edits",
            #"{"object":"contacts","id":"\#(ids[0])","op":"delete"}"#
        )
        #expect(try stage.records("contacts").isEmpty)
        let usage = try stage.json(.get, "/_control/usage")
        #expect(usage["hubspot"]?["billed"]?.integer == 0)
        #expect(usage["salesforce"]?["billed"]?.integer == 0)
    }

    @Test(arguments: [
        ("not json", "Line 1 is not JSON."), (#"{"id":"1"}"#, "Line 1: `object` is missing."),
        (#"{"object":"contacts","op":"explode","id":"1"}"#, "Line 1: `op` explode is unknown."),
        (#"{"object":"contacts","op":"delete"}"#, "Line 1: `id` is missing."),
    ])
    func `an edit that cannot be made is named by its line`(body: String, sentence: String) throws {
        let stage = Stage()
        let reply = stage.send(.post, "/_control/edits", body)
        #expect(reply.status == 400)
        #expect(try JSON(parsing: reply.body)["error"]?.string == sentence)
    }

    @Test func `the clock goes forward for both CRMs, and only forward`() throws {
        let stage = Stage()
        let before = stage.world.serverTime
        let reply = try stage.json(.post, "/_control/clock", #"{"advanceSeconds":900.5}"#)
        #expect(stage.world.serverTime == before + 900_500)
        #expect(reply["now"]?.integer == before + 900_500)
        for bad in [#"{"advanceSeconds":-1}"#, "{}", "[]", #"{"advanceSeconds":"1"}"#] {
            #expect(stage.send(.post, "/_control/clock", bad).status == 400)
        }
        #expect(stage.world.serverTime == before + 900_500)
    }

    @Test func `faults are set by name, read back and taken away`() throws {
        let stage = Stage()
        let names = [
            "searchLagSeconds", "commitDelaySeconds", "hubspotDailyCalls",
            "salesforceDailyCalls", "loseEveryNthCreateReply", "loseEveryNthWriteReply",
            "failEveryNthRequest",
            "lockEveryNthRow", "gapEveryNthEvent", "doubleEveryNthEvent", "swapEveryNthEvent",
        ]
        for name in names {
            let set = try stage.json(.post, "/_control/faults", #"{"\#(name)":7}"#)
            #expect(set[name]?.integer == 7, "\(name)")
        }
        let cleared = try stage.json(.post, "/_control/faults", #"{"lockEveryNthRow":null}"#)
        #expect(cleared["lockEveryNthRow"]?.isNull == true)
        let unknown = stage.send(.post, "/_control/faults", #"{"loseEverything":1}"#)
        #expect(unknown.status == 400)
        let sentence = try JSON(parsing: unknown.body)["error"]?.string ?? ""
        for name in names { #expect(sentence.contains(name)) }
        #expect(stage.send(.post, "/_control/faults", #"{"lockEveryNthRow":"x"}"#).status == 400)
    }

    @Test func `a smaller tier answers 429 sooner`() throws {
        let stage = Stage()
        let set = try stage.json(.post, "/_control/faults", #"{"limitsTier":"free"}"#)
        #expect(set["limitsTier"]?.string == "free")
        #expect(set["hubspotDailyCalls"]?.integer == 250_000)
        let request = HTTPRequest(
            method: .get,
            url: "http://hubspot.mock/crm/v3/objects/contacts",
            headers: [HTTPHeader("Authorization", "Bearer pat-na1-integration")]
        )
        let statuses = (0..<101).map { _ in stage.world.hubspot(request)?.status ?? 0 }
        #expect(statuses.filter { $0 == 200 }.count == 100)
        #expect(statuses.last == 429)
        #expect(stage.send(.post, "/_control/faults", #"{"limitsTier":"gold"}"#).status == 400)
    }

    @Test func `a fault strikes at the other door`() throws {
        let stage = Stage()
        _ = stage.send(.post, "/_control/faults", #"{"failEveryNthRequest":1}"#)
        let reply = stage.world.hubspot(
            HTTPRequest(
                method: .get,
                url: "http://hubspot.mock/crm/v3/objects/contacts",
                headers: [HTTPHeader("Authorization", "Bearer pat-na1-integration")]
            )
        )
        #expect(reply?.status == 500)
        let usage = try stage.json(.get, "/_control/usage")
        #expect(usage["hubspot"]?["billed"]?.integer == 1)
    }

    @Test func `reset goes back to the start, clock and all`() throws {
        let stage = Stage()
        _ = stage.send(
            .post,
            "/_control/edits",
            #"{"object":"contacts","fields":{"lastname":"L"}}"#
        )
        _ = stage.send(.post, "/_control/clock", #"{"advanceSeconds":60}"#)
        let before = stage.world.serverTime
        #expect(stage.send(.post, "/_control/reset").status == 200)
        #expect(try stage.records("contacts").isEmpty)
        #expect(stage.world.serverTime == before - 60_000)
    }

    @Test func `what does not exist is a 404 with a sentence`() throws {
        let reply = Stage().send(.get, "/_control/nothing")
        #expect(reply.status == 404)
        #expect(
            try JSON(parsing: reply.body)["error"]?.string == "There is no GET /_control/nothing."
        )
    }
}
