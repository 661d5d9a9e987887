/// All checkers, in the order in which they report.
package enum Checkers {
    package static let all: [any Checker] = [
        NoDuplicates(), AtMostOneCreate(), LinkIsOneToOne(), BothSidesAgree(), NoSilentLoss(),
        NoEcho(), LedgerIsBilling(), NoThrottling(), NothingOpen(), StaysSettled(),
        DeletesAreProven(), WritesAreExplained(), IdleCostsReadsOnly(),
        DecisionsAreRight(), RulesHoldTheirSide(),
        FreezesAreHonest(), NothingComesBack(), RefusalsDoNotLoop(),
        RefusalsAreTold(), RefusalsAreReal(),
        BudgetsHold(), LedgerIsTransport(), NoCircles(), NoInventedData(), NoSecretsInHistory(),
        MarksOnlyAdvance(), MarksAreHonest(), OrderPerRecord(), ConvergesInTime(),
        ErrorsAreVisible(), StoreIsWhole(), RefusalsAreNarrow(), QuarrelsAreHeld(),
        LinksAreOnePerson(), LiftedRefusalsGoOver(), IssuesEnd(), BlanksAreSomebodys(),
        StopsAreTold(), SegmentsFollowFilters(), UnmappedStaysUntouched(),
        ChangeEventsAreComplete(), JournalIsComplete(), WebhooksAreDelivered(), TiesAgree(),
        DeletesAreMeant(), LeftOutStaysAlone(), OwnersAreOnePerson(), ActivitiesAreOne(),
        PartnersAgree(), DeletesGoOver(), ErasedStayErased(), RolesAgree(),
        FieldListsHold(), StatusesAreTrue(), SegmentsHold(),
    ]

    package static var names: [String] { self.all.map { type(of: $0).name } }

    /// What is said of the run as a whole and not of one kind of record.
    private static let ofTheRun: Set<String> = [
        LedgerIsBilling.name, NoThrottling.name, NothingOpen.name, StaysSettled.name,
        IdleCostsReadsOnly.name, DecisionsAreRight.name, BudgetsHold.name, LedgerIsTransport.name,
        NoCircles.name, NoSecretsInHistory.name, MarksOnlyAdvance.name, MarksAreHonest.name,
        ErrorsAreVisible.name, StoreIsWhole.name, StopsAreTold.name, SegmentsFollowFilters.name,
        UnmappedStaysUntouched.name, ChangeEventsAreComplete.name, JournalIsComplete.name,
        WebhooksAreDelivered.name, ActivitiesAreOne.name, ErasedStayErased.name,
        RolesAgree.name,
    ]

    /// Holds each kind of record against each promise about records, and the run against the others.
    package static func violations(in evidence: Evidence) -> [Violation] {
        self.all.flatMap { checker in
            let name = type(of: checker).name
            let others = self.ofTheRun.contains(name) ? [] : evidence.others
            return checker.violations(in: evidence).map { Violation(invariant: name, story: $0) }
                + others.flatMap { other in
                    checker.violations(in: other).map {
                        Violation(invariant: name, story: "\(other.object.name): \($0)")
                    }
                }
        }
    }
}
