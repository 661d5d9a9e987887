/// How the portal is set up and which of the undocumented behaviours it shows.
package struct MockHubSpotSettings: Sendable, Codable {
    package var portalID: Int64 = 9_900_001
    package var accountType = "STANDARD"
    package var timeZone = "US/Eastern"
    /// Of the account's time zone; the daily limit starts again at its midnight.
    package var utcOffset: Int64 = -4 * 3_600_000
    package var portalName = "Duet"
    package var portalCreatedAt: Int64 = 1_577_836_800_000
    package var companyCurrency = "USD"
    /// Besides the company's own.
    package var currencies: [MockHubSpotCurrency] = []
    /// The type ids of object types that are switched off.
    package var disabled: Set<String> = []
    package var accountLimits = MockHubSpotLimits()
    /// Asked on `2026-09` paths only, as are `requirements`.
    package var propertyRules: [MockHubSpotRule] = []
    package var requirements: [MockHubSpotRequirement] = []
    /// The most bytes of a URL.
    package var urlMax = 16_384
    /// How long a count of the day's calls is shown again, in milliseconds.
    package var usageReportAge: Int64 = 300_000
    package var uiDomain = "app.hubspot.com"
    package var dataHostingLocation = "na1"
    package var apps: [MockHubSpotApp]
    package var objects: [MockHubSpotObject]
    package var owners: [MockHubSpotOwner]
    package var teams: [MockHubSpotTeam] = []
    package var roles: [MockHubSpotRole] = []
    /// Calls a day of all private apps together; OAuth apps have none.
    package var dailyMax = 625_000
    package var searchesPerSecondMax = 5
    /// Adds `Retry-After` (seconds) to the 429 of the rolling limits; not documented.
    package var sendsRetryAfter = false
    /// How long an access token lives, in milliseconds.
    package var tokenLifetime: Int64 = 1_800_000
    package var checksScopes = true
    /// How long an authorization code lives, in milliseconds.
    package var codeLifetime: Int64 = 600_000
    /// Whether the administrator agrees to an authorization.
    package var consentIsGiven = true
    /// The domain that token information names.
    package var hubDomain = "duet.example"
    /// How far search is behind the records, in milliseconds.
    package var indexDelay: Int64 = 5000
    /// How far reads by id are behind, in milliseconds; HubSpot's are not.
    package var readDelay: Int64 = 0
    /// Whether a write that changes nothing still moves `lastmodifieddate`.
    package var unchangedWriteMovesStamp = true
    /// Whether ties that come or go move the stamps of the records that show their number: HubSpot
    /// says that its own properties move `hs_lastmodifieddate`, not which of them.
    package var tiesMoveStamps = false
    /// Whether the kind of tie that says no more than that a custom object's records belong to others is the account's
    /// own, `USER_DEFINED`: programs have been seen that write it so, and no text says.
    package var customTiesAreUserDefined = false
    /// Whether a batch of ties is refused as a whole, and nobody named, where one of them is of a kind that there is not:
    /// no text tells.
    package var unknownKindRefusesAll = false
    /// Whether calculated properties have a history; from memory.
    package var showsCalculatedHistory = true
    /// Whether a reply to a write shows the calculated properties, as HubSpot's do.
    package var answersShowCalculated = true
    /// Whether `validateReferencesBeforeDelete=false` lets stages in use go on `2026-09`: the guide
    /// says so, a client has seen otherwise.
    package var pipelineFlagsBypass = false
    /// The most ties of one record that a batch read shows; v3 shows fewer.
    package var tiesPageMax = 500
    package var oldTiesPageMax = 100
    /// The most ties to one object type that stand inside a record.
    package var inlineTiesMax = 100
    /// Whether reads show each record's address in the app.
    package var showsAddresses = true
    /// How long archived records are kept, in milliseconds.
    package var archiveAge: Int64 = 90 * 86_400_000
    /// How many merges the two records of another merge may have been through together.
    package var mergesMax = 250
    /// Whether the first company that a record is tied to becomes its primary one by itself, as it
    /// does in the app; the guides do not say that it does over the API.
    package var firstCompanyIsPrimary = false
    /// Whether JSON null in a write clears the property or is passed over.
    package var nullClears = false
    package var mergedIDsInReads = MockHubSpotMergedIDs.followed
    package var mergedIDsInUpdates = MockHubSpotMergedIDs.omitted
    /// Whether a merge keeps the primary record's id (a beta) or makes a new one.
    package var mergeKeepsPrimaryID = false
    /// Whether batch results come back in another order than the inputs.
    package var shufflesResults = true
    /// The most rows a page of a search holds, whatever the client asked for.
    package var searchRowsMax = 200
    /// Whether lists of records refuse an odd `limit` or `after`; else the usual page stands for them.
    ///
    /// Too large a limit is always refused.
    package var refusesOddPages = true
    /// The most versions a property's history shows.
    package var historyVersionsMax = 45
    /// Whether new deals and tickets must be in a stage: HubSpot's guides say so, and a recorded
    /// reply shows a deal without one.
    package var requiresStages = true
    /// How a value of a unique property is refused that another record has; an e-mail is always a
    /// conflict.
    package var uniqueConflicts = MockHubSpotUniqueConflicts.coordinates
    /// Whether an archived owner's id is refused on write.
    package var refusesArchivedOwners = true
    /// Whether an owner's id that nobody has is refused on write.
    package var refusesUnknownOwners = true
    /// Whether dynamic lists follow the records; a portal's lists can lag for hours.
    package var refreshesLists = true
    package var firstRecordID: Int64 = 171_000_000_001
    package var webhooks = MockHubSpotWebhookSettings()
    package var journal = MockHubSpotJournalSettings()
    package var bulk = MockHubSpotBulkSettings()
    package var marketing = MockHubSpotMarketingSettings()
    package var dealSplits = MockHubSpotDealSplitSettings()
    package var lifecycle = MockHubSpotLifecycleSettings()
    /// The state of the generator of tokens, correlation ids and shuffles at the start.
    package var seed: UInt64 = 1

    package init(
        apps: [MockHubSpotApp] = [.standardStatic, .standardOAuth],
        objects: [MockHubSpotObject] = MockHubSpotObject.standard,
        owners: [MockHubSpotOwner] = MockHubSpotOwner.standard
    ) {
        self.apps = apps
        self.objects = objects
        self.owners = owners
    }
}
