/// The session at hand; Salesforce tells no lifetime, so it is renewed on a 401.
struct SalesforceSession: Sendable {
    var accessToken: String
    /// Read again at every refresh: an org can move.
    var instanceURL: String
    var orgID: String?
}
