import WireJSON

/// One message that a client sends.
struct BayeuxMessage: Sendable {
    /// Where a subscription wants to start.
    enum Replay: Sendable, Hashable {
        /// -1, or nothing said.
        case new
        /// -2.
        case all
        case after(Int64)
        /// Not a number.
        case invalid(String)
    }

    static let handshake = "/meta/handshake"
    static let connect = "/meta/connect"
    static let subscribe = "/meta/subscribe"
    static let unsubscribe = "/meta/unsubscribe"
    static let disconnect = "/meta/disconnect"

    var channel: String
    var clientID: String?
    /// Given back as it came: clients send text and numbers.
    var id: JSON?
    /// One channel or several.
    var subscriptions: [String]
    /// Whether the channels came as a list, as the reply then has them.
    var isList: Bool
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
        self.channel = json["channel"]?.string ?? ""
        self.clientID = json["clientId"]?.string
        let id = json["id"]
        self.id = id?.kind == .string || id?.kind == .number ? id : nil
        let wanted = json["subscription"]
        self.isList = wanted?.kind == .array
        self.subscriptions =
            self.isList
            ? (wanted?.elements ?? []).compactMap(\.string)
            : [wanted?.string].compactMap(\.self)
    }

    var connectionTypes: [String] {
        (self.json["supportedConnectionTypes"]?.elements ?? []).compactMap(\.string)
    }

    var connectionType: String? { self.json["connectionType"]?.string }

    /// A client that wants its connect answered at once says so by a timeout of 0.
    var wantsAnswerAtOnce: Bool { self.json["advice"]?["timeout"]?.integer == 0 }

    func replay(of channel: String) -> Replay {
        guard let value = self.json["ext"]?["replay"]?[channel], !value.isNull else { return .new }
        guard let number = value.integer else {
            return .invalid(value.string ?? value.numberText ?? "")
        }
        switch number {
        case -1: return .new
        case -2: return .all
        default: return .after(number)
        }
    }
}
