import HTTPTransport

/// One well-formed request of an app that has nothing to do with the engine.
struct BystanderCall: Sendable {
    /// What it does to a record that the app keeps book of.
    enum Deed: Sendable {
        case other
        /// An object by the CRM's name.
        case make(String), edit(String), delete(String)
    }

    /// Whose credential comes with it.
    enum Signature: Sendable { case own, app, nobody }

    var method: HTTPMethod
    /// With placeholders in braces, as the body: `{deals}` is a record of the book, `{n}` a new number,
    /// everything else what an earlier reply named.
    var path: String
    var body: String
    var deed = Deed.other
    /// Members of the reply, by their way through it, and the placeholders that they stand for then.
    var finds: [(member: String, placeholder: String)] = []
    var type = "application/json"
    var headers: [HTTPHeader] = []
    var signature = Signature.own

    /// `POST /crm/v3/objects/deals`.
    init(_ call: String, _ body: String = "", _ deed: Deed = .other) {
        let parts = call.split(separator: " ", maxSplits: 1)
        self.method = parts.first.flatMap { HTTPMethod(rawValue: String($0)) } ?? .get
        self.path = String(parts.last ?? "")
        self.body = body
        self.deed = deed
    }

    /// `id` or `list.listId`.
    func finding(_ member: String, _ placeholder: String) -> Self {
        var call = self
        call.finds.append((member, placeholder))
        return call
    }

    func typed(_ type: String) -> Self {
        var call = self
        call.type = type
        return call
    }

    func signed(by signature: Signature) -> Self {
        var call = self
        call.signature = signature
        return call
    }

    func header(_ name: String, _ value: String) -> Self {
        var call = self
        call.headers.append(HTTPHeader(name, value))
        return call
    }
}
