/// How the org is set up and which of the undocumented behaviours it shows.
package struct MockSalesforceSettings: Sendable, Codable {
    /// The integration users that may ask for tokens.
    package var credentials: [MockSalesforceCredential]
    /// Other people of the org.
    package var users: [MockSalesforceUser]
    package var customFields: [MockSalesforceCustomField]
    /// Object types of the org's own; their fields are among `customFields`.
    package var customObjects: [MockSalesforceCustomObject] = []
    package var organizationName = "Acme"
    package var organizationType = "Enterprise Edition"
    package var isSandbox = false
    /// What token replies name as `instance_url`; `nil` answers with the request's own host.
    package var instanceURL: String?
    /// Whether a password counts only with the security token behind it.
    package var requiresSecurityToken = true
    /// Calls per rolling 24 hours.
    package var dailyCallsMax = 100_000
    /// Whether a session that has expired still pays for the call that finds out.
    package var countsUnauthorizedCalls = true
    /// How long an access token lives, in milliseconds; `nil` for ever.
    package var sessionLifetime: Int64?
    /// Refresh Token Rotation: each token works once, a replay revokes the whole family.
    package var rotatesRefreshTokens = false
    /// The most rows a page may hold, whatever the client asked for; it may return fewer.
    package var pageRowsMax = 2000
    /// Record types beside those of person accounts; with none an object has the master alone.
    package var recordTypes: [MockSalesforceRecordType] = []
    /// With none the org has no `Group` and no `QueueSobject`.
    package var queues: [MockSalesforceQueue] = []
    /// Deletions that the log of an object remembers, the newest; `nil` for all of fifteen days.
    package var deleteLogMax: Int?
    /// The most ids that one answer of getUpdated or getDeleted has.
    package var replicationIDsMax = 600_000
    /// Cursors live two days.
    package var cursorLifetime: Int64 = 2 * 86_400_000
    /// Whether an update that changes nothing still moves the stamps.
    package var unchangedUpdateMovesStamps = true
    /// Whether leading and trailing blanks of text are dropped.
    package var trimsText = true
    /// From a person's write to its commit, in milliseconds; the stamp is the write's.
    package var commitDelay: Int64 = 0
    /// The same for writes over REST; a reply comes before its rows can be seen.
    package var restCommitDelay: Int64 = 0
    /// How long a Bulk job waits before the org takes it up, in milliseconds.
    package var bulkQueueTime: Int64 = 0
    /// How long the org takes for each 10,000 records of a Bulk job, in milliseconds.
    package var bulkBatchTime: Int64 = 0
    /// Whether a Bulk job's results come in another order than the upload.
    package var shufflesBulkResults = true
    /// Whether days are numbers, as times are, in the JSON of the first Bulk API.
    package var countsBulkDays = false
    /// Whether the integration user may delete past the recycle bin.
    package var allowsBulkHardDelete = true
    /// Whether a single record's `DUPLICATES_DETECTED` has the key `duplicateResut`, as recorded
    /// under v50 to v56, and not `duplicateResult`, as published for v62.
    package var misspellsDuplicateResult = true
    /// Whether rows of lists show what a duplicate rule found; the documentation's do not.
    package var listsDuplicateResults = true
    /// The profiles of an org that checks what its users may do; `nil` checks nothing, and such an
    /// org has one profile, the administrator's, and no `FieldPermissions`.
    package var permissions: MockSalesforcePermissions?
    /// The currencies of an org that has several; `nil` for one, without `CurrencyIsoCode`.
    package var currencies: MockSalesforceCurrencies?
    /// The countries of an org with picklists of states and countries; with none addresses are texts.
    package var countries: [MockSalesforceCountry] = []
    /// Whether an account may be a person, with a contact in its shadow.
    package var hasPersonAccounts = false
    /// Whether OpportunityStage, TaskStatus and CaseStatus have their rows.
    package var listsProcesses = true
    /// When the trial of the org ends, in milliseconds since 1970; scratch orgs have such a time.
    package var trialExpiresAt: Int64?
    /// When the shape of the org last changed, for `If-Modified-Since` on describes.
    package var metadataChangedAt: Int64 = 1_767_225_600_000
    /// Change data capture and the streaming API.
    package var streaming = MockSalesforceStreamingSettings()
    /// The state of the token generator at the start.
    package var seed: UInt64 = 1

    package init(
        credentials: [MockSalesforceCredential] = [.standard],
        users: [MockSalesforceUser] = MockSalesforceUser.standard,
        customFields: [MockSalesforceCustomField] = MockSalesforceCustomField.standard
    ) {
        self.credentials = credentials
        self.users = users
        self.customFields = customFields
    }
}
