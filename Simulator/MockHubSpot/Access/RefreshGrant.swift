/// What a refresh token stands for; it does not run out.
struct RefreshGrant: Sendable, Codable {
    /// The place of the app among the settings' apps.
    var app: Int
    var scopes: [String]?
}
