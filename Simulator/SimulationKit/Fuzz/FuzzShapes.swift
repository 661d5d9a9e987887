import HTTPTransport

/// What requests to one CRM are made of.
struct FuzzShapes: Sendable {
    var calls: [FuzzCall]
    /// What may stand for each placeholder; those that come later may stand in the earlier ones.
    var placeholders: [(name: String, values: [String])]
    var finds: [FuzzFind]
    var parameters: [(name: String, values: [String])]
    var headers: [String]
    /// With parts of the verb and address that they are meant for: `PATCH /crm`.
    var bodies: [(parts: [String], text: String)]

    /// The bodies for a request, those with the longest part of its address; all of them where none
    /// is meant for it.
    func bodies(for call: String) -> [String] {
        let lengths = self.bodies.map { body in
            body.parts.filter { call.contains($0) }.map(\.count).max() ?? 0
        }
        let longest = lengths.max() ?? 0
        let fitting = zip(self.bodies, lengths).filter { $0.1 == longest }
        return fitting.map { $0.0.text }
    }
}
