import SyncCore
import Testing

/// A governor against a CRM that counts exactly, with others, lost replies, limits that move and
/// restarts; everything follows from a seed.
struct BudgetPropertyTests {
    private struct Random {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((self.state >> 33) % UInt64(bound))
        }
    }

    /// Salesforce's own count, of everybody, in the last 24 hours.
    private struct Vendor {
        var allowed: Int
        var calls: [(at: Int64, calls: Int, isOurs: Bool)] = []

        func used(at now: Int64, oursOnly: Bool = false) -> Int {
            self.calls.reduce(0) { sum, call in
                let counts = call.at > now - BudgetSettings.day && (!oursOnly || call.isOurs)
                return counts ? sum + call.calls : sum
            }
        }
    }

    private struct World {
        var random: Random
        var vendor: Vendor
        var governor: BudgetGovernor
        let settings = BudgetSettings(side: .salesforce)
        var ledger: [LedgerCall] = []
        var now: Int64 = 1_000_000
        var lastGrant: [PriorityClass: Int64] = [:]
        var known: DailyUsage?

        init(seed: UInt64) {
            self.random = Random(state: seed)
            self.vendor = Vendor(allowed: [60, 300, 1_000][Int(seed % 3)])
            self.governor = BudgetGovernor(settings: BudgetSettings(side: .salesforce))
        }

        mutating func call(_ use: BudgetUse) {
            let id = Int64(self.ledger.count + 1)
            self.governor.sent(id, cost: 1, use, now: self.now)
            var call = LedgerCall(
                id: id,
                side: .salesforce,
                endpoint: "composite",
                purpose: use.isPoll ? LedgerCall.pollPurpose : "write",
                sentAt: self.now,
                priority: use.priority
            )
            self.now += Int64(self.random.below(500))
            let isLost = self.random.below(20) == 0
            if !isLost || self.random.below(2) == 0 {
                self.vendor.calls.append((self.now, 1, true))
            }
            self.now += Int64(self.random.below(500))
            call.answeredAt = self.now
            if !isLost {
                let usage = DailyUsage(
                    used: self.vendor.used(at: self.now),
                    allowed: self.vendor.allowed
                )
                call.usage = usage
                call.outcome = .succeeded
                self.known = usage
            }
            self.governor.ended(id, usage: call.usage, now: self.now)
            self.ledger.append(call)
        }

        /// The governor that a new process makes of the ledger.
        func restarted() -> BudgetGovernor {
            let since = self.now - BudgetGovernor.memory(self.settings)
            return BudgetGovernor(
                ledger: self.ledger.filter { $0.sentAt >= since },
                settings: self.settings
            )
        }
    }

    @Test(arguments: UInt64(1)...30)
    func `never over the share, restarts change nothing, classes in order, nobody for ever`(
        seed: UInt64
    ) {
        var world = World(seed: seed)
        let uses =
            PriorityClass.allCases.map { BudgetUse($0) } + [BudgetUse(.field, isPoll: true)]
        for _ in 0..<1_500 {
            world.now += Int64([100, 20_000, 600_000][world.random.below(3)])
            switch world.random.below(12) {
            case 0:
                world.vendor.calls.append(
                    (world.now, world.random.below(1 + world.vendor.allowed / 60), false)
                )
            case 1 where world.random.below(20) == 0:
                world.vendor.allowed = [60, 300, 1_000][world.random.below(3)]
            case 2: Self.restart(&world, uses)
            default: Self.step(&world, uses[world.random.below(uses.count)])
            }
            Self.checkOrder(world)
        }
        #expect(world.ledger.count > 50, "somebody called")
    }

    private static func step(_ world: inout World, _ use: BudgetUse) {
        let known = world.known
        let before = world.vendor.used(at: world.now, oursOnly: true)
        guard world.governor.take(use, now: world.now).isGranted else {
            Self.checkWait(world, use)
            return
        }
        if let known {
            #expect(before < max(1, known.allowed / 2), "over the share")
        }
        if !use.isPoll { world.lastGrant[use.priority] = world.now }
        world.call(use)
    }

    /// A verdict of later is a time to come, and at that time something has changed or is asked.
    private static func checkWait(_ world: World, _ use: BudgetUse) {
        guard case .deferred(let until, _) = world.governor.verdict(use, now: world.now) else {
            return
        }
        #expect(until > world.now)
        #expect(until <= world.now + BudgetSettings.day)
        // With nobody else calling, a deferred call goes within two days at most.
        var later = world.governor
        var now = world.now
        for _ in 0..<5_000 where now < world.now + 2 * BudgetSettings.day {
            guard case .deferred(let next, _) = later.take(use, now: now) else { return }
            now = next
        }
        #expect(Bool(false), "deferred for ever")
    }

    private static func restart(_ world: inout World, _ uses: [BudgetUse]) {
        let fresh = world.restarted()
        for use in uses {
            for wait in [Int64(0), 3_600_000, 43_200_000] {
                let now = world.now + wait
                #expect(fresh.verdict(use, now: now) == world.governor.verdict(use, now: now))
            }
        }
        #expect(fresh.pollWait(now: world.now) == world.governor.pollWait(now: world.now))
        world.governor = fresh
    }

    /// A class that may call, for another reason than its longest wait, leaves those above it so.
    private static func checkOrder(_ world: World) {
        let rooms = PriorityClass.allCases.map { priority -> Int in
            let waited = world.now - (world.lastGrant[priority] ?? .min / 2)
            let isOverdue = waited >= world.settings.waitMax(of: priority)
            return isOverdue ? 0 : world.governor.room(of: priority, now: world.now) ?? 0
        }
        for (place, room) in rooms.enumerated() where room > 0 {
            for above in PriorityClass.allCases.prefix(place) {
                #expect((world.governor.room(of: above, now: world.now) ?? 0) >= room)
            }
        }
    }
}
