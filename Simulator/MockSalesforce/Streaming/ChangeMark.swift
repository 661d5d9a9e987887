/// Which transaction a change belongs to, and through which door it came.
struct ChangeMark: Sendable, Codable {
    /// The number of changes before the transaction: no two that changed anything share it.
    var transaction: Int
    /// As `changeOrigin` names it; empty for the org's own doing.
    var origin: String
}
