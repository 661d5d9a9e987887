import MockHubSpot
import MockSalesforce

/// Behaviours of both CRMs that no text tells, the other way round than the mocks usually have them: the
/// engine may rely on neither.
package struct SimulatedKnobs {
    package enum Knob: String, Sendable, Hashable, CaseIterable, Codable {
        // HubSpot
        case tiesMoveStamps, unchangedWritesKeepStamps, nullClears, resultsInOrder, tellsWhenToRetry
        case hidesAddresses, hidesCalculated, takesOddPages, firstCompanyIsPrimary
        case conflictsNamedOtherwise, forgetsCalculated
        // Salesforce
        case unchangedUpdatesKeepStamps, keepsBlanks, bulkInOrder, refusedSessionsAreFree
    }

    package struct Plan: Sendable, Hashable, Codable {
        package var turned: [Knob]

        static func drawn(_ random: inout SeededRandom) -> Self? {
            let turned = Knob.allCases.filter { _ in random.happens(percent: 20) }
            return turned.isEmpty ? nil : Plan(turned: turned)
        }

        func has(_ knob: Knob) -> Bool { self.turned.contains(knob) }
    }

    static func settings(_ settings: MockHubSpotSettings, _ plan: Plan) -> MockHubSpotSettings {
        var settings = settings
        settings.tiesMoveStamps = plan.has(.tiesMoveStamps)
        settings.unchangedWriteMovesStamp = !plan.has(.unchangedWritesKeepStamps)
        settings.nullClears = plan.has(.nullClears)
        settings.shufflesResults = !plan.has(.resultsInOrder)
        settings.sendsRetryAfter = plan.has(.tellsWhenToRetry)
        settings.showsAddresses = !plan.has(.hidesAddresses)
        settings.answersShowCalculated = !plan.has(.hidesCalculated)
        settings.refusesOddPages = !plan.has(.takesOddPages)
        settings.firstCompanyIsPrimary = plan.has(.firstCompanyIsPrimary)
        settings.showsCalculatedHistory = !plan.has(.forgetsCalculated)
        if plan.has(.conflictsNamedOtherwise) { settings.uniqueConflicts = .coded }
        return settings
    }

    static func settings(_ settings: MockSalesforceSettings, _ plan: Plan) -> MockSalesforceSettings
    {
        var settings = settings
        settings.unchangedUpdateMovesStamps = !plan.has(.unchangedUpdatesKeepStamps)
        settings.trimsText = !plan.has(.keepsBlanks)
        settings.shufflesBulkResults = !plan.has(.bulkInOrder)
        settings.countsUnauthorizedCalls = !plan.has(.refusedSessionsAreFree)
        return settings
    }
}
