import SyncRuntime

/// What a simulation is made of: how bad the wire is, how often things fail, how busy people are.
package struct SimulationProfile: Sendable, Hashable, Codable {
    /// The named mixes; each seed draws its own numbers within them.
    package enum Name: String, Sendable, Hashable, CaseIterable, Codable {
        /// No faults: every count must be exact.
        case calm
        /// Lost messages only.
        case lite
        /// A part of all faults, other parts for other seeds.
        case swarm
        /// The process is killed again and again, and stays dead for up to an hour.
        case crash
        /// Both CRMs show changes late: a lagging search index, long transactions.
        case late
        /// Records are hidden from the integration user and shown again.
        case hide
        /// People edit as fast as the limits allow to follow.
        case storm
        /// Thirty days of a thousand records and a poll a minute.
        case long
        /// Requests arrive twice.
        case duplicate
        /// Requests arrive after their sender gave up or died.
        case lateLanding = "late-landing"
        /// One CRM cannot be reached for minutes, or both; they come back one after the other.
        case partition
        /// Replies are cut, replaced by a proxy's page, or never end.
        case garbage
        /// The engine's wall clock is wrong and jumps, its process stands still, both sides are
        /// edited within a second.
        case clock
        /// People merge, delete and restore records.
        case merge
        /// Administrators change fields.
        case schema
        /// The disk under the store is full, fails, is slow, or is replaced by a backup.
        case disk
        /// The engine's own limits and the CRMs' pages are tiny.
        case tiny
        /// People write odd texts, change and swap addresses, and import hundreds at once.
        case crowd
        /// A workflow in each CRM rewrites a field after every write.
        case quarrel
        /// Few calls a day, other apps that use them up, limits that move, and kills.
        case quota
        /// Slow calls, a record that everybody edits, and `guard: strict`: no edit in Salesforce may be
        /// overwritten at all.
        case strict
        /// Administrators switch duplicate rules, validation rules, flows and requirements.
        case rules
        /// Administrators take the integration's rights and give them back.
        case rights
        /// The two CRMs are richer worlds than a portal and an org fresh from the shelf, and people act
        /// on that: each seed draws a part of it.
        case worlds
        /// A foreign app listens to both CRMs' event feeds, over bad connections, and misses some.
        case feeds
        /// Companies and deals are kept in step too, and people tie everything to everything.
        case family
        /// Contacts come and go among those who are synced and change hands, and tasks and calls are kept in
        /// step too: each seed draws a part of it.
        case objects
        /// Tasks, calls and an object that both accounts have made themselves, with contacts that they belong to and
        /// deletes that go over: each seed draws a part of it.
        case ties
        /// Deals are kept in step too, and who plays which role in them.
        case roles
        /// The list of fields changes between two runs of the engine.
        case fields
        /// Segments of HubSpot's say which contacts and deals are synced.
        case segments
    }

    /// The profiles whose runs take less than a second or two.
    package static let quick = Name.allCases.filter { $0 != .long }

    /// How many people there are at the start where nobody says.
    package static func records(_ name: Name) -> Int { name == .long ? 1_000 : 12 }

    package var name: Name
    package var weather: SimulatedNetwork.Weather
    /// How many times people do something.
    package var edits: Int
    /// The longest pause between two edits, in milliseconds.
    package var pauseMax: Int
    /// How many records most edits go to; few make conflicts.
    package var hotRecords: Int
    /// How many times the engine's process is killed.
    package var kills: Int
    /// The longest time that the engine stays dead, in milliseconds.
    package var deadMax: Int
    /// Whether the CRMs themselves fail in turns.
    package var hasServerFaults: Bool
    /// Whether records are hidden from the integration user for a while.
    package var hidesRecords: Bool
    /// How far HubSpot's search lags behind, in milliseconds.
    package var indexDelay: Int64
    /// How long Salesforce's transactions stay open after their stamp, in milliseconds.
    package var commitDelay: Int64
    /// The engine's pause between two polls, in milliseconds.
    package var pollInterval: Int64 = 20_000
    /// How many requests HubSpot takes in ten seconds.
    package var burst: Int
    /// The mapped fields besides the e-mail address, with their rules.
    package var fields: [SimulatedField]
    /// When the weather turns and who cannot be reached.
    package var outages: SimulatedOutages.Plan?
    package var clocks: SimulatedClocks.Plan?
    /// Merges, deletes and restores.
    package var lives: SimulatedLives.Plan?
    package var schema: SimulatedSchema.Plan?
    package var rules: SimulatedRules.Plan?
    package var rights: SimulatedRights.Plan?
    package var family: SimulatedFamily.Plan?
    package var objects: SimulatedObjects.Plan?
    package var ties: SimulatedTies.Plan?
    package var roles: SimulatedRoles.Plan?
    package var lists: SimulatedFieldLists.Plan?
    package var members: SimulatedMembers.Plan?
    package var erasures: SimulatedErasures.Plan?
    package var worlds: SimulatedWorlds.Plan?
    /// When a CRM answers with errors, or slowly.
    package var troubles: SimulatedTroubles.Plan?
    package var disk: SimulatedDiskFaults.Plan?
    /// Who listens to the CRMs' event feeds.
    package var feeds: SimulatedFeeds.Plan?
    package var crowd: SimulatedCrowd.Plan?
    /// Whether the engine's own limits are drawn for each process.
    package var hasNarrowLimits = false
    /// How many rows Salesforce puts on a page, and HubSpot's search, where they are fewer than usual.
    package var pageRowsMax: Int?
    /// Whether workflows of both CRMs fight about a field.
    package var hasQuarrel = false
    /// How few calls a day there are, where they are few.
    package var quota: SimulatedQuota?
    /// Whether the engine runs with `guard: strict`.
    package var isGuardStrict: Bool? = nil

    /// Whether administrators change while it runs what the CRMs take and show.
    package var hasAdministrators: Bool {
        self.schema != nil || self.rules != nil || self.rights != nil
    }

    /// How often what no feed tells is looked at; `nil` for never.
    var sweepSettings: SweepSettings? {
        self.ties?.sweepSettings ?? self.roles?.sweepSettings ?? self.members?.sweepSettings
            ?? self.family?.carried?.sweepSettings
    }

    /// Whether replies may be missing or unreadable by the CRMs' own doing.
    package var hasFailingCRMs: Bool { self.hasServerFaults || self.troubles != nil }

    package static func drawn(_ name: Name, seed: UInt64) -> Self {
        var random = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 17)
        var profile = SimulationProfile(
            name: name,
            weather: .calm,
            edits: 60,
            pauseMax: random.pick([2_000, 20_000, 60_000]),
            hotRecords: random.pick([1, 3, 1_000]),
            kills: 0,
            deadMax: 30_000,
            hasServerFaults: false,
            hidesRecords: false,
            indexDelay: 5_000,
            commitDelay: 0,
            burst: 190,
            fields: .init()
        )
        switch name {
        case .calm: break
        case .lite:
            profile.weather = .init(
                latencyMax: 2_000,
                lostRequestsPercent: 5,
                lostRepliesPercent: 5
            )
        case .crash:
            profile.kills = 4 + random.below(12)
            profile.deadMax = random.pick([30_000, 30_000, 3_600_000])
            profile.weather.latencyMax = random.pick([50, 2_000])
        case .late:
            profile.indexDelay = random.pick([0, 20_000, 90_000])
            profile.commitDelay = random.pick([0, 60_000, 500_000])
        case .hide:
            profile.hidesRecords = true
            profile.weather.latencyMax = random.pick([200, 2_000])
        case .long:
            profile.lengthen()
        case .storm:
            profile.edits = 400
            profile.pauseMax = random.pick([50, 500])
            profile.burst = random.pick([5, 100, 190])
        case .duplicate, .lateLanding, .partition, .garbage, .clock, .merge, .schema, .disk,
            .tiny, .crowd, .rules, .rights, .worlds, .feeds, .family, .objects, .ties,
            .roles, .fields, .segments:
            profile.worsen(name, &random, seed: seed)
        case .quarrel:
            profile.hasQuarrel = true
            profile.pauseMax = random.pick([20_000, 60_000, 200_000])
            profile.kills = random.pick([0, 0, 3])
        case .quota:
            profile.starve(&random)
        case .strict:
            profile.tighten(&random)
        case .swarm:
            profile.weather = .init(
                latencyMax: random.pick([10, 500, 8_000]),
                lostRequestsPercent: random.pick([0, 0, 5, 20]),
                lostRepliesPercent: random.pick([0, 0, 5, 20])
            )
            profile.kills = random.pick([0, 0, 2, 8])
            profile.hasServerFaults = random.happens(percent: 50)
            profile.hidesRecords = random.happens(percent: 20)
            profile.indexDelay = random.pick([0, 5_000, 5_000, 90_000])
            profile.commitDelay = random.pick([0, 0, 0, 120_000])
            profile.mix(seed: seed)
        }
        profile.fields = profile.drawnFields(&random)
        return profile
    }

    /// So many days with six edits an hour.
    package mutating func days(_ days: Int) {
        self.edits = days * 24 * 6
        self.pauseMax = 2 * 600_000
    }
}
