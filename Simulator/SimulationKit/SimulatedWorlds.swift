import MockHubSpot
import MockSalesforce
import SyncCore

/// What two CRMs have that lived for years, and what people do with it while records are synced.
package struct SimulatedWorlds {
    /// Which parts there are; a seed draws some of them.
    package struct Plan: Sendable, Hashable, Codable {
        package var access: SimulatedAccess.Plan?
        package var persons: SimulatedPersons.Plan?
        package var currencies: SimulatedCurrencies.Plan?
        package var leads: SimulatedLeads.Plan?
        package var segments: SimulatedSegments.Plan?
        package var queues: SimulatedQueues.Plan?
        package var plants: SimulatedPlants.Plan?
        /// How long Salesforce's sessions live, in milliseconds; `nil` for as long as usual.
        package var sessionLifetime: Int64?
        /// How the engine signs in, where not with tokens that stay.
        package var signIn: SimulatedSignIn.Plan?
        package var bystander: SimulatedBystander.Plan?
        package var knobs: SimulatedKnobs.Plan?

        static func drawn(_ random: inout SeededRandom) -> Self {
            var plan = Plan()
            let percent = random.pick([10, 25])
            if random.happens(percent: 60) { plan.access = .init(percent: percent) }
            if random.happens(percent: 50) { plan.persons = .init(percent: 2 * percent) }
            if random.happens(percent: 40) { plan.currencies = .init(percent: 2 * percent) }
            if random.happens(percent: 40) { plan.leads = .init(percent: 2 * percent) }
            if random.happens(percent: 60) { plan.segments = .init(lists: 1 + random.below(6)) }
            if plan == Plan() { plan.access = .init(percent: percent) }
            return plan
        }

        /// How a run's header tells it.
        package var words: [String] {
            [
                self.access.map { _ in "doors that shut" },
                self.persons.map { _ in "person accounts" },
                self.currencies.map { _ in "currencies" },
                self.leads.map { _ in "leads that are converted" },
                self.segments.map { "\($0.lists) segments" },
                self.queues.map { _ in "queues that own leads" },
                self.plants.map { _ in "custom objects that nobody has mapped" },
                self.sessionLifetime.map { "sessions of \($0 / 1_000) s" },
                self.signIn?.hubspotLifetime.map {
                    "an installed app with tokens of \($0 / 1_000) s"
                },
                self.signIn?.rotates == true ? "refresh tokens that work once" : nil,
                self.bystander.map { _ in "another integration" },
                self.knobs.map { $0.turned.map(\.rawValue).joined(separator: " ") },
            ].compactMap { $0 }
        }
    }

    private var access: SimulatedAccess?
    private var persons: SimulatedPersons?
    private var currencies: SimulatedCurrencies?
    private var leads: SimulatedLeads?
    private var segments: SimulatedSegments?
    private var queues: SimulatedQueues?
    private var plants: SimulatedPlants?
    private var bystander: SimulatedBystander?

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.access = plan.access.map { SimulatedAccess(pair, $0) }
        self.persons = plan.persons.map { SimulatedPersons(pair, $0) }
        self.currencies = plan.currencies.map { SimulatedCurrencies(pair, $0) }
        self.leads = plan.leads.map { SimulatedLeads(pair, $0) }
        self.segments = plan.segments.map { SimulatedSegments(pair, $0) }
        self.queues = plan.queues.map { SimulatedQueues(pair, $0) }
        self.plants = plan.plants.map { SimulatedPlants(pair, $0) }
        self.bystander = plan.bystander.map { SimulatedBystander(pair, $0) }
        if self.bystander != nil { SimulatedBystander.setUp(pair) }
    }

    mutating func act() throws {
        self.access?.act()
        try self.persons?.act()
        try self.currencies?.act()
        try self.leads?.act()
        try self.queues?.act()
        try self.plants?.act()
        self.bystander?.act()
        self.segments?.look()
    }

    /// Nothing that the engine must be told of any more.
    mutating func mend() {
        self.access?.open()
        self.currencies?.mend()
        self.segments?.look()
    }

    /// An org as such a world has it.
    static func settings(
        _ settings: MockSalesforceSettings,
        _ plan: Plan?
    ) -> MockSalesforceSettings {
        var settings = settings
        settings.hasPersonAccounts = plan?.persons != nil
        if plan?.currencies != nil { settings.currencies = SimulatedCurrencies.start }
        if plan?.queues != nil { settings.queues = [SimulatedQueues.queue] }
        if plan?.plants != nil { SimulatedPlants.set(up: &settings) }
        if let lifetime = plan?.sessionLifetime { settings.sessionLifetime = lifetime }
        if plan?.bystander != nil { settings = SimulatedBystander.settings(settings) }
        if let knobs = plan?.knobs { settings = SimulatedKnobs.settings(settings, knobs) }
        settings.rotatesRefreshTokens = plan?.signIn?.rotates ?? false
        return settings
    }

    /// A portal as such a world has it.
    static func settings(_ settings: MockHubSpotSettings, _ plan: Plan?) -> MockHubSpotSettings {
        var settings = settings
        if plan?.segments != nil { settings.apps.append(SimulatedSegments.app) }
        if plan?.plants != nil { settings.apps.append(OtherApp.hubspot) }
        if plan?.bystander != nil { settings = SimulatedBystander.settings(settings) }
        if let knobs = plan?.knobs { settings = SimulatedKnobs.settings(settings, knobs) }
        if let signIn = plan?.signIn { settings = SimulatedSignIn.settings(settings, signIn) }
        return settings
    }
}
