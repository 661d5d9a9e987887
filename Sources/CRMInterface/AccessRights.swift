package import SyncCore

/// What a connection's credentials may do, as far as the CRM tells, and what it tells besides.
package struct AccessRights: Sendable, Hashable {
    /// What may be done with an object's records; a right that the CRM does not tell is taken for given.
    package struct Object: Sendable, Hashable {
        package var isReadable = true
        package var isCreateable = true
        package var isUpdateable = true
        package var isDeletable = true
        /// Whether all its records are seen, whoever shares them; `nil` where the CRM does not tell.
        package var seesAll: Bool?
        /// The fields that may be read.
        package var fields: Set<String> = []
        package var createable: Set<String> = []
        package var updateable: Set<String> = []
        /// The fields that nobody is given or refused: the CRM works their values out, or keeps them itself.
        package var fixed: Set<String> = []
        /// The fields of which no two records have one value.
        package var unique: Set<String> = []
        /// Fields that are there and may not be read, of those that were asked for.
        package var hidden: Set<String> = []

        package init() {}
    }

    /// HubSpot's scopes; `nil` where the CRM has none.
    package var scopes: Set<String>?
    /// Salesforce's rights on the whole org, by their API names, as `ApiEnabled`; those it does not tell are missing.
    package var user: [String: Bool] = [:]
    /// By object; one that may not be read at all is missing.
    package var objects: [String: Object] = [:]
    package var account: AccountDetails?
    /// The day's calls; `nil` where replies do not tell them.
    package var usage: DailyUsage?
    /// How far the CRM's clock is ahead of this machine's, in milliseconds.
    package var clockLead: Int64?
    /// When a trial of the account ends, in milliseconds since 1970.
    package var trialEndsAt: Int64?

    package init() {}
}
