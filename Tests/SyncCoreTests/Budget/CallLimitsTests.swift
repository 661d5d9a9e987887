import SyncCore
import Testing

struct CallLimitsTests {
    private static func place(_ take: CallLimits.Take) -> CallLimits.Place? {
        if case .granted(let place) = take { return place }
        return nil
    }

    private static func isExhausted(_ take: CallLimits.Take) -> Bool {
        if case .exhausted(let error) = take { return error.code == .limitReached }
        return false
    }

    @Test func `HubSpot's search has a window of its own beside the burst`() throws {
        var limits = CallLimits(side: .hubspot)
        for _ in 0..<4 {
            let answer1 = limits.take(isSearch: true, isFree: false, now: 0)
            let place = try #require(
                Self.place(answer1)
            )
            limits.finished(place, now: 0)
        }
        let answer2 = limits.take(isSearch: true, isFree: false, now: 0)
        #expect(answer2 == .wait(milliseconds: 1_001))
        let answer3 = limits.take(isSearch: false, isFree: false, now: 0)
        #expect(Self.place(answer3) != nil)
    }

    @Test func `a hold takes all its places at once and gives back what it does not use`() throws {
        var limits = CallLimits(side: .hubspot)
        limits.learn(header: "X-HubSpot-RateLimit-Max", value: "3", now: 0)
        let answer4 = limits.hold(3, now: 0)
        let held = try #require(Self.place(answer4))
        let answer5 = limits.take(isSearch: false, isFree: false, now: 0)
        #expect(Self.place(answer5) == nil)
        limits.finished(held, now: 0, isLast: false)
        limits.release(held, unused: 2)
        let answer6 = limits.hold(2, now: 0)
        #expect(Self.place(answer6) != nil)
        let answer7 = limits.hold(1, now: 0)
        let answer8 = limits.hold(1, now: 20_000)
        #expect(answer7 != answer8)
    }

    @Test func `token calls take no place`() {
        var limits = CallLimits(side: .hubspot, concurrentMax: 1)
        _ = limits.take(isSearch: false, isFree: false, now: 0)
        let answer9 = limits.take(isSearch: false, isFree: true, now: 0)
        #expect(Self.place(answer9) != nil)
        let answer10 = limits.take(isSearch: false, isFree: false, now: 0)
        #expect(Self.place(answer10) == nil)
    }

    @Test(arguments: [
        ("api-usage=18/15000", 18, 15_000),
        ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample)", 25, 5_000),
    ])
    func `Salesforce's usage header is read`(header: String, used: Int, allowed: Int) throws {
        let usage = try #require(CallLimits.usage(header))
        #expect(usage.used == used)
        #expect(usage.allowed == allowed)
        #expect(CallLimits.usage("per-app-api-usage=17/250") == nil)
        #expect(CallLimits.usage("api-usage=x/y") == nil)
    }

    @Test func `the org's reserve is left alone, and one call in a quarter of an hour asks again`()
    {
        var limits = CallLimits(side: .salesforce, reservePercent: 5)
        limits.learn(header: "Sforce-Limit-Info", value: "api-usage=949/1000", now: 0)
        let answer11 = limits.take(isSearch: false, isFree: false, now: 0)
        #expect(Self.place(answer11) != nil)
        limits.learn(header: "Sforce-Limit-Info", value: "api-usage=950/1000", now: 0)
        let answer12 = limits.take(isSearch: false, isFree: false, now: 899_999)
        #expect(Self.isExhausted(answer12))
        let answer13 = limits.take(isSearch: false, isFree: false, now: 900_000)
        #expect(Self.place(answer13) != nil)
        let answer14 = limits.take(isSearch: false, isFree: false, now: 900_001)
        #expect(Self.isExhausted(answer14))
        limits.learn(header: "Sforce-Limit-Info", value: "api-usage=10/1000", now: 900_002)
        let answer15 = limits.take(isSearch: false, isFree: false, now: 900_002)
        #expect(Self.place(answer15) != nil)
    }

    @Test(arguments: [true, false])
    func `HubSpot's daily limit counts, whichever header comes first`(allowedFirst: Bool) {
        var limits = CallLimits(side: .hubspot)
        let headers = [
            ("X-HubSpot-RateLimit-Daily", "1000"), ("X-HubSpot-RateLimit-Daily-Remaining", "40"),
        ]
        for (name, value) in allowedFirst ? headers : headers.reversed() {
            limits.learn(header: name, value: value, now: 0)
        }
        let answer16 = limits.take(isSearch: false, isFree: false, now: 1)
        #expect(Self.isExhausted(answer16))
    }

    @Test func `HubSpot's own interval is used`() throws {
        var limits = CallLimits(side: .hubspot)
        limits.learn(header: "x-hubspot-ratelimit-max", value: "1", now: 0)
        limits.learn(header: "x-hubspot-ratelimit-interval-milliseconds", value: "20000", now: 0)
        let answer17 = limits.take(isSearch: false, isFree: false, now: 0)
        let place = try #require(Self.place(answer17))
        limits.finished(place, now: 0)
        let answer18 = limits.take(isSearch: false, isFree: false, now: 1)
        #expect(answer18 == .wait(milliseconds: 20_000))
    }

    @Test func `a restart holds the places of the calls before it`() {
        var limits = CallLimits(side: .hubspot)
        for _ in 0..<4 { limits.restore(answeredAt: 0, isSearch: true) }
        let answer19 = limits.take(isSearch: true, isFree: false, now: 0)
        #expect(answer19 == .wait(milliseconds: 1_001))
    }
}
