/// What clients subscribe to, and from which event on.
extension MockSalesforce {
    mutating func subscribe(_ message: BayeuxMessage) -> BayeuxReply {
        guard let id = message.clientID, var client = self.streams[id] else {
            return .unknownClient(message)
        }
        guard !message.subscriptions.isEmpty else {
            return BayeuxReply(message, error: "400::Channel name not specified")
        }
        for channel in message.subscriptions {
            guard channel.hasPrefix("/") else {
                return BayeuxReply(
                    message,
                    error: "400::Channel subscriptions must start with a leading '/'"
                )
            }
            guard self.objects(of: channel) != nil else {
                return BayeuxReply(
                    message,
                    error: "400::The channel you requested to subscribe to does not exist "
                        + "{\(channel)}"
                )
            }
            let after: Int64
            switch message.replay(of: channel) {
            case .new: after = self.eventLog.tip
            case .all: after = 0
            case .after(let id) where self.eventLog.isRetained(id): after = id
            case .after(let id): return Self.invalidReplay(message, "\(id)")
            case .invalid(let text): return Self.invalidReplay(message, text)
            }
            client.subscriptions.removeAll { $0.channel == channel }
            client.subscriptions.append(.init(channel: channel, after: after))
        }
        guard client.subscriptions.count <= self.settings.streaming.subscriptionsMax else {
            return BayeuxReply(message, error: "403::Subscription limit exceeded")
        }
        self.streams[id] = client
        return BayeuxReply(message)
    }

    mutating func unsubscribe(_ message: BayeuxMessage) -> BayeuxReply {
        guard let id = message.clientID else { return .unknownClient(message) }
        self.streams[id]?.subscriptions.removeAll { message.subscriptions.contains($0.channel) }
        return BayeuxReply(message)
    }

    mutating func disconnect(_ message: BayeuxMessage, _ now: Int64) -> BayeuxReply {
        guard let id = message.clientID else { return .unknownClient(message) }
        if self.streams[id]?.held != nil {
            self.streams[id]?.isGone = true
            self.streams[id]?.subscriptions = []
        } else {
            self.streams[id] = nil
        }
        return BayeuxReply(message)
    }

    /// The objects whose changes come on a channel; `nil` where there is no such channel.
    func objects(of channel: String) -> Set<String>? {
        let streaming = self.settings.streaming
        let selected = streaming.selectedObjects.filter { self.org.table($0) != nil }
        guard channel.hasPrefix("/data/") else { return nil }
        let name = String(channel.dropFirst("/data/".count))
        if name == "ChangeEvents" { return Set(selected) }
        if let own = streaming.channels[name] { return Set(own) }
        return selected.first { ChangeEventSchema.eventName(of: $0) == name }.map { [$0] }
    }

    private static func invalidReplay(_ message: BayeuxMessage, _ id: String) -> BayeuxReply {
        BayeuxReply(
            message,
            error: "400::The replayId {\(id)} you provided was invalid.  Please provide a valid "
                + "ID, -2 to replay all events, or -1 to replay only new events."
        )
    }
}
