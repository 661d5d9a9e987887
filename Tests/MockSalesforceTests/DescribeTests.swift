import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct DescribeTests {
    @Test func `a field has every key that recorded replies have`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.get, "/sobjects/contact/describe")
        let keys = Set(reply.json["fields"]?[0]?.members.map(\.name) ?? [])
        let recorded = """
            aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula \
            cascadeDelete caseSensitive compoundFieldName controllerName createable custom \
            defaultValue defaultValueFormula defaultedOnCreate dependentPicklist \
            deprecatedAndHidden digits displayLocationInDecimal encrypted externalId \
            extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable \
            highScaleNumber htmlFormatted idLookup inlineHelpText label length mask maskType name \
            nameField namePointing nillable permissionable picklistValues polymorphicForeignKey \
            precision queryByDistance referenceTargetField referenceTo relationshipName \
            relationshipOrder restrictedDelete restrictedPicklist scale searchPrefilterable \
            soapType sortable type unique updateable writeRequiresMasterRead
            """
        #expect(keys == Set(recorded.split(separator: " ").map(String.init)))
    }

    @Test func `twenty-six objects are listed and described`() {
        var rehearsal = Rehearsal()
        let listed = rehearsal.send(.get, "/sobjects").json["sobjects"]?.elements ?? []
        let names = listed.compactMap { $0["name"]?.string }
        #expect(
            Set(names) == [
                "Account", "Contact", "Lead", "Opportunity", "OpportunityContactRole", "Case",
                "Campaign", "CampaignMember", "Task", "Event", "User", "Organization",
                "RecordType", "LeadStatus", "OpportunityStage", "CaseStatus", "TaskStatus",
                "Profile", "UserRole", "PermissionSet", "PermissionSetAssignment",
                "ObjectPermissions", "Product2", "Pricebook2", "PricebookEntry",
                "OpportunityLineItem",
            ]
        )
        #expect(names.count == 26)
        for name in names {
            let reply = rehearsal.send(.get, "/sobjects/\(name)/describe")
            #expect(reply.json["name"]?.string == name)
            #expect(reply.json["fields"]?.elements.contains { $0["name"]?.string == "Id" } == true)
        }
    }

    @Test func `labels have their plural`() {
        var rehearsal = Rehearsal()
        let listed = rehearsal.send(.get, "/sobjects").json["sobjects"]?.elements ?? []
        let plurals = Set(listed.compactMap { $0["labelPlural"]?.string })
        for plural in ["Contacts", "Opportunities", "Lead Statuses", "Cases", "Object Permissions"]
        {
            #expect(plurals.contains(plural), "\(plural)")
        }
        // As CumulusCI has recorded them.
        let labels = Dictionary(
            uniqueKeysWithValues: listed.map { object in
                ["name", "label", "labelPlural"].map { object[$0]?.string ?? "" }
            }
            .map { ($0[0], [$0[1], $0[2]]) }
        )
        #expect(labels["CampaignMember"] == ["Campaign Member", "Campaign Members"])
        #expect(
            labels["OpportunityContactRole"]
                == ["Opportunity Contact Role", "Opportunity Contact Role"]
        )
        #expect(labels["UserRole"] == ["Role", "Role"])
        let urls = listed.first { $0["name"]?.string == "Account" }?["urls"]
        #expect(
            urls?["layouts"]?.string == "/services/data/v62.0/sobjects/Account/describe/layouts"
        )
    }

    @Test func `every version that is listed is answered, and no other`() {
        var rehearsal = Rehearsal()
        func ask(_ path: String, _ rehearsal: inout Rehearsal) -> Answer {
            let request = HTTPRequest(
                method: .get,
                url: "https://acme.my.salesforce.com/services/data" + path,
                headers: [HTTPHeader("Authorization", "Bearer \(rehearsal.token)")]
            )
            return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        }
        let listed = ask("", &rehearsal).json.elements
        #expect(listed.first?["label"]?.string == "Summer '14")
        #expect(listed.last?["label"]?.string == "Winter '27")
        #expect(listed.last?["version"]?.string == "68.0")
        for version in listed {
            let path = "/v" + (version["version"]?.string ?? "") + "/limits"
            #expect(ask(path, &rehearsal).status == 200, "\(path)")
        }
        for version in ["v30.0", "v69.0", "v62", "v62.5", "62.0", "vinf", "v1e300"] {
            let refused = ask("/\(version)/limits", &rehearsal)
            #expect(refused.status == 404, "\(version)")
            #expect(refused.errorCode == "NOT_FOUND")
        }
    }

    @Test func `the key of the sync is a unique external id of 18 characters`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.get, "/sobjects/Lead/describe")
        let field = reply.json["fields"]?.elements.first {
            $0["name"]?.string == "HubSpot_Record_ID__c"
        }
        #expect(field?["length"]?.integer == 18)
        for flag in ["externalId", "unique", "caseSensitive", "idLookup", "custom", "createable"] {
            #expect(field?[flag]?.boolean == true, "\(flag)")
        }
    }

    @Test func `the resources name who asks, and an old version its own limits`() {
        var rehearsal = Rehearsal()
        let resources = rehearsal.send(.get, "").json
        let user = rehearsal.mock.settings.credentials[0].userID
        #expect(
            resources["identity"]?.string
                == "https://acme.my.salesforce.com/id/\(rehearsal.mock.organizationID)/\(user)"
        )
        #expect(resources["tooling"]?.string == "/services/data/v62.0/tooling")
        func limits(_ version: String) -> [String] {
            let request = HTTPRequest(
                method: .get,
                url: "https://acme.my.salesforce.com/services/data/v\(version)/limits",
                headers: [HTTPHeader("Authorization", "Bearer \(rehearsal.token)")]
            )
            let reply = Answer(rehearsal.mock.handle(request, at: rehearsal.now))
            return reply.json.members.map(\.name).filter { $0.hasPrefix("DailyBulkApi") }
        }
        #expect(limits("41.0") == ["DailyBulkApiRequests"])
        #expect(limits("62.0") == ["DailyBulkApiBatches"])
    }

    @Test func `a describe is 304 until a field is removed`() {
        var rehearsal = Rehearsal()
        let since = [HTTPHeader("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")]
        #expect(rehearsal.send(.get, "/sobjects/Lead/describe", headers: since).status == 304)
        rehearsal.mock.removeField("Title", of: "Lead", at: rehearsal.now)
        let reply = rehearsal.send(.get, "/sobjects/Lead/describe", headers: since)
        #expect(reply.status == 200)
        #expect(!reply.text.contains(#""name":"Title""#))
        #expect(rehearsal.query("SELECT Title FROM Lead").errorCode == "INVALID_FIELD")
    }

    @Test func `every reply carries the server's date`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.get, "/sobjects")
        #expect(reply.header("Date") == "Mon, 21 Sep 2026 14:13:20 GMT")
        #expect(reply.json["sobjects"]?.elements.contains { $0["name"]?.string == "Lead" } == true)
    }

    @Test func `pretty printing changes blanks only`() {
        var rehearsal = Rehearsal()
        let pretty = rehearsal.send(
            .get,
            "/sobjects/Nope",
            headers: [HTTPHeader("X-PrettyPrint", "1")]
        )
        #expect(
            pretty.text == """
                [ {
                    "errorCode" : "NOT_FOUND",
                    "message" : "The requested resource does not exist"
                  } ]
                """
        )
    }

    @Test func `stages and statuses can be read once to map pipelines`() {
        var rehearsal = Rehearsal()
        #expect(
            rehearsal.column(
                "ApiName",
                "SELECT ApiName FROM OpportunityStage WHERE IsClosed = true ORDER BY SortOrder"
            ) == ["Closed Won", "Closed Lost"]
        )
        #expect(
            rehearsal.column("ApiName", "SELECT ApiName FROM TaskStatus WHERE IsDefault = true")
                == ["Not Started"]
        )
        #expect(
            rehearsal.column("ApiName", "SELECT ApiName FROM CaseStatus WHERE IsClosed = true")
                == ["Closed"]
        )
        var settings = MockSalesforceSettings()
        settings.listsProcesses = false
        var plain = Rehearsal(settings)
        #expect(plain.column("Id", "SELECT Id FROM OpportunityStage").isEmpty)
    }

    @Test func `the org and its users can be queried`() {
        var rehearsal = Rehearsal()
        #expect(
            rehearsal.column("OrganizationType", "SELECT OrganizationType FROM Organization")
                == ["Enterprise Edition"]
        )
        #expect(
            rehearsal.column("Name", "SELECT Name FROM User WHERE IsActive = true ORDER BY Name")
                == ["Ada Admin", "Integration User", "Sam Seller"]
        )
    }
}
