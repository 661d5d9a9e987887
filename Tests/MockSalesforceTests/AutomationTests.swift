import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct AutomationTests {
    @Test func `validation rules refuse creates and updates with the administrator's text`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.validationRules = [
            MockSalesforceValidationRule(
                object: "Contact",
                field: "Email",
                condition: .isBlankWhileSet(other: "Title"),
                message: "Titled people need an e-mail address.",
                errorField: "Email"
            ),
            MockSalesforceValidationRule(
                object: "Contact",
                field: "LastName",
                condition: .shorter(than: 2),
                message: "Too short."
            ),
        ]
        let both = rehearsal.send(
            .post,
            "/sobjects/Contact",
            #"{"LastName":"A","Title":"CTO"}"#
        )
        #expect(both.status == 400)
        #expect(
            both.text
                == #"[{"message":"Titled people need an e-mail address.","#
                + #""errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":["Email"]},"#
                + #"{"message":"Too short.","#
                + #""errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":[]}]"#
        )
        let good = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"Roux"}"#)
        #expect(good.status == 201)
        let path = "/sobjects/Contact/\(good.json["id"]?.string ?? "")"
        let update = rehearsal.send(.patch, path, #"{"Title":"CTO"}"#)
        #expect(update.errorCode == "FIELD_CUSTOM_VALIDATION_EXCEPTION")
        #expect(rehearsal.send(.get, path).json["Title"]?.isNull == true)
    }

    @Test func `numbers out of range, equal and long values meet their rules`() {
        let cases: [(String, MockSalesforceValidationRule.Condition, String, String)] = [
            ("AnnualRevenue", .outside(1...10), #""AnnualRevenue":11"#, #""AnnualRevenue":10"#),
            ("Industry", .equals(.text("Other")), #""Industry":"Other""#, #""Phone":"1""#),
            ("Phone", .longer(than: 3), #""Phone":"1234""#, #""Phone":"123""#),
            ("Phone", .isBlank, #""Site":"x""#, #""Phone":"123""#),
        ]
        for (field, condition, bad, good) in cases {
            var rehearsal = Rehearsal()
            rehearsal.mock.validationRules = [
                MockSalesforceValidationRule(
                    object: "Account",
                    field: field,
                    condition: condition,
                    message: "No."
                )
            ]
            let refused = rehearsal.send(.post, "/sobjects/Account", "{\"Name\":\"A\",\(bad)}")
            #expect(refused.errorCode == "FIELD_CUSTOM_VALIDATION_EXCEPTION", "\(field)")
            let taken = rehearsal.send(.post, "/sobjects/Account", "{\"Name\":\"A\",\(good)}")
            #expect(taken.status == 201, "\(field)")
        }
    }

    @Test func `flows rewrite fields in the same transaction, and one that fails refuses`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.flowRules = [
            MockSalesforceFlowRule(object: "Contact", field: "LastName", action: .upperCase),
            MockSalesforceFlowRule(
                object: "Contact",
                field: "Department",
                action: .copy(from: "LastName")
            ),
            MockSalesforceFlowRule(
                object: "Contact",
                field: "Title",
                action: .set(.text("Agent"))
            ),
        ]
        let created = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"Roux"}"#)
        let path = "/sobjects/Contact/\(created.json["id"]?.string ?? "")"
        let read = rehearsal.send(.get, path).json
        #expect(read["LastName"]?.string == "ROUX")
        #expect(read["Name"]?.string == "ROUX")
        #expect(read["Department"]?.string == "ROUX")
        #expect(read["Title"]?.string == "Agent")
        #expect(rehearsal.send(.patch, path, #"{"LastName":"Sol"}"#).status == 204)
        #expect(rehearsal.send(.get, path).json["Department"]?.string == "SOL")

        rehearsal.mock.flowRules = [
            MockSalesforceFlowRule(
                object: "Contact",
                field: "Email",
                action: .copy(from: "LastName")
            )
        ]
        let failed = rehearsal.send(.patch, path, #"{"LastName":"Roux"}"#)
        #expect(failed.status == 400)
        #expect(failed.errorCode == "CANNOT_EXECUTE_FLOW_TRIGGER")
        #expect(rehearsal.send(.get, path).json["LastName"]?.string == "SOL")
    }
}
