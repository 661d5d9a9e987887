import MockHubSpot
import MockSalesforce

/// People of both CRMs: they make records and write a value that nobody wrote before.
struct SimulatedPeople {
    private let pair: SimulatedPair
    private let profile: SimulationProfile
    private var random: SeededRandom
    private var number = 0

    init(_ pair: SimulatedPair, _ profile: SimulationProfile, seed: UInt64) {
        self.pair = pair
        self.profile = profile
        self.random = SeededRandom(seed: seed &* 31 &+ 7)
    }

    /// The first records: a part of them on both sides.
    mutating func settle(records: Int) throws {
        for _ in 0..<records {
            let place = self.random.below(3)
            if place != 1 { try self.create(onHubSpot: true) }
            if place != 0 { try self.create(onHubSpot: false, keepsNumber: place == 2) }
        }
    }

    /// The whole of the people's day.
    mutating func work() async throws {
        for _ in 0..<self.profile.edits {
            try await self.pair.time.sleep(
                milliseconds: Int64(self.random.below(self.profile.pauseMax))
            )
            if self.profile.hasServerFaults { self.disturb() }
            try self.act()
        }
        self.pair.world.with { state, _ in
            state.hubspot.faults = MockHubSpotFaults()
            state.salesforce.faults = MockSalesforceFaults()
        }
    }

    private mutating func act() throws {
        let isHubSpot = self.random.happens(percent: 50)
        if self.random.happens(percent: 8) { return try self.create(onHubSpot: isHubSpot) }
        let (hubspot, salesforce) = self.random.pick(SimulatedPair.fields)
        let choice = self.random.below(min(self.profile.hotRecords, 1_000_000))
        self.number += 1
        let value = "\(isHubSpot ? "h" : "s").\(self.number)"
        try self.pair.world.with { state, now in
            let linked = state.hubspot.export(object: "contacts").filter {
                $0["sf_contact_key"] != nil
            }
            guard !linked.isEmpty else { return }
            let contact = linked[choice % linked.count]
            if isHubSpot {
                try state.hubspot.edit(contact.id, fields: [(hubspot, value)], at: now)
            } else if let key = contact["sf_contact_key"] {
                try state.salesforce.edit(
                    key,
                    fields: [.init(salesforce, .text(value))],
                    at: now
                )
            }
        }
    }

    private mutating func create(onHubSpot isHubSpot: Bool, keepsNumber: Bool = false) throws {
        if !keepsNumber { self.number += 1 }
        let (email, name) = ("p\(self.number)@example.com", "Last \(self.number)")
        try self.pair.world.with { state, now in
            if isHubSpot {
                _ = try state.hubspot.create(
                    fields: [("email", email), ("lastname", name)],
                    at: now
                )
            } else {
                _ = try state.salesforce.create(
                    object: "Contact",
                    fields: [.init("Email", .text(email)), .init("LastName", .text(name))],
                    at: now
                )
            }
        }
    }

    /// A new turn of failures now and then; most turns are quiet.
    private mutating func disturb() {
        guard self.random.happens(percent: 20) else { return }
        let (kind, every) = (self.random.below(12), 1 + self.random.below(3))
        self.pair.world.with { state, _ in
            state.hubspot.faults = MockHubSpotFaults()
            state.salesforce.faults = MockSalesforceFaults()
            switch kind {
            case 0: state.salesforce.faults.dropAfterCommitEveryNthWrite = every
            case 1: state.salesforce.faults.dropBeforeCommitEveryNthWrite = every
            case 2: state.salesforce.faults.lockedRowEveryNth = 2
            case 3: state.salesforce.faults.expiredSessionEveryNth = 3 + every
            case 4: state.salesforce.faults.truncatedBodyEveryNth = 1 + every
            case 5: state.salesforce.faults.unavailableEveryNth = 1 + every
            case 6: state.hubspot.faults.rules = [.init(.truncatedBody, every: every + 1)]
            case 7: state.hubspot.faults.rules = [.init(.locked, every: every + 1, of: .writes)]
            case 8:
                state.hubspot.faults.rules = [
                    .init(.gatewayTimeoutAfterCommit, every: every, of: .writes)
                ]
            default: break
            }
        }
    }
}
