import HTTPTransport

/// Long polls: what a connect is answered now, and later.
extension MockSalesforce {
    /// Answers a connect that was held, if there is an event or its time is over.
    ///
    /// Until then it is given back as it was, so that whoever holds it can try again: a server in
    /// real time, a simulation at the time that `nextWake` names. With `isOver` it can be held no
    /// longer and gets an answer, with events or without.
    package mutating func resume(
        _ held: MockSalesforceHeldConnect,
        at now: Int64,
        isOver: Bool = false
    ) -> MockSalesforceReply {
        self.runDueJobs(at: now)
        self.publishChanges(at: now)
        guard var client = self.streams[held.clientID], let message = client.held,
            client.connects == held.number
        else {
            // A newer connect of the client has taken its place, or nobody knows the client.
            return Self.dated(.respond(HTTPResponse(status: 408)), now)
        }
        var reply = BayeuxReply(message)
        if client.isGone {
            self.streams[held.clientID] = nil
            reply.advice = .init(reconnect: "none")
            return Self.dated(.respond(self.response([reply.bytes])), now)
        }
        guard self.sessions.session(client.token)?.isEnded == false else {
            client.held = nil
            client.expiresAt = now + self.settings.streaming.reconnectTime
            self.streams[held.clientID] = client
            reply.error = "401::Authentication invalid"
            reply.advice = .init(reconnect: "none", interval: 0)
            return Self.dated(.respond(self.response([reply.bytes], isUnauthorized: true)), now)
        }
        guard let messages = self.delivery(to: &client, message, isOver || now >= held.until, now)
        else { return .hold(held) }
        client.held = nil
        self.streams[held.clientID] = client
        return Self.dated(.respond(self.response(messages)), now)
    }

    /// When it is worth while to resume a held connect, as far as the org knows: at its end, when a
    /// change that is already written will be committed, or when a Bulk job is through.
    package func nextWake(of held: MockSalesforceHeldConnect, after now: Int64) -> Int64 {
        let jobs = min(self.bulk.nextDue, self.batches.nextDue)
        return min(held.until, self.nextCommit(after: now) ?? held.until, max(now, jobs))
    }

    /// The org loses its retained events: no id from before can be asked for again.
    ///
    /// That includes the events of what was committed until then and nobody has asked for yet.
    package mutating func forgetEvents(at now: Int64) {
        self.publishChanges(at: now)
        self.eventLog.forgetAll()
    }

    /// Makes the events of what was committed until then, as the settings are now.
    ///
    /// Otherwise that happens when somebody asks, with the settings of that time.
    package mutating func publishEvents(at now: Int64) {
        self.publishChanges(at: now)
    }

    /// Events delivered to all clients in the 24 hours before.
    package mutating func eventsDelivered(at now: Int64) -> Int {
        self.streams.delivered(at: now)
    }

    mutating func connect(
        _ message: BayeuxMessage,
        _ caller: StreamCaller,
        mayHold: Bool,
        _ now: Int64
    ) -> MockSalesforceReply {
        let (messages, isUnauthorized) = self.connectNow(message, caller, mayHold: mayHold, now)
        guard messages.isEmpty, let id = message.clientID, var client = self.streams[id] else {
            return .respond(self.response(messages, isUnauthorized: isUnauthorized))
        }
        let until = now + self.settings.streaming.holdTime
        client.held = message
        // Late only if nobody answers it.
        client.expiresAt = until + self.settings.streaming.reconnectTime
        self.streams[id] = client
        return .hold(
            MockSalesforceHeldConnect(clientID: id, number: client.connects, until: until)
        )
    }

    /// Answers a connect at once; no message where it may be held and there is nothing to say.
    mutating func connectNow(
        _ message: BayeuxMessage,
        _ caller: StreamCaller,
        mayHold: Bool = false,
        _ now: Int64
    ) -> (messages: [[UInt8]], isUnauthorized: Bool) {
        if let refusal = self.refusal(of: message, caller) {
            return ([refusal.bytes], refusal.error?.hasPrefix("401") == true)
        }
        guard let id = message.clientID, var client = self.streams[id] else {
            return ([BayeuxReply.unknownClient(message).bytes], false)
        }
        guard message.connectionType == nil || message.connectionType == "long-polling" else {
            let type = message.connectionType ?? ""
            return (
                [BayeuxReply(message, error: "400::Invalid connection type \(type)").bytes], false
            )
        }
        client.connects += 1
        client.held = nil
        let isFirst = client.connects == 1
        let mustAnswer = !mayHold || isFirst || message.wantsAnswerAtOnce
        let messages = self.delivery(to: &client, message, mustAnswer, now)
        self.streams[id] = client
        return (messages ?? [], false)
    }

    /// The events for a client and the answer to its connect; `nil` where there is no event and an
    /// answer can wait.
    private mutating func delivery(
        to client: inout StreamingClient,
        _ message: BayeuxMessage,
        _ mustAnswer: Bool,
        _ now: Int64
    ) -> [[UInt8]]? {
        let streaming = self.settings.streaming
        var reply = BayeuxReply(message)
        if client.connects == 1 {
            reply.advice = .init(reconnect: "retry", interval: 0, timeout: streaming.holdTime)
        }
        let left = streaming.deliveriesMax - self.streams.delivered(at: now)
        let events = self.takeEvents(for: &client, max: min(left, streaming.eventsPerReplyMax))
        if events.isEmpty, left <= 0, self.hasEvents(for: client) {
            client.expiresAt = now + streaming.reconnectTime
            reply.error = "403::Organization total events daily limit exceeded"
            reply.advice = .init(reconnect: "none")
            return [reply.bytes]
        }
        guard mustAnswer || !events.isEmpty else { return nil }
        let time = events.isEmpty ? streaming.reconnectTime : streaming.reconnectTimeAfterEvents
        client.expiresAt = now + time
        let texts = self.disturbed(events.map { self.text(of: $0.event, on: $0.channel) })
        self.streams.note(events.count, at: now)
        return texts + [reply.bytes]
    }

    /// Takes the next events of a client's channels, in the order of their ids.
    private func takeEvents(
        for client: inout StreamingClient,
        max: Int
    ) -> [(event: ChangeEvent, channel: String)] {
        guard max > 0, let first = client.subscriptions.map(\.after).min() else { return [] }
        let objects = client.subscriptions.map { self.objects(of: $0.channel) ?? [] }
        var taken: [(event: ChangeEvent, channel: String)] = []
        var last = first
        for event in self.eventLog.events[self.eventLog.firstPlace(after: first)...] {
            guard taken.count < max else { break }
            let name = self.org.tables[event.table].object.name
            for (place, subscription) in client.subscriptions.enumerated()
            where objects[place].contains(name) && event.replayID > subscription.after {
                taken.append((event, subscription.channel))
            }
            last = event.replayID
        }
        for place in client.subscriptions.indices where client.subscriptions[place].after < last {
            client.subscriptions[place].after = last
        }
        return taken
    }

    private func hasEvents(for client: StreamingClient) -> Bool {
        var copy = client
        return !self.takeEvents(for: &copy, max: 1).isEmpty
    }

    /// The messages as they arrive where the org delivers badly.
    private func disturbed(_ messages: [[UInt8]]) -> [[UInt8]] {
        let streaming = self.settings.streaming
        var disturbed: [[UInt8]] = []
        var delayed: [UInt8]?
        for (place, message) in messages.enumerated() {
            let number = self.streams.deliveriesEver + place + 1
            func hits(_ nth: Int?) -> Bool {
                guard let nth, nth > 0 else { return false }
                return number.isMultiple(of: nth)
            }
            if delayed == nil, hits(streaming.swapEveryNthDelivery) {
                delayed = message
                continue
            }
            disturbed.append(message)
            if let late = delayed {
                disturbed.append(late)
                delayed = nil
            }
            if hits(streaming.doubleEveryNthDelivery) { disturbed.append(message) }
        }
        return disturbed + (delayed.map { [$0] } ?? [])
    }
}
