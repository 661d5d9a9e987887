/// The access token at hand and when it is to be renewed: before it ends
/// (docs/developer-tooling/platform/usage-guidelines).
struct HubSpotSession: Sendable {
    var accessToken: String
    /// Monotonic milliseconds after which a new one is fetched ahead of time; `nil` = never.
    var renewAt: Int64?
    var portalID: String?
}
