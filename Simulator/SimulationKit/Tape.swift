package import SyncCore

/// Everything that makes up one run: what it was drawn as, and each choice by purpose.
///
/// A tape outlives changes of what a seed draws; it belongs to one build configuration.
package struct Tape: Sendable, Hashable {
    /// What a choice is about.
    package enum Stream: Int, Sendable, Hashable, CaseIterable {
        /// Which of several ready jobs runs.
        case schedule
        /// How long a message takes and whether it is lost.
        case network
        /// What people do.
        case people
        /// What the CRMs do wrong.
        case faults
        /// When the engine's process dies and how long it stays dead.
        case kills
        /// What else goes wrong with a message.
        case wire
        /// When the weather turns and who cannot be reached.
        case outages
        /// What clocks do, and when the process stands still.
        case clocks
        /// Edits of both sides at nearly the same time.
        case clashes
        /// Merges, deletes and restores.
        case lives
        /// What administrators change.
        case schema
        /// What the disk under the engine's store does.
        case disk
        /// How small the engine's own limits are.
        case room
        /// Odd texts, addresses that change, imports.
        case crowd
        /// Which of an administrator's rules are on.
        case rules
        /// Which rights the integration has.
        case rights
        /// What keeps the integration out.
        case access
        /// Who becomes a person account and how they are edited.
        case persons
        /// Which currencies there are.
        case currencies
        /// Who converts which lead.
        case leads
        /// What happens to the CRMs' event feeds and to who listens to them.
        case feeds
        /// How long a message of such a listener takes and whether it is lost.
        case deliveries
        /// Whose leads are a queue's.
        case queues
        /// What becomes of records that nobody has mapped.
        case plants
        /// When a CRM answers with errors or slowly.
        case troubles
        /// What another integration of both CRMs asks for.
        case bystander
        /// What people do with companies, deals and who belongs to whom.
        case family
        /// Which of them people delete and restore where that goes over.
        case deletes
        /// Who comes and goes among those who are synced, who owns them and what is noted of them.
        case objects
        /// What people do with tasks, calls and wares, and whom these are with.
        case ties
        /// Who is erased, and what becomes of them.
        case erasures
        /// Who plays which role in which deal.
        case roles
        /// Who edits fields that come and go.
        case fields
        /// Which of them the configuration names.
        case fieldLists
        /// Who is in which segment.
        case members

        package var name: String { String(describing: self) }

        /// How many choices belong together.
        package var span: Int {
            switch self {
            case .schedule: 1
            case .network: 4
            case .people: SimulatedPeople.choicesOfOneAct
            case .faults: 3
            case .kills: 3
            case .wire: WireFate.choicesOfOneMessage
            case .outages: SimulatedOutages.choicesOfOne
            case .clocks: SimulatedClocks.choicesOfOne
            case .clashes: 2
            case .lives: SimulatedLives.choicesOfOne
            case .schema: SimulatedSchema.choicesOfOne
            case .disk: SimulatedDiskFaults.choicesOfOne
            case .room: EngineRoom.choicesOfOne
            case .crowd: SimulatedCrowd.choicesOfOne
            case .rules: SimulatedRules.choicesOfOne
            case .rights: SimulatedRights.choicesOfOne
            case .access: SimulatedAccess.choicesOfOne
            case .persons: SimulatedPersons.choicesOfOne
            case .currencies: SimulatedCurrencies.choicesOfOne
            case .leads: SimulatedLeads.choicesOfOne
            case .feeds: SimulatedFeeds.choicesOfOne
            case .deliveries: ObserverLine.choicesOfOne
            case .queues: SimulatedQueues.choicesOfOne
            case .plants: SimulatedPlants.choicesOfOne
            case .troubles: SimulatedTroubles.choicesOfOne
            case .bystander: SimulatedBystander.choicesOfOne
            case .family: SimulatedFamily.choicesOfOne
            case .deletes: SimulatedDeletes.choicesOfOne
            case .objects: SimulatedObjects.choicesOfOne
            case .ties: SimulatedTies.choicesOfOne
            case .erasures: SimulatedErasures.choicesOfOne
            case .roles: SimulatedRoles.choicesOfOne
            case .fields: SimulatedFieldLists.choicesOfOne
            case .fieldLists: SimulatedFieldLists.choicesOfOneList
            case .members: SimulatedMembers.choicesOfOne
            }
        }
    }

    package var seed: UInt64
    package var profile: SimulationProfile
    package var records: Int
    package var sabotage: Sabotage?
    package var choices: [Stream: [Int32]]
    /// At which of its moments the first process dies; 0 for none.
    package var deathPoint = 0
    /// How long everything may take to settle and is then watched, where it is not the usual.
    package var settleTime: Int64?
    package var quietTime: Int64?

    package init(
        seed: UInt64,
        profile: SimulationProfile,
        records: Int,
        sabotage: Sabotage?,
        choices: [Stream: [Int32]]
    ) {
        self.seed = seed
        self.profile = profile
        self.records = records
        self.sabotage = sabotage
        self.choices = choices
    }

    /// How many choices are not the harmless one.
    package var size: Int {
        self.choices.values.reduce(0) { $0 + $1.count { $0 != 0 } }
    }
}
