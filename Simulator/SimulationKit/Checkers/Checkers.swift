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
        ChangeEventsAreComplete(), JournalIsComplete(), WebhooksAreDelivered(),
    ]

    package static var names: [String] { self.all.map { type(of: $0).name } }

    package static func violations(in evidence: Evidence) -> [Violation] {
        self.all.flatMap { checker in
            checker.violations(in: evidence).map {
                Violation(invariant: type(of: checker).name, story: $0)
            }
        }
    }
}
