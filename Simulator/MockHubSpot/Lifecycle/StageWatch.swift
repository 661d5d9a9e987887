/// How many commits of deals and companies the account's settings have looked at.
struct StageWatch: Sendable, Codable {
    var deals: Int
    var companies: Int
}
