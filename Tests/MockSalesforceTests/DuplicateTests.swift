import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct DuplicateTests {
    private static let body = #"{"LastName":"Roux","Email":"ANA@example.com"}"#

    private static func allow(_ options: String) -> [HTTPHeader] {
        [HTTPHeader("Sforce-Duplicate-Rule-Header", options)]
    }

    private static func rehearsal() throws -> (Rehearsal, String) {
        var rehearsal = Rehearsal()
        rehearsal.mock.duplicateRules = MockSalesforceDuplicateRule.standard
        let id = try rehearsal.seed(
            "Contact",
            [("LastName", "Roux"), ("FirstName", "Ana"), ("Email", "ana@example.com")]
        )
        return (rehearsal, id)
    }

    @Test func `a new org of the mock has no duplicate rules`() throws {
        var rehearsal = Rehearsal()
        for _ in 0..<2 {
            #expect(rehearsal.send(.post, "/sobjects/Contact", Self.body).status == 201)
        }
    }

    @Test func `a duplicate is refused with the match under the misspelt key`() throws {
        var (rehearsal, id) = try Self.rehearsal()
        let refused = rehearsal.send(.post, "/sobjects/Contact", Self.body)
        #expect(refused.status == 400)
        #expect(
            refused.text
                == #"[{"duplicateResut":{"allowSave":true,"#
                + #""duplicateRule":"Standard_Contact_Duplicate_Rule","#
                + #""duplicateRuleEntityType":"Contact","#
                + #""errorMessage":"Use one of these records?","#
                + #""matchResults":[{"entityType":"Contact","errors":[],"#
                + #""matchEngine":"FuzzyMatchEngine","matchRecords":[{"#
                + #""additionalInformation":[],"fieldDiffs":[],"matchConfidence":100.0,"#
                + #""record":{"attributes":{"type":"Contact","#
                + #""url":"/services/data/v62.0/sobjects/Contact/\#(id)"},"Id":"\#(id)"}}],"#
                + #""rule":"Standard_Contact_Match_Rule_v1_1","size":1,"success":true}]},"#
                + #""message":"Use one of these records?","errorCode":"DUPLICATES_DETECTED"}]"#
        )
        rehearsal.mock.settings.misspellsDuplicateResult = false
        let spelled = rehearsal.send(.post, "/sobjects/Contact", Self.body)
        #expect(spelled.json[0]?["duplicateResult"]?["allowSave"]?.boolean == true)
        #expect(spelled.json[0]?["duplicateResut"] == nil)
    }

    @Test func `allowSave passes rules that alert and none that block`() throws {
        var (rehearsal, _) = try Self.rehearsal()
        let allow = Self.allow("allowSave=true; includeRecordDetails=false; runAsCurrentUser=true")
        let saved = rehearsal.send(.post, "/sobjects/Contact", Self.body, headers: allow)
        #expect(saved.status == 201)
        rehearsal.mock.duplicateRules[1].onCreate = .block
        let blocked = rehearsal.send(.post, "/sobjects/Contact", Self.body, headers: allow)
        #expect(blocked.errorCode == "DUPLICATES_DETECTED")
        #expect(blocked.json[0]?["duplicateResut"]?["allowSave"]?.boolean == false)
    }

    @Test func `includeRecordDetails shows the fields of the match`() throws {
        var (rehearsal, id) = try Self.rehearsal()
        let reply = rehearsal.send(
            .post,
            "/sobjects/Contact",
            Self.body,
            headers: Self.allow("allowSave=false;includeRecordDetails=true")
        )
        let results = reply.json[0]?["duplicateResut"]?["matchResults"]
        let record = results?[0]?["matchRecords"]?[0]?["record"]
        #expect(record?["Id"]?.string == id)
        #expect(record?["FirstName"]?.string == "Ana")
    }

    @Test func `records that are not shared match and are not named`() throws {
        var (rehearsal, id) = try Self.rehearsal()
        try rehearsal.mock.setVisible(id, false)
        let refused = rehearsal.send(.post, "/sobjects/Contact", Self.body)
        #expect(refused.errorCode == "DUPLICATES_DETECTED")
        #expect(
            refused.json[0]?["duplicateResut"]?["matchResults"]?[0]?["size"]?.integer == 0
        )
        let own = Self.allow("runAsCurrentUser=true")
        #expect(
            rehearsal.send(.post, "/sobjects/Contact", Self.body, headers: own).status == 201
        )
    }

    @Test func `names and telephone numbers match in their normalised forms`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.duplicateRules = MockSalesforceDuplicateRule.standard
        _ = try rehearsal.seed("Account", [("Name", "Acme, Inc."), ("Phone", "+1 (555) 010")])
        let same = #"{"Name":"ACME INC","Phone":"1555-010"}"#
        #expect(
            rehearsal.send(.post, "/sobjects/Account", same).errorCode == "DUPLICATES_DETECTED"
        )
        for other in [#"{"Name":"ACME INC"}"#, #"{"Name":"ACME INC","Phone":"1555-011"}"#] {
            #expect(rehearsal.send(.post, "/sobjects/Account", other).status == 201)
        }
    }

    @Test func `updates are asked only where a compared field changes`() throws {
        var (rehearsal, _) = try Self.rehearsal()
        rehearsal.mock.duplicateRules[1].onUpdate = .block
        let other = try rehearsal.seed("Contact", [("LastName", "Sol")])
        let path = "/sobjects/Contact/\(other)"
        let refused = rehearsal.send(.patch, path, #"{"Email":"ana@example.com"}"#)
        #expect(refused.errorCode == "DUPLICATES_DETECTED")
        rehearsal.mock.duplicateRules[1].onUpdate = nil
        #expect(rehearsal.send(.patch, path, #"{"Email":"ana@example.com"}"#).status == 204)
        rehearsal.mock.duplicateRules[1].onUpdate = .block
        #expect(rehearsal.send(.patch, path, #"{"Title":"CTO"}"#).status == 204)
        #expect(rehearsal.send(.patch, path, #"{"Email":"ana@example.com"}"#).status == 204)
    }

    @Test func `a rule may compare with another object`() throws {
        var (rehearsal, id) = try Self.rehearsal()
        rehearsal.mock.duplicateRules[2].matchingRules.append(
            rehearsal.mock.duplicateRules[1].matchingRules[0]
        )
        let reply = rehearsal.send(
            .post,
            "/sobjects/Lead",
            #"{"LastName":"R","Company":"Acme","Email":"ana@example.com"}"#
        )
        let match = reply.json[0]?["duplicateResut"]?["matchResults"]?[0]
        #expect(match?["entityType"]?.string == "Contact")
        #expect(match?["matchRecords"]?[0]?["record"]?["Id"]?.string == id)
    }

    @Test func `rows of a list fail one by one and are not compared with each other`() throws {
        var (rehearsal, id) = try Self.rehearsal()
        func row(_ email: String) -> String {
            #"{"attributes":{"type":"Contact"},"LastName":"X","Email":"\#(email)"}"#
        }
        let rows = [row("ana@example.com"), row("new@example.com"), row("new@example.com")]
        let body = #"{"records":[\#(rows.joined(separator: ","))]}"#
        let reply = rehearsal.send(.post, "/composite/sobjects", body)
        #expect(reply.rows == ["DUPLICATES_DETECTED", "success", "success"])
        let error = reply.json[0]?["errors"]?[0]
        #expect(error?["fields"]?.count == 0)
        let match = error?["duplicateResult"]?["matchResults"]?[0]?["matchRecords"]?[0]
        #expect(match?["record"]?["Id"]?.string == id)
        rehearsal.mock.settings.listsDuplicateResults = false
        let again = rehearsal.send(.post, "/composite/sobjects", body)
        #expect(again.rows.allSatisfy { $0 == "DUPLICATES_DETECTED" })
        #expect(again.json[0]?["errors"]?[0]?["duplicateResult"] == nil)
        let allow = Self.allow("allowSave=true")
        #expect(
            rehearsal.send(.post, "/composite/sobjects", body, headers: allow).rows
                == ["success", "success", "success"]
        )
    }

    @Test func `a subrequest brings its own header`() throws {
        var (rehearsal, _) = try Self.rehearsal()
        func node(_ reference: String, _ headers: String) -> String {
            #"{"method":"POST","referenceId":"\#(reference)","#
                + #""url":"/services/data/v62.0/sobjects/Contact","#
                + #""body":\#(Self.body)\#(headers)}"#
        }
        let header = #","httpHeaders":{"Sforce-Duplicate-Rule-Header":"allowSave=true"}"#
        let body =
            #"{"allOrNone":false,"compositeRequest":[\#(node("a", "")),\#(node("b", header))]}"#
        let parts = rehearsal.send(.post, "/composite", body).json["compositeResponse"]?.elements
        #expect(parts?.map { $0["httpStatusCode"]?.integer } == [400, 201])
        #expect(parts?.first?["body"]?[0]?["duplicateResut"] != nil)
        let graph =
            #"{"graphs":[{"graphId":"g","compositeRequest":[\#(node("a", header)),"#
            + #"\#(node("b", ""))]}]}"#
        let reply = rehearsal.send(.post, "/composite/graph", graph).json["graphs"]?[0]
        #expect(reply?["isSuccessful"]?.boolean == false)
        let halves = reply?["graphResponse"]?["compositeResponse"]?.elements ?? []
        #expect(halves.last?["body"]?[0]?["errorCode"]?.string == "DUPLICATES_DETECTED")
        let tree =
            #"{"records":[{"attributes":{"type":"Contact","referenceId":"r"},"#
            + #""LastName":"Roux","Email":"ana@example.com"}]}"#
        let refused = rehearsal.send(.post, "/composite/tree/Contact", tree)
        let error = refused.json["results"]?[0]?["errors"]?[0]
        #expect(error?["statusCode"]?.string == "DUPLICATES_DETECTED")
        let allow = Self.allow("allowSave=true")
        #expect(
            rehearsal.send(.post, "/composite/tree/Contact", tree, headers: allow).status == 201
        )
    }

    @Test func `rows of a Bulk job fail with the rule's text`() throws {
        var (rehearsal, _) = try Self.rehearsal()
        let made = rehearsal.send(
            .post,
            "/jobs/ingest",
            #"{"object":"Contact","operation":"insert","lineEnding":"LF"}"#
        )
        let job = "/jobs/ingest/" + (made.json["id"]?.string ?? "")
        let csv = [HTTPHeader("Content-Type", "text/csv")]
        let upload = "LastName,Email\nRoux,ana@example.com\nSol,sol@example.com\n"
        _ = rehearsal.send(.put, job + "/batches", upload, headers: csv)
        _ = rehearsal.send(.patch, job, #"{"state":"UploadComplete"}"#)
        rehearsal.now += 1_000
        let failed = rehearsal.send(.get, job + "/failedResults").text
        #expect(failed.contains(#""DUPLICATES_DETECTED:Use one of these records?:--""#))
        #expect(rehearsal.send(.get, job).json["numberRecordsFailed"]?.integer == 1)
    }

    @Test func `people save in spite of a warning, and conversions ask no rule`() throws {
        var (rehearsal, _) = try Self.rehearsal()
        let fields: [MockSalesforceRecord.Field] = [
            .init("LastName", .text("Roux")), .init("Email", .text("ana@example.com")),
        ]
        let now = rehearsal.now
        try rehearsal.mock.create(object: "Contact", fields: fields, at: now)
        rehearsal.mock.duplicateRules[1].onCreate = .block
        #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.create(object: "Contact", fields: fields, at: now)
        }
        let lead = try rehearsal.seed(
            "Lead",
            [("LastName", "Roux"), ("Company", "Acme"), ("Email", "ana@example.com")]
        )
        let conversion = try rehearsal.mock.convert(lead: lead, at: now)
        #expect(rehearsal.mock.record(conversion.contactID) != nil)
    }
}
