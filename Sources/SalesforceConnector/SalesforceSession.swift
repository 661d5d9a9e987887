/// The session at hand; Salesforce tells no lifetime, so it is renewed on a 401 (Salesforce Help:
/// remoteaccess_oauth_refresh_token_flow; restforce's fixtures of token replies).
struct SalesforceSession: Sendable {
    var accessToken: String
    /// Read again at every refresh: an org can move.
    var instanceURL: String
    var orgID: String?
    /// The user that the app runs as.
    var userID: String?
}
