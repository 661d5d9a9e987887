import SyncCore
import Testing

struct BudgetGovernorTests {
    private static let hour: Int64 = 3_600_000

    /// A governor that has sent so many calls and whose last reply told these numbers.
    private static func governor(
        side: Side = .salesforce,
        ours: Int,
        used: Int,
        allowed: Int = 1_000,
        share: Int = 50,
        as priority: PriorityClass = .field,
        _ sabotage: Sabotage? = nil
    ) -> BudgetGovernor {
        var settings = BudgetSettings(side: side)
        settings.sharePercent = share
        var governor = BudgetGovernor(settings: settings, sabotage: sabotage)
        for id in 1...Int64(max(1, ours)) {
            _ = governor.take(BudgetUse(priority), now: id)
            governor.sent(id, cost: 1, BudgetUse(priority), now: id)
            let isLast = id == Int64(ours)
            governor.ended(
                id,
                usage: isLast ? DailyUsage(used: used, allowed: allowed) : nil,
                now: id
            )
        }
        return governor
    }

    private static func reason(_ verdict: BudgetVerdict) -> BudgetVerdict.Reason? {
        if case .deferred(_, let reason) = verdict { return reason }
        return nil
    }

    // MARK: - Classes

    /// Class, our calls so far, and whether another one goes; the share is 500.
    @Test(arguments: [
        (PriorityClass.audit, 249, true), (.audit, 250, false), (.backfill, 349, true),
        (.backfill, 350, false), (.field, 449, true), (.field, 450, false),
        (.ownerAndStage, 464, true), (.ownerAndStage, 465, false), (.newRecord, 479, true),
        (.newRecord, 480, false), (.manual, 489, true), (.manual, 490, false),
    ])
    func `each class stops at its part of the share`(
        priority: PriorityClass,
        ours: Int,
        goes: Bool
    ) {
        // Its last call was just now: it has not waited long.
        let governor = Self.governor(ours: ours, used: ours, as: priority)
        let verdict = governor.verdict(BudgetUse(priority), now: 1_000)
        #expect(verdict.isGranted == goes)
        #expect(Self.reason(verdict) == (goes ? nil : .urgency))
    }

    @Test(arguments: PriorityClass.allCases)
    func `nobody goes over the share`(priority: PriorityClass) {
        let governor = Self.governor(ours: 500, used: 500, as: .audit)
        let verdict = governor.verdict(BudgetUse(priority), now: 1_000)
        #expect(Self.reason(verdict) == .share)
        let poll = governor.verdict(BudgetUse(priority, isPoll: true), now: 20 * Self.hour)
        #expect(Self.reason(poll) == .share)
    }

    @Test(arguments: PriorityClass.allCases)
    func `a class that has waited its longest gets a call of what is left`(
        priority: PriorityClass
    ) {
        let governor = Self.governor(ours: 495, used: 495, as: priority)
        let wait = BudgetSettings(side: .salesforce).waitMax(of: priority)
        let early = governor.verdict(BudgetUse(priority), now: 495 + wait - 1)
        #expect(Self.reason(early) == .urgency)
        guard wait < 24 * Self.hour else { return }
        #expect(governor.verdict(BudgetUse(priority), now: 495 + wait).isGranted)
    }

    @Test func `a hold takes all its calls or none`() {
        var governor = Self.governor(ours: 440, used: 440)
        #expect(!governor.verdict(BudgetUse(.field, calls: 11), now: 1_000).isGranted)
        let answer = governor.take(BudgetUse(.field, calls: 10), now: 1_000)
        #expect(answer.isGranted)
        #expect(!governor.verdict(BudgetUse(.field), now: 1_000).isGranted, "they are promised")
        governor.cancelled(10)
        #expect(governor.verdict(BudgetUse(.field), now: 1_000).isGranted)
    }

    @Test func `small shares still have an order`() {
        let settings = BudgetSettings(side: .salesforce)
        for calls in 0...60 {
            let limits = PriorityClass.allCases.map { settings.limit(of: $0, in: calls) }
            #expect(limits == limits.sorted(by: >))
            #expect(limits.allSatisfy { $0 >= 0 && $0 <= max(0, calls - 1) })
        }
        #expect(settings.limit(of: .manual, in: -5) == 0)
    }

    // MARK: - Others

    @Test func `others' calls shrink what is ours`() {
        // 950 are for everybody, others have 800: 150 are left to us, 135 of them to fields.
        #expect(
            Self.governor(ours: 134, used: 934).verdict(BudgetUse(.field), now: 1_000).isGranted
        )
        let full = Self.governor(ours: 135, used: 935)
        #expect(Self.reason(full.verdict(BudgetUse(.field), now: 1_000)) == .urgency)
        let blind = Self.governor(ours: 135, used: 935, .forgetsForeignCalls)
        #expect(blind.verdict(BudgetUse(.field), now: 1_000).isGranted)
    }

    @Test func `at the reserve one call in a quarter of an hour asks again`() {
        var governor = Self.governor(ours: 1, used: 9_500, allowed: 10_000)
        let quarter: Int64 = 900_000
        #expect(Self.reason(governor.verdict(BudgetUse(.manual), now: quarter)) == .reserve)
        #expect(!governor.verdict(BudgetUse(.field, calls: 2), now: quarter + 1).isGranted)
        let probe = governor.take(BudgetUse(.field, isPoll: true), now: quarter + 1)
        #expect(probe.isGranted)
        let second = governor.verdict(BudgetUse(.manual), now: quarter + 1)
        #expect(!second.isGranted, "one is on its way")
        governor.sent(2, cost: 1, BudgetUse(.field, isPoll: true), now: quarter + 2)
        #expect(!governor.verdict(BudgetUse(.manual), now: quarter + 3).isGranted)
        governor.ended(2, usage: DailyUsage(used: 100, allowed: 10_000), now: quarter + 3)
        #expect(governor.verdict(BudgetUse(.manual), now: quarter + 4).isGranted)
    }

    /// An org whose sessions end after a quarter of an hour, and that had refused a call for the day's
    /// number once: each probe met the end of its session, for ever (found by the simulator).
    @Test func `a probe whose session had ended goes again with a new one, once`() {
        var governor = Self.governor(ours: 1, used: 9_500, allowed: 10_000)
        let quarter: Int64 = 900_000
        let poll = BudgetUse(.field, isPoll: true)
        // The first time the repetition gets no reply, the second time its session has ended as well.
        for round in Int64(1)...2 {
            let start = round * (quarter + 10)
            for step in Int64(0)...1 {
                let id = 2 * round + step
                #expect(governor.take(poll, now: start + step).isGranted)
                governor.sent(id, cost: 1, poll, now: start + step)
                #expect(!governor.verdict(poll, now: start + step).isGranted, "on its way")
                let isUnjudged = step == 0 || round == 2
                governor.ended(id, usage: nil, isUnjudged: isUnjudged, now: start + step)
            }
            #expect(!governor.verdict(poll, now: start + 10).isGranted)
        }
        let now = 3 * (quarter + 10)
        #expect(governor.take(poll, now: now).isGranted)
        governor.sent(6, cost: 1, poll, now: now)
        governor.ended(6, usage: DailyUsage(used: 100, allowed: 10_000), now: now + 1)
        #expect(governor.verdict(poll, now: now + 2).isGranted)
    }

    @Test func `a small share probes no more than a tenth of it`() {
        // 120 a day, 60 ours: six probes a day at most would be every four hours; two is the bound.
        let governor = Self.governor(ours: 1, used: 120, allowed: 120)
        #expect(!governor.verdict(BudgetUse(.field), now: 2 * Self.hour).isGranted)
        #expect(governor.verdict(BudgetUse(.field), now: 2 * Self.hour + 1).isGranted)
    }

    @Test func `a search of HubSpot's is no probe: it tells no number`() {
        let governor = Self.governor(side: .hubspot, ours: 1, used: 9_900, allowed: 10_000)
        let poll = BudgetUse(.field, isPoll: true)
        #expect(!governor.verdict(poll, now: Self.hour).isGranted)
        #expect(governor.wantsUsage(now: Self.hour))
        #expect(!governor.wantsUsage(now: 60_000))
        #expect(governor.verdict(BudgetUse(.manual), now: Self.hour).isGranted)
        let idle = Self.governor(side: .hubspot, ours: 1, used: 100, allowed: 10_000)
        #expect(!idle.wantsUsage(now: Self.hour))
    }

    /// `quota` 14: searches alone ate the whole day, and each 429 was followed by the next call.
    @Test func `a refusal counts although no reply ever told the day's number`() {
        var governor = BudgetGovernor(settings: BudgetSettings(side: .hubspot))
        governor.refused(until: 900_000, now: 0)
        let poll = BudgetUse(.field, isPoll: true)
        #expect(Self.reason(governor.verdict(poll, now: 10_000)) == .refused)
        #expect(Self.reason(governor.verdict(BudgetUse(.manual), now: 10_000)) == .refused)
        #expect(governor.verdict(poll, now: 900_000).isGranted)
    }

    /// `quota` 93: a search went every hour into a day that was known to be over.
    @Test func `after a refusal nothing is left until a reply tells another number`() {
        var governor = Self.governor(side: .hubspot, ours: 10, used: 40, allowed: 100)
        let poll = BudgetUse(.field, isPoll: true)
        #expect(governor.verdict(poll, now: 60_000).isGranted)
        governor.refused(until: 960_000, now: 60_000)
        #expect(Self.reason(governor.verdict(poll, now: 1_000_000)) == .reserve)
        #expect(governor.wantsUsage(now: 10_000_000))
        _ = governor.take(BudgetUse(.manual), now: 10_000_000)
        governor.sent(99, cost: 1, BudgetUse(.manual), now: 10_000_000)
        governor.ended(99, usage: DailyUsage(used: 101, allowed: 1_000), now: 10_000_100)
        #expect(governor.verdict(poll, now: 10_001_000).isGranted)
    }

    @Test func `who has only searched asks for the day's number once in a while`() {
        var governor = BudgetGovernor(settings: BudgetSettings(side: .hubspot))
        func poll(_ id: Int64) {
            let use = BudgetUse(.field, isPoll: true)
            _ = governor.take(use, now: id * 10_000)
            governor.sent(id, cost: 1, use, now: id * 10_000)
            governor.ended(id, usage: nil, now: id * 10_000 + 100)
        }
        for id in Int64(1)...19 { poll(id) }
        #expect(!governor.wantsUsage(now: 195_000))
        poll(20)
        #expect(governor.wantsUsage(now: 205_000))
        // An account whose replies never tell it is not asked with every look.
        governor.sent(21, cost: 1, BudgetUse(.field), now: 205_000)
        governor.ended(21, usage: nil, now: 205_100)
        #expect(!governor.wantsUsage(now: 7_200_000))
        #expect(governor.wantsUsage(now: 7_405_000))
    }

    @Test func `others' pace is carried on between two replies`() {
        var governor = Self.governor(ours: 1, used: 1_001, allowed: 2_000)
        for (id, minute) in zip(Int64(2)..., 1...10) {
            let now = Int64(minute) * 60_000
            _ = governor.take(BudgetUse(.field), now: now)
            governor.sent(id, cost: 1, BudgetUse(.field), now: now)
            let used = 1_000 + 80 * minute + minute + 1
            governor.ended(id, usage: DailyUsage(used: used, allowed: 2_000), now: now)
        }
        // Others: 1,800 of 1,900 at minute 10, 80 more each minute.
        #expect(governor.verdict(BudgetUse(.field), now: 610_000).isGranted)
        let later = governor.verdict(BudgetUse(.field), now: 730_000)
        #expect(Self.reason(later) == .reserve)
    }

    @Test func `what a reply cannot have counted is counted on top`() {
        var governor = Self.governor(ours: 1, used: 940, allowed: 1_000, share: 100)
        // Ten more leave before any reply comes; 950 are for everybody.
        var sent = 0
        for id in Int64(2)...20 where governor.take(BudgetUse(.manual), now: 100).isGranted {
            governor.sent(id, cost: 1, BudgetUse(.manual), now: 100)
            sent += 1
        }
        #expect(sent == 9, "the last one is for who waited the longest")
        // The first one's reply may have overtaken the others.
        governor.ended(2, usage: DailyUsage(used: 941, allowed: 1_000), now: 200)
        #expect(!governor.verdict(BudgetUse(.manual, calls: 3), now: 201).isGranted)
    }

    @Test func `an older reply that comes late changes nothing`() {
        var governor = BudgetGovernor(settings: BudgetSettings(side: .salesforce))
        for id in Int64(1)...2 {
            governor.sent(id, cost: 1, BudgetUse(.field), now: id)
        }
        governor.ended(2, usage: DailyUsage(used: 960, allowed: 1_000), now: 3)
        governor.ended(1, usage: DailyUsage(used: 10, allowed: 1_000), now: 4)
        #expect(!governor.verdict(BudgetUse(.field), now: 5).isGranted)
    }

    @Test func `no number is no bound`() {
        var governor = BudgetGovernor(settings: BudgetSettings(side: .hubspot))
        for id in Int64(1)...5_000 { governor.sent(id, cost: 1, BudgetUse(.audit), now: id) }
        #expect(governor.verdict(BudgetUse(.audit, calls: 99), now: 9_000).isGranted)
        #expect(governor.room(of: .audit, now: 9_000) == nil, "an OAuth app of HubSpot's")
    }

    // MARK: - Time

    @Test func `what was sent comes free a day and its lateness later`() {
        let governor = Self.governor(ours: 500, used: 500)
        let free = 24 * Self.hour + 600_000 + 60_000
        #expect(!governor.verdict(BudgetUse(.manual), now: free - 1).isGranted)
        #expect(governor.verdict(BudgetUse(.manual), now: free).isGranted)
        guard case .deferred(let until, .share) = governor.verdict(BudgetUse(.audit), now: 600)
        else { return #expect(Bool(false), "it is granted") }
        #expect(until == 24 * Self.hour + 600, "asked again at the latest a day later")
    }

    @Test func `HubSpot's day ends at its own midnight once that is known`() {
        var governor = Self.governor(side: .hubspot, ours: 500, used: 500)
        let poll = BudgetUse(.manual)
        #expect(!governor.verdict(poll, now: 5 * Self.hour).isGranted)
        // Another number comes with a call that was promised before.
        governor.sent(900, cost: 1, poll, now: 5 * Self.hour)
        governor.ended(900, usage: DailyUsage(used: 1, allowed: 1_000), now: 5 * Self.hour + 9)
        #expect(!governor.verdict(poll, now: 6 * Self.hour).isGranted, "midnight may be at once")
        governor.sent(901, cost: 1, poll, now: 6 * Self.hour)
        governor.ended(901, usage: DailyUsage(used: 2, allowed: 1_000), now: 6 * Self.hour + 9)
        let next = governor.take(poll, now: 29 * Self.hour + 10)
        #expect(next.isGranted)
    }

    // MARK: - Polls

    @Test func `polls become rare once half of theirs is spent`() {
        var governor = Self.governor(ours: 1, used: 1, allowed: 400)
        let poll = BudgetUse(.field, isPoll: true)
        var now: Int64 = 10
        for id in Int64(10)..<60 {
            #expect(governor.pollWait(now: now) == 0)
            _ = governor.take(poll, now: now)
            governor.sent(id, cost: 1, poll, now: now)
            now += 20_000
        }
        // 200 are ours, 100 may be polls, 50 of them are spread over the day.
        let pause = 24 * Self.hour / 50
        #expect(governor.pollWait(now: now) == now - 20_000 + pause - now)
        #expect(governor.pollWait(now: now - 20_000 + pause) == 0)
        let large = Self.governor(ours: 400, used: 400, allowed: 100_000)
        #expect(large.pollWait(now: now) == 0)
    }

    // MARK: - Forecast

    @Test func `a queue's end is known beforehand`() {
        let governor = Self.governor(ours: 440, used: 440)
        let now = BudgetForecast(atOnce: 10, finishedAt: 1_000)
        #expect(governor.forecast(BudgetUse(.field, calls: 10), now: 1_000) == now)
        let free = 24 * Self.hour + 660_000
        let tomorrow = governor.forecast(BudgetUse(.field, calls: 11), now: 1_000)
        #expect(tomorrow == BudgetForecast(atOnce: 10, finishedAt: free))
        let long = governor.forecast(BudgetUse(.field, calls: 1_000), now: 1_000)
        #expect(long.atOnce == 10)
        #expect(long.finishedAt.map { $0 > free && $0 < 4 * 24 * Self.hour } == true)
        let never = Self.governor(ours: 1, used: 1_000).forecast(BudgetUse(.field), now: 1_000)
        #expect(never == BudgetForecast(atOnce: 0, finishedAt: nil))
    }
}
