/// What becomes of a write: every event takes an entry and answers it in its next state.
///
/// An attempt without a reply may be stored until the vendor's longest request time has passed
/// since it was sent. Until every attempt is accounted for the record stays closed to any other
/// write (architecture 5.8), also when a later attempt of the same bytes was answered.
package struct OutboxMachine: Sendable, Hashable {
    /// The vendor's longest request time in milliseconds.
    package let requestTimeMax: Int64
    /// How many attempts one entry gets.
    package let attemptsMax: Int
    /// Wall milliseconds.
    package let now: Int64
    private let sabotage: Sabotage?

    package init(
        requestTimeMax: Int64,
        attemptsMax: Int,
        now: Int64,
        sabotage: Sabotage? = nil
    ) {
        self.requestTimeMax = requestTimeMax
        self.attemptsMax = attemptsMax
        self.now = now
        self.sabotage = sabotage
    }

    // MARK: - Sending

    /// The entry's bytes are about to be given to the transport.
    package static func sent(_ entry: OutboxEntry, at wallMilliseconds: Int64) -> OutboxEntry {
        var next = entry
        next.state = .sent
        next.notBefore = nil
        next.attempts.append(OutboxEntry.Attempt(sentAt: wallMilliseconds))
        return next
    }

    /// A process that ended had sent it and read no reply.
    package func recovered(_ entry: OutboxEntry) -> OutboxEntry {
        var next = entry
        next.state = self.sabotage == .losesQueueOnRestart ? .superseded : .unknown
        return next
    }

    // MARK: - Replies

    /// A reply, or a read-back, shows it stored.
    ///
    /// A read-back accounts for one attempt and does not tell which: the newest ones stay open.
    package func stored(_ entry: OutboxEntry, byReply: Bool) -> OutboxEntry {
        var next = entry
        if self.sabotage == .opensOnSecondReply {
            for place in next.attempts.indices { next.attempts[place].fate = .stored }
        }
        if byReply {
            next.answer(.stored)
        } else if let first = next.attempts.firstIndex(where: { $0.fate == .open }) {
            next.attempts[first].fate = .stored
        }
        next.notBefore = self.quietAt(next)
        next.state = next.notBefore == nil ? .confirmed : .landed
        return next
    }

    /// A reply refuses it for good.
    package func refused(_ entry: OutboxEntry) -> OutboxEntry {
        var next = entry
        next.answer(.refused)
        next.notBefore = self.quietAt(next)
        next.state = next.notBefore == nil ? .rejected : .unknown
        return next
    }

    /// A reply says that its key or a unique value belongs to `existing`: it comes back as a match.
    ///
    /// Without an id its counterpart is looked for anew.
    package func taken(_ entry: OutboxEntry, by existing: String?) -> OutboxEntry {
        var next = entry
        next.answer(.refused)
        next.notBefore = self.quietAt(next)
        guard next.notBefore == nil else {
            next.state = .unknown
            return next
        }
        next.state = .unmatched
        next.targetID = existing
        return next
    }

    /// A reply says that nothing was stored and that it may go again.
    ///
    /// Only a `.retry` counts toward `attemptsMax`: a limit that is used up is no fault of the write.
    /// After so many a person is told (`isExhausted`), and it is tried again an hour later.
    package func deferred(
        _ entry: OutboxEntry,
        _ disposition: FailureDisposition
    ) -> OutboxEntry {
        var next = entry
        let failures = entry.attempts.count
        switch disposition {
        case .holdRecord: return self.refused(entry)
        case .retry(let delay):
            next.answer(.refused)
            if failures >= self.attemptsMax {
                // What passes by itself is never given up: the finding tells, and it starts anew.
                next.attempts.removeAll { $0.fate != .open }
                next.notBefore = self.now + Self.pauseAfterAttempts
            } else {
                let wait = Backoff(base: delay).delay(attempt: failures, seed: entry.id)
                next.notBefore = self.now + wait
            }
        case .pausePair(let delay), .lookAgain(let delay):
            next.attempts.removeLast()
            next.notBefore = self.now + delay
        case .refreshCredentials, .stop:
            next.attempts.removeLast()
            next.notBefore = nil
        }
        // While an earlier attempt can land no other write may take this one's place.
        next.state = self.quietAt(next) == nil ? .planned : .unknown
        return next
    }

    /// Whether a reply of this kind leaves a write that a person must be told of.
    package func isExhausted(
        _ entry: OutboxEntry,
        _ disposition: FailureDisposition
    ) -> Bool {
        guard case .retry = disposition else { return false }
        return entry.attempts.count >= self.attemptsMax
    }

    /// No reply came, or none for this write.
    ///
    /// `looksUp`: whether a read can tell at once.
    package func lost(_ entry: OutboxEntry, looksUp: Bool) -> OutboxEntry {
        var next = entry
        if self.sabotage == .takesLostForUnsent {
            next.attempts = []
            next.state = .planned
            return next
        }
        next.state = .unknown
        // It left before now, whatever held it up on the way: the wait counts from here.
        if let last = next.attempts.indices.last, next.attempts[last].fate == .open {
            next.attempts[last].sentAt = max(next.attempts[last].sentAt, self.now)
        }
        let failures = next.attempts.count
        if !looksUp || failures >= self.attemptsMax {
            next.notBefore = self.quietAt(next)
        } else {
            let wait = Backoff().delay(attempt: failures - Self.eagerMax, seed: entry.id)
            next.notBefore = failures <= Self.eagerMax ? nil : self.now + wait
        }
        return next
    }

    // MARK: - Looks at what became of it

    /// What an entry without an outcome waits for.
    package enum Step: Sendable, Hashable {
        /// It is stored and nothing can arrive any more.
        case close
        /// Nothing to do before this wall time.
        case wait(until: Int64)
        /// Read the target, by id, key or match value, and ask `looked`.
        case look
    }

    /// The next step of an `unknown` or `landed` entry; `looksUp`: whether a read can tell at once.
    package func step(_ entry: OutboxEntry, looksUp: Bool) -> Step {
        let quiet = self.quietAt(entry)
        if entry.state == .landed { return quiet.map { .wait(until: $0) } ?? .close }
        if !looksUp, let quiet { return .wait(until: quiet) }
        return .look
    }

    /// What a read of the target showed of a write.
    package enum Look: Sendable, Hashable {
        /// The values that were sent, or the record that was to be made.
        case stored
        /// What was there before: nothing landed yet.
        case asBefore
        /// Something else: it landed and was changed, or someone else wrote.
        case other
    }

    package enum Verdict: Sendable, Hashable {
        case stored
        /// The same bytes go again: they name an id or a key.
        case resend
        /// The entry, waiting until every attempt is accounted for.
        case wait(OutboxEntry)
        /// The entry as planned: no attempt can land any more, the record is decided again.
        case reopen(OutboxEntry)
    }

    package func looked(_ entry: OutboxEntry, _ look: Look) -> Verdict {
        let quiet = self.quietAt(entry)
        switch look {
        case .stored: return .stored
        case .asBefore where entry.attempts.count < self.attemptsMax: return .resend
        case .asBefore, .other:
            var next = entry
            guard let quiet else {
                next.attempts = []
                next.state = .planned
                next.notBefore = nil
                return .reopen(next)
            }
            next.notBefore = quiet
            return .wait(next)
        }
    }

    /// When the last attempt that may still land can no longer; `nil` if none can.
    private func quietAt(_ entry: OutboxEntry) -> Int64? {
        guard self.sabotage != .forgetsLateLandings else { return nil }
        return entry.attempts.filter { $0.fate == .open }.map { $0.sentAt + self.requestTimeMax }
            .filter { $0 > self.now }.max()
    }

    /// The pause of a write that was put off too often, in milliseconds.
    package static let pauseAfterAttempts: Int64 = 3_600_000
    /// How many times a lost write is looked for and sent again without a pause.
    private static let eagerMax = 3
}

extension OutboxEntry {
    /// Settles the newest attempt: a reply is always its.
    fileprivate mutating func answer(_ fate: Attempt.Fate) {
        guard let last = self.attempts.lastIndex(where: { $0.fate == .open }) else { return }
        self.attempts[last].fate = fate
    }
}
