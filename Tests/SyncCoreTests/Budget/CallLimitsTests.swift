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

    @Test func `the day's calls bound what the windows allow`() throws {
        var limits = CallLimits(side: .salesforce)
        let first = limits.take(isSearch: false, isFree: false, now: 0)
        let place = try #require(Self.place(first))
        limits.sent(1, in: place, cost: 1, BudgetUse(.field), now: 0)
        limits.ended(1, usage: DailyUsage(used: 950, allowed: 1_000), now: 10)
        limits.finished(place, now: 10)
        let answer = limits.take(isSearch: false, isFree: false, now: 11)
        #expect(Self.isExhausted(answer))
        let token = limits.take(isSearch: false, isFree: true, now: 11)
        #expect(Self.place(token) != nil, "tokens are free")
        let held = limits.refusal(inHold: BudgetUse(.field), now: 11)
        #expect(held?.code == .limitReached)
    }

    @Test func `a CRM's own refusal is believed for a while`() {
        var limits = CallLimits(side: .hubspot)
        let id = limits.take(isSearch: false, isFree: false, now: 0)
        if let place = Self.place(id) {
            limits.sent(1, in: place, cost: 1, BudgetUse(.field), now: 0)
            limits.ended(1, usage: DailyUsage(used: 1, allowed: 1_000), now: 1)
            limits.finished(place, now: 1)
        }
        limits.refused(forMilliseconds: 3_600_000, now: 1)
        let early = limits.take(isSearch: false, isFree: false, now: 900_000)
        #expect(Self.isExhausted(early))
        // After it one call in a while asks whether it still holds: a tenth of our share at most.
        let next = limits.take(isSearch: false, isFree: false, now: 900_001)
        #expect(Self.isExhausted(next))
        let late = limits.take(isSearch: false, isFree: false, now: 1_728_001)
        #expect(Self.place(late) != nil)
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
