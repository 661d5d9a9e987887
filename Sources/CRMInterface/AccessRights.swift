/// What a connection's credentials may do, as far as the CRM tells.
package struct AccessRights: Sendable, Hashable {
    /// What may be done with an object's records; a right that the CRM does not tell is taken for given.
    package struct Object: Sendable, Hashable {
        package var isReadable = true
        package var isCreateable = true
        package var isUpdateable = true
        package var isDeletable = true
        /// The fields that may be read.
        package var fields: Set<String> = []
        package var createable: Set<String> = []
        package var updateable: Set<String> = []
        /// The fields that nobody writes: the CRM works their values out.
        package var calculated: Set<String> = []

        package init() {}
    }

    /// HubSpot's scopes; `nil` where the CRM has none.
    package var scopes: Set<String>?
    /// Salesforce's rights on the whole org, by their API names, as `ApiEnabled`; those it does not tell are missing.
    package var user: [String: Bool] = [:]
    /// By object; one that may not be read at all is missing.
    package var objects: [String: Object] = [:]

    package init() {}
}
