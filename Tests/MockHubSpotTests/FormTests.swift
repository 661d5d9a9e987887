import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Forms, what visitors send with them, and what that does to contacts.
struct FormTests {
    private var portal = Portal()
    private let path = "/marketing/v3/forms/"

    private mutating func submit(
        _ form: String,
        _ fields: String,
        secure: Bool = false,
        portal: String = "9900001"
    ) -> (status: Int, json: JSON?) {
        let url =
            "https://api.hsforms.com/submissions/v3/integration/\(secure ? "secure/" : "")submit/"
            + "\(portal)/\(form)"
        let body = #"{"fields":[\#(fields)],"context":{"pageUri":"https://acme.test/pricing"}}"#
        let headers =
            secure ? [HTTPHeader("Authorization", "Bearer pat-na1-integration")] : []
        let response = self.portal.ask(.post, url, body, headers: headers)
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    private static func field(_ name: String, _ value: String) -> String {
        #"{"objectTypeId":"0-1","name":"\#(name)","value":"\#(value)"}"#
    }

    private mutating func form() -> String {
        self.portal.mock.recordForm(
            "Contact us",
            fields: [("email", true), ("city", false)],
            at: self.portal.now
        )
    }

    @Test mutating func `a form is made, changed and archived`() {
        let body = #"""
            {"formType":"hubspot","name":"Demo","fieldGroups":[{"groupType":"default_group",
            "richTextType":"text","fields":[{"objectTypeId":"0-1","name":"email","label":"Email",
            "required":true,"hidden":false,"fieldType":"email","dependentFields":[]}]}],
            "configuration":{"language":"en","postSubmitAction":{"type":"redirect_url",
            "value":"https://acme.test/thanks"}},"displayOptions":{"theme":"default_style"},
            "legalConsentOptions":{"type":"none"}}
            """#
        let made = self.portal.send(.post, self.path, body)
        #expect(made.status == 201)
        let id = made.json?["id"]?.string ?? ""
        #expect(made.json?["fieldGroups"]?[0]?["fields"]?[0]?["name"]?.string == "email")
        #expect(made.json?["configuration"]?["language"]?.string == "en")
        let sent = self.submit(id, Self.field("email", "ada@example.com"))
        #expect(sent.json?["redirectUri"]?.string == "https://acme.test/thanks")
        self.portal.now += 1_000
        let renamed = self.portal.send(.patch, self.path + id, #"{"name":"Trial"}"#).json
        #expect(renamed?["name"]?.string == "Trial")
        #expect(renamed?["updatedAt"]?.string != renamed?["createdAt"]?.string)
        #expect(self.portal.send(.get, self.path).json?["results"]?.count == 1)
        #expect(self.portal.send(.delete, self.path + id).status == 204)
        #expect(self.portal.send(.get, self.path + id).status == 404)
        #expect(self.portal.send(.get, self.path + id + "?archived=True").status == 200)
        #expect(self.portal.send(.get, self.path).json?["results"]?.count == 0)
        #expect(self.portal.send(.post, self.path, #"{"name":"x"}"#).status == 400)
        let ghost = body.replacing(#""name":"email""#, with: #""name":"ghost""#)
        #expect(self.portal.send(.post, self.path, ghost).status == 400)
    }

    @Test mutating func `forms come in pages, and whole to those who still ask v2`() {
        let ids = (0..<3).map { number in
            self.portal.mock.recordForm(
                "F\(number)",
                fields: [("email", true)],
                at: self.portal.now
            )
        }
        let first = self.portal.send(.get, self.path + "?limit=2").json
        #expect(first?["results"]?.elements.compactMap { $0["id"]?.string } == Array(ids.prefix(2)))
        let after = first?["paging"]?["next"]?["after"]?.string ?? ""
        let last = self.portal.send(.get, self.path + "?limit=2&after=" + after).json
        #expect(last?["results"]?[0]?["id"]?.string == ids[2])
        #expect(last?["paging"] == nil)
        let old = self.portal.send(.get, "/forms/v2/forms").json
        #expect(old?.elements.compactMap { $0["guid"]?.string } == ids)
        #expect(old?[0]?["updatedAt"]?.integer == self.portal.now)
    }

    @Test mutating func `a submission makes or changes the person of its address`() {
        let form = self.form()
        let sent = self.submit(
            form,
            [Self.field("email", "Ada@Example.com"), Self.field("city", "Oslo")]
                .joined(separator: ",")
        )
        #expect(sent.status == 200)
        #expect(sent.json?["inlineMessage"]?.string == "Thanks for submitting the form.")
        _ = self.submit(
            form,
            [Self.field("email", "ada@example.com"), Self.field("city", "Bern")]
                .joined(separator: ",")
        )
        let people = self.portal.mock.export(object: "contacts")
        #expect(people.count == 1)
        #expect(people.first?["city"] == "Bern")
        let change = self.portal.mock.changes.last
        #expect(change?.author.sourceType == "FORM")
        #expect(change?.author.sourceID == form)
        #expect(self.portal.mock.usage.billedCalls() == 0)
    }

    @Test mutating func `submissions are read newest first, and new ones move no page`() {
        let form = self.form()
        for number in 0..<5 {
            self.portal.now += 1_000
            _ = self.submit(form, Self.field("email", "p\(number)@example.com"))
        }
        let path = "/form-integrations/v1/submissions/forms/\(form)"
        let first = self.portal.send(.get, path + "?limit=2").json
        func emails(_ page: JSON?) -> [String] {
            page?["results"]?.elements.compactMap { $0["values"]?[0]?["value"]?.string } ?? []
        }
        #expect(emails(first) == ["p4@example.com", "p3@example.com"])
        #expect(first?["results"]?[0]?["submittedAt"]?.integer == self.portal.now)
        #expect(first?["results"]?[0]?["pageUrl"]?.string == "https://acme.test/pricing")
        #expect(first?["results"]?[0]?["conversionId"]?.string?.isEmpty == false)
        _ = self.submit(form, Self.field("email", "late@example.com"))
        let after = first?["paging"]?["next"]?["after"]?.string ?? ""
        let second = self.portal.send(.get, path + "?limit=2&after=" + after).json
        #expect(emails(second) == ["p2@example.com", "p1@example.com"])
        let last = second?["paging"]?["next"]?["after"]?.string ?? ""
        let third = self.portal.send(.get, path + "?limit=50&after=" + last).json
        #expect(emails(third) == ["p0@example.com"])
        #expect(third?["paging"] == nil)
        #expect(self.portal.send(.get, path + "?after=-7").json?["results"]?.count == 0)
        #expect(self.portal.send(.get, path + "x").status == 404)
    }

    @Test(arguments: [
        (#"{"name":"city","value":"Oslo"}"#, "REQUIRED_FIELD"),
        (#"{"name":"email","value":"nobody"}"#, "INVALID_EMAIL"),
        (
            #"{"name":"email","value":"a@example.com"},{"name":"phone","value":"1"}"#,
            "FIELD_NOT_IN_FORM_DEFINITION"
        ),
    ])
    mutating func `a submission that does not fit is refused with its errorType`(
        fields: String,
        error: String
    ) {
        let form = self.form()
        let reply = self.submit(form, fields)
        #expect(reply.status == 400)
        #expect(reply.json?["message"]?.string == "The request is not valid")
        #expect(reply.json?["errors"]?[0]?["errorType"]?.string == error)
        #expect(self.portal.mock.export(object: "contacts").isEmpty)
    }

    @Test mutating func `a token may send other fields, and faster`() {
        let form = self.form()
        let fields = [Self.field("email", "a@example.com"), Self.field("phone", "1")]
            .joined(separator: ",")
        #expect(self.submit(form, fields, secure: true).status == 200)
        #expect(self.portal.mock.export(object: "contacts").first?["phone"] == "1")
        #expect(self.submit(form, fields, portal: "7").status == 404)
        #expect(self.submit("nobody", fields).status == 404)
        for _ in 0..<50 {
            #expect(self.submit(form, Self.field("email", "a@example.com")).status == 200)
        }
        #expect(self.submit(form, Self.field("email", "a@example.com")).status == 429)
        #expect(self.submit(form, fields, secure: true).status == 200)
    }
}
