import SyncCore
import Testing

struct DailyUsageTests {
    @Test(arguments: [
        ("api-usage=18/15000", 18, 15_000),
        ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample)", 25, 5_000),
        ("per-app-api-usage=17/250(appName=sample); api-usage=25/5000", 25, 5_000),
    ])
    func `Salesforce's usage header is read`(header: String, used: Int, allowed: Int) {
        let usage = DailyUsage(headers: [("Date", "x"), ("sforce-limit-info", header)])
        #expect(usage == DailyUsage(used: used, allowed: allowed))
    }

    @Test(arguments: ["per-app-api-usage=17/250", "api-usage=x/y", "api-usage=1/0", ""])
    func `what says nothing is no number`(header: String) {
        #expect(DailyUsage(headers: [("Sforce-Limit-Info", header)]) == nil)
    }

    @Test(arguments: [true, false])
    func `HubSpot's two headers make one number, whichever comes first`(allowedFirst: Bool) {
        let headers = [
            ("X-HubSpot-RateLimit-Daily", "1000"), ("X-HubSpot-RateLimit-Daily-Remaining", "40"),
        ]
        let ordered = allowedFirst ? headers : headers.reversed()
        #expect(DailyUsage(headers: ordered) == DailyUsage(used: 960, allowed: 1_000))
        #expect(DailyUsage(headers: [headers[0]]) == nil, "an OAuth app's or a search's reply")
        #expect(DailyUsage(headers: [headers[1]]) == nil)
    }

    /// A proxy's nonsense stopped the process: the share of such a day cannot be reckoned.
    @Test func `numbers that no day has are bounded`() {
        let salesforce = DailyUsage(headers: [
            ("Sforce-Limit-Info", "api-usage=-9223372036854775808/9223372036854775807")
        ])
        #expect(salesforce == DailyUsage(used: 0, allowed: 1_000_000_000_000))
        let hubspot = DailyUsage(headers: [
            ("X-HubSpot-RateLimit-Daily", "9223372036854775807"),
            ("X-HubSpot-RateLimit-Daily-Remaining", "-9223372036854775808"),
        ])
        #expect(hubspot == DailyUsage(used: 1_000_000_000_000, allowed: 1_000_000_000_000))
    }
}
