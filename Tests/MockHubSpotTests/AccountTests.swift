import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What the account says of itself: details, usage, limits, currencies, people.
struct AccountTests {
    private var portal = Portal()

    @Test mutating func `the details hold every field of their schema`() {
        let old = self.portal.send(.get, "/account-info/v3/details").json
        #expect(
            old?.members.map(\.name) == [
                "portalId", "accountType", "timeZone", "companyCurrency", "additionalCurrencies",
                "utcOffset", "utcOffsetMilliseconds", "uiDomain", "dataHostingLocation",
            ]
        )
        #expect(old?["utcOffset"]?.string == "-04:00")
        #expect(old?["utcOffsetMilliseconds"]?.integer == -14_400_000)
        self.portal.mock.settings.utcOffset = 19_800_000
        let new = self.portal.send(.get, "/account-info/2026-09/details").json
        #expect(new?["utcOffset"]?.string == "+05:30")
        #expect(new?["createdAt"]?.integer == 1_577_836_800_000)
        #expect(self.portal.send(.get, "/account-info/v3/nothing").status == 404)
        #expect(self.portal.send(.post, "/account-info/v3/details").status == 405)
    }

    @Test mutating func `usage is counted anew every five minutes`() {
        let path = "/account-info/2026-09/api-usage/daily/private-apps"
        _ = self.portal.send(.get, "/crm/v3/owners")
        let first = self.portal.send(.get, path).json?["results"]?[0]
        // The call that asks is counted as well.
        #expect(first?["currentUsage"]?.integer == 2)
        #expect(first?["usageLimit"]?.integer == 625_000)
        #expect(first?["fetchStatus"]?.string == "SUCCESS")
        #expect(first?["collectedAt"]?.string == "2026-09-21T14:13:20Z")
        // Midnight of the account's time zone.
        #expect(first?["resetsAt"]?.string == "2026-09-22T04:00:00Z")
        self.portal.now += 299_999
        let cached = self.portal.send(.get, path).json?["results"]?[0]
        #expect(cached?["currentUsage"]?.integer == 2)
        #expect(cached?["fetchStatus"]?.string == "CACHED")
        #expect(cached?["collectedAt"]?.string == "2026-09-21T14:13:20Z")
        self.portal.now += 1
        let again = self.portal.send(.get, path).json?["results"]?[0]
        #expect(again?["currentUsage"]?.integer == 4)
        #expect(again?["fetchStatus"]?.string == "SUCCESS")
    }

    private func entry(_ json: JSON?, _ type: String) -> JSON? {
        json?.elements.first { $0["objectTypeId"]?.string == type }
    }

    @Test mutating func `limits tell what is used of each object type`() {
        _ = self.portal.make("companies", #""name":"Acme""#)
        let gone = self.portal.make("companies", #""name":"Bolt""#)
        _ = self.portal.send(.delete, "/crm/v3/objects/companies/\(gone)")
        let records = self.portal.send(.get, "/crm/v3/limits/records").json
        let companies = self.entry(records?["hubspotDefinedObjectTypes"], "0-2")
        #expect(companies?["usage"]?.integer == 1)
        #expect(companies?["limit"]?.integer == 15_000_000)
        #expect(companies?["singularLabel"]?.string == "Company")
        #expect(companies?["pluralLabel"]?.string == "Companies")
        #expect(companies?["percentage"]?.double.map { $0 > 0 && $0 < 0.001 } == true)
        #expect(records?["customObjectTypes"]?["overallUsage"]?.integer == 0)
        let pipelines = self.portal.send(.get, "/crm/limits/2026-09/pipelines").json
        let deals = self.entry(pipelines?["hubspotDefinedObjectTypes"], "0-3")
        #expect(deals?["usage"]?.integer == 1)
        #expect(self.entry(pipelines?["hubspotDefinedObjectTypes"], "0-1") == nil)
    }

    @Test mutating func `properties and custom object types have limits`() {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"model",
            "properties":[{"name":"model","label":"M","type":"string","fieldType":"text"}]}
            """#
        #expect(self.portal.send(.post, "/crm/v3/schemas", schema).status == 201)
        let custom = self.portal.send(.get, "/crm/v3/limits/custom-properties").json
        #expect(custom?["overallLimit"]?.integer == 10_000)
        // The two keys of contacts, one of each other object that is synced, and the model of cars.
        #expect(custom?["overallUsage"]?.integer == 11)
        #expect(self.entry(custom?["byObjectType"], "0-1")?["limit"]?.integer == 1_000)
        let calculated = self.portal.send(.get, "/crm/v3/limits/calculated-properties").json
        #expect(calculated?["overallUsage"]?.integer == 0)
        #expect(self.entry(calculated?["byObjectType"], "0-1")?["usage"]?.integer == 0)
        let types = self.portal.send(.get, "/crm/v3/limits/custom-object-types").json
        #expect(types?["usage"]?.integer == 1)
        #expect(types?["percentage"]?.double == 10)
        let records = self.portal.send(.get, "/crm/v3/limits/records").json?["customObjectTypes"]
        #expect(records?["byObjectType"]?[0]?["objectTypeId"]?.string == "2-1")
    }

    @Test mutating func `object types can be switched off`() {
        self.portal.mock.settings.disabled = ["0-136"]
        let all = self.portal.send(.get, "/crm/object-library/2026-09/enablement").json
        #expect(all?["enablementByObjectTypeId"]?["0-136"]?.boolean == false)
        #expect(all?["enablementByObjectTypeId"]?["0-3"]?.boolean == true)
        let one = self.portal.send(.get, "/crm/object-library/2026-03/enablement/0-136").json
        #expect(one?["enablement"]?.boolean == false)
        #expect(self.portal.send(.get, "/crm/object-library/2026-03/enablement/x").status == 400)
    }

    @Test mutating func `currencies have codes and rates`() {
        self.portal.mock.settings.currencies = [
            MockHubSpotCurrency(id: "1", code: "EUR", rate: "1.1")
        ]
        let base = "/settings/currencies/2026-09"
        let own = self.portal.send(.get, base + "/company-currency").json
        #expect(own?["currencyCode"]?.string == "USD")
        let rates = self.portal.send(.get, base + "/exchange-rates/current").json?["results"]
        #expect(rates?[0]?["fromCurrencyCode"]?.string == "EUR")
        #expect(rates?[0]?["toCurrencyCode"]?.string == "USD")
        #expect(rates?[0]?["conversionRate"]?.double == 1.1)
        let codes = self.portal.send(.get, "/settings/v3/currencies/codes").json?["results"]
        #expect(codes?.elements.contains { $0["currencyCode"]?.string == "EUR" } == true)
        let details = self.portal.send(.get, "/account-info/v3/details").json
        #expect(details?["additionalCurrencies"]?[0]?.string == "EUR")
    }

    @Test mutating func `where the vendor's calls come from is told as JSON and as text`() {
        let base = "/meta/network-origins/2026-09/ip-ranges"
        let json = self.portal.send(.get, base + "?direction=EGRESS&service=API").json
        #expect(json?["results"]?.count == 1)
        #expect(json?["results"]?[0]?["cidr"]?.string == "198.51.100.0/24")
        let text = self.portal.raw(.get, base + "/simple?direction=EGRESS")
        #expect(text?.header("Content-Type") == "text/plain;charset=utf-8")
        let body = String(decoding: text?.body ?? [], as: UTF8.self)
        #expect(body == "198.51.100.0/24\n203.0.113.0/25")
    }

    @Test mutating func `the account's people are users and records`() {
        let page = self.portal.send(.get, "/settings/v3/users/?limit=1").json
        #expect(page?["results"]?[0]?["id"]?.string == "5")
        #expect(page?["results"]?[0]?["superAdmin"]?.boolean == true)
        let after = page?["paging"]?["next"]?["after"]?.string ?? ""
        let rest = self.portal.send(.get, "/settings/v3/users?after=\(after)").json
        #expect(rest?["results"]?.elements.compactMap { $0["id"]?.string } == ["6"])
        let mail = "/settings/v3/users/sam.seller%40example.invalid?idProperty=EMAIL"
        #expect(self.portal.send(.get, mail).json?["firstName"]?.string == "Sam")
        #expect(self.portal.send(.get, "/settings/v3/users/7").status == 404)
        let query = "?properties=hs_email,hs_internal_user_id"
        let records = self.portal.send(.get, "/crm/v3/objects/users" + query).json?["results"]
        let mails = records?.elements.compactMap { $0["properties"]?["hs_email"]?.string }
        #expect(mails == ["ada.admin@example.invalid", "sam.seller@example.invalid"])
        #expect(records?[1]?["properties"]?["hs_internal_user_id"]?.string == "6")
    }
}
