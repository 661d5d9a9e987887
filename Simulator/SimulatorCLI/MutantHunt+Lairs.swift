import SimulationKit
import SyncCore

extension MutantHunt {
    /// Where a mutant shows that all profiles together show too rarely.
    struct Lair {
        var profile: SimulationProfile.Name
        /// The promise that it must break there; `nil` for any.
        var promise: String?
        /// A seed that is known to show it: it and those after it are tried.
        var seed: UInt64

        fileprivate init(
            _ profile: SimulationProfile.Name,
            _ promise: String? = nil,
            from seed: UInt64 = 1
        ) {
            (self.profile, self.promise, self.seed) = (profile, promise, seed)
        }
    }

    static let lairs: [Sabotage: Lair] = [
        // A read that grew old between two slow calls.
        .guardsNeverAge: Lair(.swarm),
        // A wait that a clock set back makes a day long.
        .trustsOwnClock: Lair(.clock),
        // A call that waits for its turn while its record is decided again.
        .sendsSuperseded: Lair(.schema), .ignoresLimits: Lair(.storm),
        // A slow disk between the last question and the wire, and one that refuses a ledger line.
        .leavesLate: Lair(.disk), .losesUnbookedReplies: Lair(.disk),
        // A machine that stops between a poll's end and the next call of the store.
        .syncsMarksLate: Lair(.crash),
        // A field that is held while a rule stands, and a duplicate that comes between two polls.
        .losesHolds: Lair(.rules), .tiesWhatResembles: Lair(.rules),
        .stopsWordless: Lair(.worlds), .keepsOldSegments: Lair(.worlds),
        .writesUnmapped: Lair(.worlds),
        .makesChildrenFirst: Lair(.family, "tiesAgree"), .losesWoken: Lair(.family, "tiesAgree"),
        .tiesToNeighbours: Lair(.family, "noInventedData"),
        .clearsForDeleted: Lair(.family, "blanksAreSomebodys"),
        .shiftsStages: Lair(.family, "noInventedData"),
        .ignoresBrake: Lair(.family, "deletesAreMeant"),
        .deletesEdited: Lair(.family, "deletesAreMeant", from: 46),
        .deletesRestored: Lair(.family, "bothSidesAgree"),
        .writesLeftOut: Lair(.objects, "leftOutStaysAlone"),
        .ownsForNeighbours: Lair(.objects, "ownersAreOnePerson"),
        .notesTwice: Lair(.objects, "activitiesAreOne"),
        .tellsOnlyGood: Lair(.objects, "statusesAreTrue"),
        .keepsBadNews: Lair(.objects, "statusesAreTrue"),
        .keepsFormerTies: Lair(.ties, "partnersAgree"),
        .ignoresLabels: Lair(.ties, "partnersAgree", from: 9),
        .overlooksDeletes: Lair(.ties, "deletesGoOver"),
        .forgetsErasures: Lair(.ties, "erasedStayErased"),
        .ignoresRoles: Lair(.roles, "rolesAgree"), .forgetsAgreements: Lair(.roles, "rolesAgree"),
        .takesHiddenForUntied: Lair(.roles, "rolesAgree"),
        .comparesByPlace: Lair(.fields, "decisionsAreRight"),
        .keepsOldLists: Lair(.fields, "fieldListsHold"),
        .takesUnreadForBlank: Lair(.fields, "fieldListsHold"),
        .takesGoneForAll: Lair(.segments, "segmentsHold"),
        .asksOnceForMembers: Lair(.segments, "leftOutStaysAlone"),
        .losesEditsOutside: Lair(.segments, "segmentsHold"),
        .overlooksJoins: Lair(.segments, "bothSidesAgree"),
        .losesChangeEvents: Lair(.feeds), .losesJournalEvents: Lair(.feeds),
        .losesWebhooks: Lair(.feeds),
        // Three values of a field within the hour.
        .writesOlderFirst: Lair(.swarm),
        // A record that is made while a scan of many pages is read.
        .readsToTheNewest: Lair(.tiny),
        .opensOnSecondReply: Lair(.lateLanding), .forgetsLateLandings: Lair(.lateLanding),
    ]

    /// How many seeds of its lair a mutant may live through after all others.
    static let lairSeeds = 800

    /// The mutants that show best in one of these profiles.
    static func mutants(in profiles: [SimulationProfile.Name]) -> [Sabotage] {
        Sabotage.allCases.filter { mutant in
            self.lairs[mutant].map { profiles.contains($0.profile) } ?? false
        }
    }
}
