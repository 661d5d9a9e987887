/// What requests to one CRM are made of.
struct FuzzShapes: Sendable {
    var paths: [String]
    var placeholders: [(name: String, values: [String])]
    var parameters: [(name: String, values: [String])]
    var headers: [String]
    /// With parts of the addresses that they are meant for.
    var bodies: [(parts: [String], text: String)]

    /// The bodies for an address; all of them where none is meant for it.
    func bodies(for path: String) -> [(parts: [String], text: String)] {
        let fitting = self.bodies.filter { $0.parts.contains { path.contains($0) } }
        return fitting.isEmpty ? self.bodies : fitting
    }
}
