/// What a bearer token lets its holder do.
struct AccessSession: Sendable, Codable {
    /// The place of the app among the settings' apps.
    var app: Int
    var expiresAt: Int64
    /// What was granted; `nil` for everything.
    var scopes: [String]?
    /// The user who installed the app; none for the app itself.
    var userID: Int64?
    /// From a client credentials grant: the token of the app, not of an account.
    var isAppLevel = false
}
