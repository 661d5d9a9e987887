import Foundation
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import Testing
import WireJSON

@testable import MockServer

/// What can be set, what is refused and in which words.
struct SettingsTests {
    private let world = MockWorld(
        hubspot: MockHubSpot(),
        salesforce: MockSalesforce(),
        time: ManualTime()
    )

    private func send(_ method: HTTPMethod, _ body: String = "") -> HTTPResponse {
        ControlPlane(world: self.world).handle(
            HTTPRequest(method: method, url: "http://x", body: Array(body.utf8)),
            path: "/_control/settings"
        )
    }

    private func refusal(_ body: String) throws -> String? {
        let reply = self.send(.patch, body)
        guard reply.status == 400 else { return nil }
        return try JSON(parsing: reply.body)["error"]?.string
    }

    private static let wrong: [(body: String, words: [String])] = [
        (
            #"{"salesforce":{"settings":{"dailyCallMax":5}}}"#,
            ["`salesforce.settings.dailyCallMax`", "`salesforce.settings.dailyCallsMax`"]
        ),
        (
            #"{"salesforce":{"rotatesRefreshTokens":true}}"#,
            [
                "`salesforce.rotatesRefreshTokens` is unknown",
                "`salesforce.settings.rotatesRefreshTokens`",
            ]
        ),
        (
            #"{"salesforce":{"rotates":true}}"#,
            ["The nearest known name is `salesforce.settings.rotatesRefreshTokens`"]
        ),
        (#"{"hubSpot":{}}"#, ["`hubSpot` is unknown", "`hubspot`"]),
        (
            #"{"hubspot":{"settings":{"journal":{"Interval":1}}}}"#,
            ["`hubspot.settings.journal.interval`"]
        ),
        (
            #"{"hubspot":{"faults":{"coming":["unavailible"]}}}"#,
            ["`hubspot.faults.coming[0]`", "`unavailible`", "`unavailable`", "gatewayTimeout"]
        ),
        (
            #"{"hubspot":{"faults":{"rules":[{"fault":"locked","every":2}]}}}"#,
            ["`hubspot.faults.rules[0].every`", "`hubspot.faults.rules[0].everyNth`"]
        ),
        (
            #"{"hubspot":{"faults":{"rules":[{"everyNth":2}]}}}"#,
            ["`hubspot.faults.rules[0]` needs `fault`"]
        ),
        (
            #"{"salesforce":{"validationRules":[{"object":"Lead","field":"City","message":"No.","#
                + #""condition":{"longer":{"then":5}}}]}}"#,
            ["`salesforce.validationRules[0].condition.longer.then`", "than`"]
        ),
        (
            #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"A","#
                + #""permissions":["APIEnabled"]}]}}}}"#,
            ["profiles[0].permissions[0]`", "`APIEnabled`", "`ApiEnabled`"]
        ),
        (
            #"{"salesforce":{"settings":{"dailyCallsMax":"5"}}}"#,
            ["`salesforce.settings.dailyCallsMax` must be a whole number from 0 on"]
        ),
        (
            #"{"salesforce":{"settings":{"pageRowsMax":0}}}"#,
            ["`salesforce.settings.pageRowsMax` must be a whole number from 1 to 2000"]
        ),
        (#"{"hubspot":{"settings":{"checksScopes":1}}}"#, ["must be true or false"]),
        (#"{"hubspot":{"settings":5}}"#, ["`hubspot.settings` must be an object"]),
        (#"{"hubspot":{"settings":{"apps":{}}}}"#, ["`hubspot.settings.apps` must be a list"]),
        (#"{"hubspot":{"settings":{"portalName":null}}}"#, ["must be a text"]),
        (#"{"hubspot":{"settings":{"objects":[]}}}"#, ["`hubspot.settings.objects` is unknown"]),
        (#"{"hubspot":{"faults":{"coming":[{"status":99}]}}}"#, ["from 400 to 599"]),
        (#"{"hubspot":{"faults":{"coming":["status"]}}}"#, ["needs a value"]),
        (#"{"salesforce":{"settings":{"hasPersonAccounts":true}}}"#, ["at the start only"]),
        (#"{"salesforce":{"settings":{"customFields":[]}}}"#, ["at the start only"]),
        (#"{"hubspot":{"settings":{"apps":[]}}}"#, ["keeps its apps"]),
        (#"{"hubspot":{"settings":{"owners":[]}}}"#, ["keeps its people"]),
        (
            #"{"salesforce":{"settings":{"currencies":{"corporate":"USD","user":"USD","#
                + #""currencies":[{"isoCode":"USD"}]}}}}"#,
            ["`salesforce.settings.currencies`", "at the start only"]
        ),
        ("[]", ["one JSON object"]),
    ]

    @Test(arguments: SettingsTests.wrong.indices)
    func `what is wrong is refused with what is right`(index: Int) throws {
        let row = Self.wrong[index]
        let said = try #require(try self.refusal(row.body), "\(row.body)")
        for words in row.words { #expect(said.contains(words), "\(row.body): \(said)") }
    }

    @Test func `where one part is wrong nothing is changed`() throws {
        let before = self.send(.get).body
        let body =
            #"{"hubspot":{"settings":{"dailyMax":7}},"salesforce":{"settings":{"seed":7}}}"#
        #expect(try self.refusal(body)?.contains("at the start only") == true)
        #expect(self.send(.get).body == before)
    }

    @Test func `what is shown can be sent back and changes nothing`() throws {
        let shown = String(decoding: self.send(.get).body, as: UTF8.self)
        let reply = self.send(.patch, shown)
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self) == shown)
    }

    @Test func `only what is named changes, also inside of what has data for names`() throws {
        let first = """
            {"salesforce":{"settings":{"streaming":{"channels":{"A__chn":["Lead"],"B__chn":[]}}}},
             "hubspot":{"settings":{"webhooks":{"delay":50,"retryDelays":[1,2]}}}}
            """
        #expect(self.send(.patch, first).status == 200)
        let second = #"{"salesforce":{"settings":{"streaming":{"channels":{"B__chn":null}}}}}"#
        let json = try JSON(parsing: self.send(.patch, second).body)
        let channels = json["salesforce"]?["settings"]?["streaming"]?["channels"]
        #expect(channels?.members.map(\.name) == ["A__chn"])
        let webhooks = json["hubspot"]?["settings"]?["webhooks"]
        #expect(webhooks?["delay"]?.integer == 50)
        #expect(webhooks?["retryDelays"]?.elements.map(\.integer) == [1, 2])
        #expect(webhooks?["oldSignature"]?.string == "v1")
    }

    @Test func `faults and settings show the same, and reset takes all back`() throws {
        let control = ControlPlane(world: self.world)
        let body = Array(#"{"salesforce":{"settings":{"dailyCallsMax":7}}}"#.utf8)
        let patch = HTTPRequest(method: .patch, url: "http://x", body: body)
        #expect(control.handle(patch, path: "/_control/settings").status == 200)
        let get = HTTPRequest(method: .get, url: "http://x")
        func calls() throws -> Int64? {
            let faults = control.handle(get, path: "/_control/faults")
            return try JSON(parsing: faults.body)["salesforceDailyCalls"]?.integer
        }
        #expect(try calls() == 7)
        let post = HTTPRequest(method: .post, url: "http://x")
        #expect(control.handle(post, path: "/_control/reset").status == 200)
        #expect(try calls() == 100_000)
    }

    @Test func `a snapshot keeps what was set, and can be changed after it is loaded`() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "duet-settings-\(UInt64.random(in: 0 ... .max))")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let body = """
            {"salesforce":{"settings":{"permissions":{"profiles":[{"name":"A"}]}},
              "faults":{"coming":[{"status":502}]}},"hubspot":{"faults":{"latencyMilliseconds":5}}}
            """
        #expect(self.send(.patch, body).status == 200)
        let shown = self.send(.get).body
        try Snapshot.save(self.world, to: file)
        let again = try Snapshot.load(file, time: ManualTime())
        let control = ControlPlane(world: again)
        let get = HTTPRequest(method: .get, url: "http://x")
        #expect(control.handle(get, path: "/_control/settings").body == shown)
    }
}
