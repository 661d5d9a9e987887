import SyncCore
import Testing

struct SweepClockTests {
    private static let hour: Int64 = 3_600_000

    @Test func `a walk begins an interval after the first start, and then after its last start`() {
        var clock = SweepClock(now: 0, interval: Self.hour)
        #expect(!clock.isDue(now: Self.hour - 1))
        #expect(clock.isDue(now: Self.hour))
        #expect(clock.seenUntil == nil)
        clock.took(calls: 1, next: "100", interval: Self.hour, dailyMax: 2_400)
        #expect(clock.isDue(now: Self.hour))
        #expect(clock.place == "100")
        clock.took(calls: 1, next: nil, interval: Self.hour, dailyMax: 2_400)
        #expect(clock.seenUntil == Self.hour)
        #expect(clock.place == nil)
        #expect(!clock.isDue(now: 2 * Self.hour - 1))
        #expect(clock.isDue(now: 2 * Self.hour))
    }

    @Test func `a long walk keeps to its share of the day`() {
        var clock = SweepClock(now: 0, interval: 0)
        for page in 1..<240 {
            clock.took(calls: 1, next: "\(page)", interval: Self.hour, dailyMax: 2_400)
        }
        clock.took(calls: 1, next: nil, interval: Self.hour, dailyMax: 2_400)
        // 240 calls are a tenth of a day's 2,400.
        #expect(!clock.isDue(now: 8_639_999))
        #expect(clock.isDue(now: 8_640_000))
    }

    @Test func `what was put off is done once`() {
        var clock = SweepClock(now: 0, interval: Self.hour)
        clock.begins(now: 10 * Self.hour)
        clock.took(calls: 1, next: nil, interval: Self.hour, dailyMax: 2_400)
        #expect(!clock.isDue(now: 11 * Self.hour - 1))
    }
}
