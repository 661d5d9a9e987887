import MockHubSpot

/// The profiles of a worse world.
extension SimulationProfile {
    /// `seed`: that of the run, where the profile is the run's own and no part of another.
    mutating func worsen(_ name: Name, _ random: inout SeededRandom, seed: UInt64? = nil) {
        self.weather.latencyMax = random.pick([50, 500, 2_000])
        switch name {
        case .duplicate:
            self.weather.wire = WireFaults(duplicatesPercent: random.pick([10, 50]))
        case .lateLanding:
            self.weather.wire = WireFaults(lateLandingsPercent: random.pick([3, 10]))
            self.weather.lostRepliesPercent = random.pick([0, 5])
            self.kills = random.pick([0, 0, 4])
        case .partition:
            self.cut(&random)
        case .garbage:
            self.weather.wire = WireFaults(
                tricklesPercent: random.pick([0, 2]),
                spoiledPercent: random.pick([5, 20])
            )
        case .clock:
            self.clocks = Self.clocks(&random, day: self.edits * self.pauseMax / 2)
            self.weather.lostRepliesPercent = random.pick([0, 5, 20])
            self.weather.wire = WireFaults(lateLandingsPercent: random.pick([0, 3, 10]))
            self.kills = random.pick([0, 0, 3])
        case .merge:
            self.lives = .init(percent: random.pick([10, 25]), keepsID: random.below(2) == 0)
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 0, 3])
        case .schema:
            self.schema = .init(percent: random.pick([15, 40]), fields: random.pick([1, 2, 3]))
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
        case .disk:
            self.wear(&random)
        case .tiny:
            self.hasNarrowLimits = true
            self.pageRowsMax = random.pick([1, 2, 7, 2_000])
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 3])
        case .crowd:
            self.crowd = .init(importMax: random.pick([30, 200, 600]))
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 3])
        case .rules:
            self.rules = .init(percent: random.pick([10, 25]), lengthMax: random.pick([3, 7]))
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 0, 3])
        case .rights:
            self.rights = .init(percent: random.pick([10, 25]))
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 0, 3])
        case .worlds:
            self.pauseMax = random.pick([20_000, 60_000, 200_000])
            self.worlds = .drawn(&random)
            self.weather.lostRepliesPercent = random.pick([0, 0, 5])
            self.kills = random.pick([0, 0, 3])
        case .feeds:
            self.listen(&random)
        case .family, .objects, .ties, .roles, .fields, .segments:
            self.populate(name, &random, seed: seed)
        case .calm, .lite, .swarm, .crash, .late, .hide, .storm, .long, .quota, .quarrel,
            .strict:
            break
        }
        if let seed { self.enrich(seed: seed) }
    }

    /// More is kept in step than contacts as they come.
    private mutating func populate(_ name: Name, _ random: inout SeededRandom, seed: UInt64?) {
        switch name {
        case .family: self.multiply(&random, seed: seed)
        case .objects: self.gather(&random, seed: seed)
        case .ties: self.bind(&random)
        case .roles: self.cast(&random)
        case .fields: self.list(&random)
        case .segments: self.choose(&random)
        default: break
        }
    }

    /// The disk under the store fails, and backups take its place for some.
    private mutating func wear(_ random: inout SeededRandom) {
        self.disk = .init(
            turns: 16,
            pauseMax: self.edits * self.pauseMax / 16,
            spellMax: random.pick([10_000, 120_000, 900_000]),
            stallMax: random.pick([2_000, 30_000]),
            restores: random.happens(percent: 50)
        )
        self.weather.lostRepliesPercent = random.pick([0, 5, 20])
        self.kills = random.pick([2, 6])
    }

    /// Neither CRM can be reached now and then.
    private mutating func cut(_ random: inout SeededRandom) {
        self.outages = .init(
            turns: 12,
            pauseMax: self.edits * self.pauseMax / 8,
            cutMax: random.pick([60_000, 600_000]),
            hasBursts: random.happens(percent: 50)
        )
        self.weather.lostRepliesPercent = 30
        self.weather.lostRequestsPercent = 30
        if self.outages?.hasBursts != true {
            (self.weather.lostRepliesPercent, self.weather.lostRequestsPercent) = (0, 0)
        }
    }

    /// People merge, delete, restore and import while an app listens, for minutes or for days.
    mutating func listen(_ random: inout SeededRandom) {
        (self.pauseMax, self.pollInterval) = random.pick([
            (20_000, 20_000), (300_000, 60_000), (3_600_000, 300_000), (14_400_000, 300_000),
        ])
        self.feeds = .drawn(&random, day: self.edits * self.pauseMax / 2)
        self.lives = .init(percent: random.pick([5, 15]), keepsID: random.below(2) == 0)
        self.crowd = .init(importMax: random.pick([30, 200]))
        self.weather.lostRepliesPercent = random.pick([0, 0, 5])
        self.kills = random.pick([0, 0, 3])
    }

    /// Companies and deals come to the people, with a part of what goes wrong elsewhere.
    private mutating func multiply(_ random: inout SeededRandom, seed: UInt64?) {
        self.family = .drawn(&random)
        self.shake(&random)
        if let seed { self.carry(seed: seed) }
    }

    /// Tasks, calls and wares come to the people, and some of these ask to be forgotten.
    private mutating func bind(_ random: inout SeededRandom) {
        self.ties = .drawn(&random)
        self.shake(&random)
        self.edits = 140
        guard random.happens(percent: 40) else { return }
        self.erasures = .drawn(&random)
        // An operator erases while nothing runs.
        self.kills = max(self.kills, 5)
    }

    /// Deals come to the people, and parts that these play in them.
    private mutating func cast(_ random: inout SeededRandom) {
        self.roles = .drawn(&random)
        self.shake(&random)
        self.edits = 140
        // What is said on both sides of one tie is mostly said one after the other.
        self.pauseMax *= 3
    }

    /// An operator changes the list of fields, each time while nothing runs.
    private mutating func list(_ random: inout SeededRandom) {
        self.lists = .drawn(&random)
        self.shake(&random)
        self.edits = 140
        self.kills = 4 + random.below(8)
    }

    /// People choose who is synced.
    private mutating func choose(_ random: inout SeededRandom) {
        self.members = .drawn(&random)
        self.shake(&random)
        self.edits = 140
        // Who is out stays so for long enough that nobody can say that it was not seen.
        self.pauseMax *= 3
    }

    /// The mapped fields that are always there: what comes and goes is none of them.
    func drawnFields(_ random: inout SeededRandom) -> [SimulatedField] {
        // A person account has what every org has, and no custom field.
        let isPlain = self.hasAdministrators || self.worlds?.persons != nil
        let fields = isPlain ? SimulatedField.texts : SimulatedField.drawn(&random)
        guard self.lists != nil else { return fields }
        return fields.filter { field in
            !SimulatedFieldLists.coming.contains { $0.hubspot == field.hubspot }
        }
    }

    /// Contacts come and go among those who are synced, change hands, and are noted of.
    private mutating func gather(_ random: inout SeededRandom, seed: UInt64?) {
        self.objects = .drawn(&random)
        self.shake(&random)
        // Who is out stays so for long enough that nobody can say that it was not seen.
        self.pauseMax *= 3
        if let seed { self.tell(seed: seed) }
    }

    /// Slow and quick days, lost messages and deaths.
    private mutating func shake(_ random: inout SeededRandom) {
        self.pauseMax = random.pick([20_000, 60_000, 200_000])
        self.indexDelay = random.pick([0, 5_000, 20_000])
        self.weather.lostRepliesPercent = random.pick([0, 0, 5])
        self.weather.lostRequestsPercent = random.pick([0, 0, 5])
        self.kills = random.pick([0, 0, 3, 8])
    }

    /// For two seeds in five deletes go over, and most of these have sweeps.
    ///
    /// It draws from a stream of its own: a seed that gets nothing stays what it was.
    private mutating func carry(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0x85EB_CA6B &+ 223)
        guard random.happens(percent: 40) else { return }
        self.family?.carried = .drawn(&random)
    }

    /// For half of the seeds of `objects` contacts tell how they stand.
    ///
    /// It draws from a stream of its own: a seed that gets nothing stays what it was.
    private mutating func tell(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0x9FB2_1C65 &+ 251)
        if random.happens(percent: 50) { self.objects?.tells = true }
    }

    mutating func tighten(_ random: inout SeededRandom) {
        self.isGuardStrict = true
        self.edits = 150
        self.pauseMax = random.pick([1_000, 4_000, 20_000])
        self.hotRecords = random.pick([1, 3])
        self.weather.latencyMax = random.pick([500, 2_000, 8_000])
        self.weather.lostRepliesPercent = random.pick([0, 0, 10])
        self.commitDelay = random.pick([0, 0, 60_000])
        self.kills = random.pick([0, 0, 3])
    }

    /// Adds what makes one or two of the worse profiles, for two seeds in five.
    ///
    /// It draws from a stream of its own: a seed that gets nothing stays what it was.
    mutating func mix(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0xD1B5_4A33 &+ 71)
        guard random.happens(percent: 40) else { return }
        let before = self
        var names: Set<Name> = []
        for _ in 0..<(1 + random.below(2)) {
            names.insert(
                random.pick([
                    .duplicate, .lateLanding, .partition, .garbage, .clock, .merge, .schema, .disk,
                    .tiny, .crowd,
                ])
            )
        }
        for name in Name.allCases where names.contains(name) {
            let wire = self.weather.wire
            self.worsen(name, &random)
            self.weather.wire = wire.map { $0.joined(self.weather.wire) } ?? self.weather.wire
        }
        self.hasQuarrel = random.happens(percent: 10)
        self.kills = max(self.kills, before.kills)
        self.weather.latencyMax = max(self.weather.latencyMax, before.weather.latencyMax)
        self.weather.lostRequestsPercent = max(
            self.weather.lostRequestsPercent,
            before.weather.lostRequestsPercent
        )
        self.weather.lostRepliesPercent = max(
            self.weather.lostRepliesPercent,
            before.weather.lostRepliesPercent
        )
    }

    /// Adds what came to two profiles later: troubles, queues, objects that nobody has mapped, short
    /// sessions.
    ///
    /// It draws from a stream of its own: a seed that gets nothing stays what it was.
    private mutating func enrich(seed: UInt64) {
        self.vary(seed: seed)
        guard self.name == .worlds || self.name == .partition else { return }
        defer { self.furnish(seed: seed) }
        var random = SeededRandom(seed: seed &* 0xA24B_AED5 &+ 113)
        let day = self.edits * self.pauseMax
        if random.happens(percent: 50) { self.troubles = .drawn(&random, day: day) }
        guard var worlds = self.worlds else { return }
        let percent = random.pick([20, 50])
        if random.happens(percent: 50) { worlds.queues = .init(percent: percent) }
        if random.happens(percent: 60) { worlds.plants = .init(percent: percent) }
        if random.happens(percent: 40) { worlds.sessionLifetime = random.pick([120_000, 900_000]) }
        self.worlds = worlds
    }

    /// For half of the seeds of `merge` and of `rules`: the CRMs do and say otherwise what no text tells.
    private mutating func vary(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0x27D4_EB2F &+ 199)
        guard random.happens(percent: 50) else { return }
        if self.name == .merge {
            self.lives?.mergedIDsInReads = random.pick([.omitted, .followed, .missing])
            self.lives?.mergedIDsInUpdates = random.pick([.omitted, .followed, .missing])
        }
        if self.name == .rules { self.rules?.wordsDuplicatesOtherwise = true }
    }

    /// Adds what came to them later still: refusals for limits, other ways to sign in, another integration,
    /// queries that end.
    ///
    /// It draws from a stream of its own too.
    private mutating func furnish(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0xC2B2_AE35 &+ 151)
        let pageRowsMax = random.pick([nil, 2, 2, 7])
        if random.happens(percent: 85), self.troubles != nil {
            self.troubles?.refuses = true
            self.troubles?.turns = 16
            self.troubles?.pauseMax = max(1, self.edits * self.pauseMax / 16)
            self.pageRowsMax = self.pageRowsMax ?? pageRowsMax
        }
        guard var worlds = self.worlds else { return }
        if random.happens(percent: 50) {
            worlds.signIn = .init(
                hubspotLifetime: random.pick([nil, 600_000, 1_800_000, 1_800_000]),
                rotates: random.happens(percent: 60)
            )
        }
        if worlds.signIn?.hubspotLifetime != nil { self.burst = 110 }
        if random.happens(percent: 60) {
            worlds.bystander = .init(percent: random.pick([20, 60, 90]), callsMax: 8)
        }
        if random.happens(percent: 50) { worlds.knobs = .drawn(&random) }
        self.worlds = worlds
    }

    /// A clock that is wrong from the start, jumps and stops.
    static func clocks(_ random: inout SeededRandom, day: Int) -> SimulatedClocks.Plan {
        let skew = Int64(random.below(1_500))
        return SimulatedClocks.Plan(
            turns: 8,
            pauseMax: max(1, day / 4),
            offset: random.pick([0, 86_400_000, -86_400_000, 5_000, -5_000]),
            stepMax: random.pick([3_000, 3_600_000, 172_800_000]),
            stillMax: random.pick([60_000, 600_000, 7_200_000]),
            hubspotOffset: random.below(2) == 0 ? skew : 0,
            salesforceOffset: random.below(2) == 0 ? skew : 0,
            clashesPercent: 30
        )
    }

    /// A month of a thousand records, with little going wrong.
    mutating func lengthen() {
        self.days(30)
        self.pollInterval = 60_000
        self.hotRecords = 1_000
        self.kills = 8
        self.weather = .init(latencyMax: 500, lostRequestsPercent: 1, lostRepliesPercent: 1)
    }

    /// Fewer calls a day than there is to do.
    mutating func starve(_ random: inout SeededRandom) {
        self.quota = .drawn(&random)
        self.pauseMax = random.pick([20_000, 120_000, 600_000])
        self.kills = random.pick([0, 3, 8])
        self.deadMax = random.pick([30_000, 3_600_000])
        self.weather.lostRepliesPercent = random.pick([0, 0, 5])
    }
}
