import WireJSON

/// One message that answers a client's.
struct BayeuxReply: Sendable {
    /// What the client shall do next.
    struct Advice: Sendable {
        var reconnect: String
        var interval: Int64?
        var timeout: Int64?
    }

    var channel: String
    var id: JSON?
    var clientID: String?
    var advice: Advice?
    var error: String?
    var subscriptions: [String]
    var isList: Bool
    /// What a handshake tells besides.
    var isHandshake = false
    /// Why a handshake was denied.
    var failureReason: String?

    init(_ message: BayeuxMessage, error: String? = nil) {
        self.channel = message.channel
        self.id = message.id
        self.clientID = message.clientID
        self.subscriptions = message.subscriptions
        self.isList = message.isList
        self.error = error
    }

    /// The client's session is gone: it must shake hands again.
    static func unknownClient(_ message: BayeuxMessage) -> BayeuxReply {
        var reply = BayeuxReply(message, error: "403::Unknown client")
        reply.clientID = nil
        reply.advice = Advice(reconnect: "handshake", interval: 0)
        return reply
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if self.isHandshake || self.failureReason != nil { self.writeExtensions(to: &writer) }
            if self.isHandshake { writer.member("minimumVersion", "1.0") }
            if let clientID = self.clientID { writer.member("clientId", clientID) }
            if let advice = self.advice { Self.write(advice, to: &writer) }
            if self.isHandshake {
                writer.name("supportedConnectionTypes")
                writer.array { $0.string("long-polling") }
            }
            writer.member("channel", self.channel)
            if let id = self.id {
                writer.name("id")
                writer.json(id)
            }
            if self.isList {
                writer.name("subscription")
                writer.array { for channel in self.subscriptions { $0.string(channel) } }
            } else if let channel = self.subscriptions.first {
                writer.member("subscription", channel)
            }
            if self.isHandshake { writer.member("version", "1.0") }
            if let error = self.error { writer.member("error", error) }
            writer.member("successful", self.error == nil)
        }
        return writer.bytes
    }

    private func writeExtensions(to writer: inout JSONWriter) {
        writer.name("ext")
        writer.object { writer in
            if let reason = self.failureReason {
                writer.name("sfdc")
                writer.object { $0.member("failureReason", reason) }
            }
            writer.member("replay", true)
            writer.member("payload.format", true)
        }
    }

    private static func write(_ advice: Advice, to writer: inout JSONWriter) {
        writer.name("advice")
        writer.object { writer in
            writer.member("reconnect", advice.reconnect)
            if let interval = advice.interval { writer.member("interval", interval) }
            if let timeout = advice.timeout { writer.member("timeout", timeout) }
        }
    }
}
