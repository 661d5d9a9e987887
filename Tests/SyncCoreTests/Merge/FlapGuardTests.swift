import SyncCore
import Testing

struct FlapGuardTests {
    private static let now: Int64 = 10_000_000

    private static func written(_ side: Side, minutesAgo: Int64, field: Int = 0) -> FlapGuard.Event
    {
        .init(field: field, side: side, isRound: false, at: Self.now - minutesAgo * 60_000)
    }

    private static func round(_ side: Side, minutesAgo: Int64) -> FlapGuard.Event {
        .init(field: 0, side: side, isRound: true, at: Self.now - minutesAgo * 60_000)
    }

    @Test func `a first change and a change of the other side make no round`() {
        #expect(FlapGuard([], now: Self.now).judge(0, changedOn: [.hubspot]) == .calm)
        let written = FlapGuard([Self.written(.salesforce, minutesAgo: 5)], now: Self.now)
        #expect(written.judge(0, changedOn: [.hubspot]) == .calm)
        #expect(written.judge(1, changedOn: [.salesforce]) == .calm)
    }

    @Test func `a change of what was written last is a round, and the fourth is left alone`() {
        var events = [Self.written(.salesforce, minutesAgo: 50)]
        for turn in 0..<3 {
            let ago = Int64(40 - turn * 10)
            #expect(
                FlapGuard(events, now: Self.now).judge(0, changedOn: [.salesforce]) == .round
            )
            events.append(Self.round(.salesforce, minutesAgo: ago))
            events.append(Self.written(.salesforce, minutesAgo: ago - 1))
        }
        #expect(FlapGuard(events, now: Self.now).judge(0, changedOn: [.salesforce]) == .flapping)
        #expect(FlapGuard(events, now: Self.now).judge(0, changedOn: [.hubspot]) == .calm)
    }

    @Test func `two systems that answer each other are stopped as well`() {
        var events = [Self.written(.salesforce, minutesAgo: 50)]
        var side = Side.salesforce
        var verdicts: [FlapGuard.Verdict] = []
        for turn in 0..<4 {
            let ago = Int64(40 - turn * 10)
            verdicts.append(FlapGuard(events, now: Self.now).judge(0, changedOn: [side]))
            events.append(Self.round(side, minutesAgo: ago))
            side = side.other
            events.append(Self.written(side, minutesAgo: ago - 1))
        }
        #expect(verdicts == [.round, .round, .round, .flapping])
    }

    @Test func `after an hour it starts from the beginning`() {
        let old = [
            Self.written(.salesforce, minutesAgo: 70), Self.round(.salesforce, minutesAgo: 65),
        ]
        let guardian = FlapGuard(old, now: Self.now)
        #expect(guardian.isEmpty)
        #expect(guardian.judge(0, changedOn: [.salesforce]) == .calm)
    }
}
