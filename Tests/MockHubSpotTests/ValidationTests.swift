import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Administrators' rules for values, and limits of associations.
struct ValidationTests {
    private var portal = Portal()
    private static let new = "/crm/objects/2026-09/contacts"
    private static let old = "/crm/v3/objects/contacts"

    @Test(arguments: [
        (MockHubSpotRule.Kind.maxLength, ["4"], "Oslo", "Bergen"),
        (.minLength, ["3"], "Oslo", "Os"), (.alphanumeric, [], "Oslo1", "Os lo"),
        (.specialCharacters, [], "Os lo", "Os-lo"), (.whitespace, [], "Oslo", "Os lo"),
        (.regex, ["[A-Z][a-z]+"], "Oslo", "oslo"), (.regex, ["("], "anything", ""),
        (.minNumber, ["10"], "10", "9.5"), (.maxNumber, ["10"], "10", "10.5"),
        (.decimal, ["2"], "1.25", "1.255"), (.alphanumeric, ["NUMERIC_ONLY"], "12", "1a"),
        (.email, [], "a@b.test", "a@b"), (.emailAllowedDomains, ["b.test"], "a@b.test", "a@c.test"),
        (.emailBlockedDomains, ["c.test"], "a@b.test", "a@x.c.test"),
        (.domain, [], "b.test", "b"), (.url, [], "https://b.test/x", "b"),
        (.urlAllowedDomains, ["b.test"], "www.b.test", "c.test"),
        (.urlBlockedDomains, ["c.test"], "b.test", "https://c.test"),
        (.phoneNumber, [], "+47 22 33 44 55", "22334455"),
        (.startDate, ["2026-01-01"], "2026-01-01", "2025-12-31"),
        (.endDatetime, ["1767225600000"], "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"),
        (.daysOfWeek, ["THURSDAY"], "1970-01-01", "1969-12-31"),
        (.beforeDuration, ["1"], "anything", ""), (.format, ["DECIMAL"], "anything", ""),
    ])
    mutating func `a rule admits one value and refuses another, on 2026-09 only`(
        kind: MockHubSpotRule.Kind,
        arguments: [String],
        good: String,
        bad: String
    ) {
        let rule = MockHubSpotRule(kind, arguments, of: "city", type: "0-1")
        self.portal.mock.settings.propertyRules = [rule]
        let body = #"{"properties":{"city":"\#(good)","lastname":"x"}}"#
        #expect(self.portal.send(.post, Self.new, body).status == 201)
        let shown = self.portal.send(.get, "/crm/property-validations/2026-09/0-1/city").json
        let rules = shown?["results"]?.elements.compactMap { $0["ruleType"]?.string }
        #expect(rules == [kind.rawValue])
        guard !bad.isEmpty else { return }
        let wrong = #"{"properties":{"city":"\#(bad)","lastname":"x"}}"#
        let refused = self.portal.send(.post, Self.new, wrong)
        #expect(refused.status == 400)
        #expect(refused.json?["category"]?.string == "VALIDATION_ERROR")
        #expect(refused.json?["errors"]?[0]?["code"]?.string == kind.rawValue)
        let name = refused.json?["errors"]?[0]?["context"]?["propertyName"]?[0]?.string
        #expect(name == "city")
        #expect(self.portal.send(.post, Self.old, wrong).status == 201)
        #expect(self.portal.send(.post, "/crm/objects/2026-03/contacts", wrong).status == 201)
    }

    @Test mutating func `a required property is asked for when a record is made`() {
        self.portal.mock.settings.requirements = [MockHubSpotRequirement("phone", type: "0-1")]
        let body = #"{"properties":{"lastname":"x"}}"#
        let refused = self.portal.send(.post, Self.new, body).json
        #expect(refused?["errors"]?[0]?["code"]?.string == "MISSING_REQUIRED_PROPERTY")
        let made = self.portal.send(.post, Self.old, body).json?["id"]?.string ?? ""
        #expect(self.portal.send(.patch, Self.new + "/" + made, body).status == 200)
        let batch = #"""
            {"inputs":[{"objectWriteTraceId":"1","properties":{"lastname":"x"}},
            {"objectWriteTraceId":"2","properties":{"lastname":"y","phone":"1"}}]}
            """#
        let reply = self.portal.send(.post, Self.new + "/batch/create", batch)
        #expect(reply.status == 207)
        #expect(reply.json?["results"]?.count == 1)
        #expect(reply.json?["errors"]?[0]?["context"]?["objectWriteTraceId"]?[0]?.string == "1")
    }

    @Test mutating func `a property is required where another has a value`() {
        self.portal.mock.settings.requirements = [
            MockHubSpotRequirement(
                "hs_lead_status",
                type: "0-1",
                when: .init("lifecyclestage", is: ["lead"])
            )
        ]
        let id = self.portal.make("contacts", #""lastname":"x""#)
        let path = Self.new + "/" + id
        let lead = #"{"properties":{"lifecyclestage":"lead"}}"#
        let refused = self.portal.send(.patch, path, lead)
        #expect(refused.status == 400)
        let message = refused.json?["errors"]?[0]?["message"]?.string
        #expect(message == "hs_lead_status is required when lifecyclestage is lead")
        let other = #"{"properties":{"lifecyclestage":"customer"}}"#
        #expect(self.portal.send(.patch, path, other).status == 200)
        let both = #"{"properties":{"lifecyclestage":"lead","hs_lead_status":"NEW"}}"#
        #expect(self.portal.send(.patch, path, both).status == 200)
        // What is required may not be taken away either.
        let clear = #"{"properties":{"hs_lead_status":""}}"#
        #expect(self.portal.send(.patch, path, clear).status == 400)
        #expect(self.portal.send(.patch, Self.old + "/" + id, clear).status == 200)
    }

    @Test mutating func `rules are read and set`() {
        let base = "/crm/property-validations/2026-09/0-1"
        #expect(self.portal.send(.get, base).json?["results"]?.count == 0)
        let rule = #"{"ruleArguments":["10"],"shouldApplyNormalization":true}"#
        let set = self.portal.send(.put, base + "/city/rule-type/MAX_LENGTH", rule)
        #expect(set.status == 204)
        let all = self.portal.send(.get, "/crm/v3/property-validations/contacts").json?["results"]
        #expect(all?[0]?["propertyName"]?.string == "city")
        let one = all?[0]?["propertyValidationRules"]?[0]
        #expect(one?["ruleType"]?.string == "MAX_LENGTH")
        #expect(one?["ruleArguments"]?[0]?.string == "10")
        #expect(one?["shouldApplyNormalization"]?.boolean == true)
        let own = self.portal.send(.get, base + "/city").json?["results"]
        #expect(own?[0]?["ruleType"]?.string == "MAX_LENGTH")
        #expect(self.portal.send(.get, base + "/nope").status == 404)
        #expect(self.portal.send(.put, base + "/city/rule-type/NOPE", rule).status == 400)
        #expect(self.portal.send(.put, base + "/city/rule-type/REGEX", "{}").status == 400)
        #expect(self.portal.send(.get, "/crm/property-validations/2026-09/x").status == 400)
    }

    // MARK: - Associations

    private func pairs(_ contact: String, _ companies: [String]) -> String {
        let kind = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"#
        let inputs = companies.map {
            #"{"from":{"id":"\#(contact)"},"to":{"id":"\#($0)"},"types":\#(kind)}"#
        }
        return #"{"inputs":[\#(inputs.joined(separator: ","))]}"#
    }

    @Test mutating func `an administrator bounds one kind of tie`() {
        let base = "/crm/v4/associations/definitions/configurations"
        let body = #"{"inputs":[{"category":"HUBSPOT_DEFINED","typeId":279,"maxToObjectIds":1}]}"#
        let made = self.portal.send(.post, base + "/contacts/companies/batch/create", body)
        #expect(made.status == 201)
        let shown = self.portal.send(.get, base + "/all").json?["results"]
        #expect(shown?[0]?["userEnforcedMaxToObjectIds"]?.integer == 1)
        #expect(shown?[0]?["typeId"]?.integer == 279)
        let contact = self.portal.make("contacts", #""lastname":"x""#)
        let companies = ["A", "B"].map { self.portal.make("companies", #""name":"\#($0)""#) }
        let path = "/crm/v4/associations/contacts/companies/batch/create"
        let reply = self.portal.send(.post, path, self.pairs(contact, companies))
        #expect(reply.status == 207)
        #expect(reply.json?["results"]?.count == 1)
        #expect(
            reply.json?["errors"]?[0]?["message"]?.string
                == "Record \(contact) has reached its limit of 1 associations of type 279"
        )
        // The same tie again is no new one; the other one is refused alone, too.
        let first = self.pairs(contact, [companies[0]])
        #expect(self.portal.send(.post, path, first).status == 201)
        let alone = "/crm/v4/objects/contacts/\(contact)/associations/default/companies/"
        #expect(self.portal.send(.put, alone + companies[1]).status == 400)
        // From the other side it is the same tie.
        let back = "/crm/v4/objects/companies/\(companies[1])/associations/default/contacts/"
        #expect(self.portal.send(.put, back + contact).status == 400)
        let purge = base + "/contacts/companies/batch/purge"
        #expect(self.portal.send(.post, purge, body).status == 204)
        #expect(self.portal.send(.put, alone + companies[1]).status == 200)
        let bad = body.replacing("279", with: "280")
        #expect(
            self.portal.send(.post, base + "/contacts/companies/batch/update", bad).status == 400
        )
    }

    @Test mutating func `a record is tied to so many, and the limits show it`() {
        self.portal.mock.settings.accountLimits.associations = 5
        let contact = self.portal.make("contacts", #""lastname":"x""#)
        let companies = (0..<6).map { self.portal.make("companies", #""name":"C\#($0)""#) }
        let path = "/crm/v4/associations/contacts/companies/batch/create"
        let reply = self.portal.send(.post, path, self.pairs(contact, companies))
        #expect(reply.json?["results"]?.count == 5)
        #expect(reply.json?["numErrors"]?.integer == 1)
        let limits = "/crm/limits/2026-09/associations/records"
        let one = self.portal.send(.get, limits + "/0-1/0-2").json
        #expect(one?["limit"]?.integer == 5)
        #expect(one?["totalRecordsAtLimit"]?.integer == 1)
        #expect(one?["atLimitFromRecordSamples"]?[0]?["objectId"]?.integer == Int64(contact))
        #expect(one?["atLimitFromRecordSamples"]?[0]?["label"]?.string == "x")
        let from = self.portal.send(.get, limits + "/from").json?["results"]
        #expect(from?[0]?["objectTypeId"]?.string == "0-1")
        #expect(from?[0]?["hasRecordsAtLimit"]?.boolean == true)
        #expect(from?[0]?["hasRecordsNearLimit"]?.boolean == false)
        let to = self.portal.send(.get, limits + "/0-1/to").json?["results"]
        #expect(to?[0]?["objectTypeId"]?.string == "0-2")
        let inline = #"""
            {"properties":{"name":"N"},"associations":[{"to":{"id":"\#(contact)"},
            "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":280}]}]}
            """#
        #expect(self.portal.send(.post, "/crm/v3/objects/companies", inline).status == 400)
    }

    @Test mutating func `a pair of object types has ten labels`() {
        let path = "/crm/v4/associations/contacts/companies/labels"
        for number in 0..<10 {
            let body = #"{"label":"L\#(number)","name":"l\#(number)"}"#
            #expect(self.portal.send(.post, path, body).status == 200)
        }
        let over = self.portal.send(.post, path, #"{"label":"L10","name":"l10"}"#)
        #expect(over.status == 400)
        let query = "?fromObjectTypeId=0-1&toObjectTypeId=0-2"
        let limits = self.portal.send(.get, "/crm/v3/limits/associations/labels" + query).json
        let pair = limits?["results"]?[0]
        #expect(limits?["results"]?.count == 1)
        #expect(pair?["usage"]?.integer == 10)
        #expect(pair?["percentage"]?.double == 100)
        #expect(pair?["allLabels"]?[9]?.string == "L9")
        #expect(pair?["toObjectType"]?["objectTypeId"]?.string == "0-2")
    }
}
