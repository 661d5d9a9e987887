import CRMInterface
import HTTPTransport
package import SyncCore
import SyncStore

/// Watches a run without touching it: counts probes and, where asked to, keeps what happened.
///
/// It reads no choice, wakes nobody and adds nothing to the trace, so that a run is the same with
/// and without it.
package final class Recorder: Sendable {
    /// What is known of a request that is on its way.
    private struct Flight {
        var number: Int
        var side: Side
        /// Its place in the recording, where it is kept.
        var place: Int?
        var hasArrived = false
        var reply: [UInt8]?
    }

    private struct State {
        var recording: Recording
        /// By the task that sends: the ledger's line is written by the same task right before.
        var booked: [Int: LedgerCall] = [:]
        var flights: [Int: Flight] = [:]
        var number = 0
        var newestEnded = 0
        var startedAt: Int64 = 0
        var diedAt: Int64?
    }

    package let probes = Probes()
    /// Whether it keeps what happened.
    package let isKept: Bool
    private let now: @Sendable () -> Int64
    private let state: Locked<State>

    /// The most events of one kind; quiet polls leave room for what comes later.
    private static let eventsMax = 20_000
    private static let pollsMax = 5_000
    /// The most records that one request is shown with.
    private static let namesMax = 12

    /// `start`: wall milliseconds at time 0; `now`: virtual milliseconds since then.
    package init(isKept: Bool, start: Int64, now: @escaping @Sendable () -> Int64) {
        self.isKept = isKept
        self.now = now
        self.state = Locked(State(recording: Recording(start: start)))
    }

    /// What was kept so far; `nil` where nothing should be.
    package var recording: Recording? {
        self.isKept ? self.state.withLock { $0.recording } : nil
    }

    // MARK: - World and process

    package func mark(_ kind: Recording.Mark.Kind, _ side: Side? = nil, _ text: String = "") {
        let now = self.now()
        let hits = self.state.withLock { state -> [Probe] in
            var hits: [Probe] = []
            switch kind {
            case .started:
                if let died = state.diedAt, now - died >= 600_000 { hits.append(.deadForLong) }
                state.startedAt = now
            case .killed:
                hits.append(.processKilled)
                if now - state.startedAt < 3_000 { hits.append(.killedWhileStarting) }
                if !state.flights.isEmpty { hits.append(.killedInFlight) }
                state.diedAt = now
                // Nobody hears of them any more.
                state.flights = [:]
                state.booked = [:]
            case .hidden:
                hits.append(side == .hubspot ? .hubspotRecordHidden : .salesforceRecordHidden)
            case .fault, .calm, .shown: break
            }
            guard self.isKept else { return hits }
            guard state.recording.marks.count < Self.eventsMax else {
                state.recording.left += 1
                return hits
            }
            state.recording.marks.append(.init(at: now, kind: kind, side: side, text: text))
            return hits
        }
        for probe in hits { self.probes.hit(probe) }
    }

    /// Everything had its time to settle.
    func settled() {
        let now = self.now()
        self.state.withLock { $0.recording.settledAt = now }
    }

    /// Lets go of what it kept, once the report has it.
    func empty() {
        self.state.withLock { $0 = State(recording: Recording(start: 0)) }
    }

    // MARK: - Store

    func booked(_ call: LedgerCall) {
        guard let task = Self.task else { return }
        self.state.withLock { $0.booked[task] = call }
    }

    /// `conflicts`: the records that were not stored.
    func committed(_ commit: PageCommit, without conflicts: [CommitConflict]) {
        guard self.isKept else { return }
        let now = self.now()
        let refused = Set(conflicts.map(\.index))
        self.state.withLock { state in
            for (place, record) in commit.records.enumerated() where !refused.contains(place) {
                for link in [record.link].compactMap({ $0 }) + record.freeze {
                    guard state.recording.bases.count < Self.eventsMax else {
                        state.recording.left += 1
                        continue
                    }
                    state.recording.bases.append(
                        .init(
                            at: now,
                            hubspotID: link.hubspotID,
                            salesforceID: link.salesforceID,
                            isFrozen: link.state != .active,
                            hubspot: link.hubspotBase?.values.map(\.text),
                            salesforce: link.salesforceBase?.values.map(\.text)
                        )
                    )
                }
            }
        }
    }

    // MARK: - Wire

    func sent(_ request: HTTPRequest, to side: Side) {
        guard let task = Self.task else { return }
        let now = self.now()
        self.state.withLock { state in
            state.number += 1
            var flight = Flight(number: state.number, side: side)
            let call = state.booked.removeValue(forKey: task)
            if self.isKept {
                flight.place = self.keep(request, call, side, now, &state.recording)
            }
            state.flights[task] = flight
        }
    }

    private func keep(
        _ request: HTTPRequest,
        _ call: LedgerCall?,
        _ side: Side,
        _ now: Int64,
        _ recording: inout Recording
    ) -> Int? {
        if call?.cost != 0 { recording.histogram.add(side, at: now) }
        let isPoll = call?.purpose == "detect"
        guard recording.requests.count < (isPoll ? Self.pollsMax : Self.eventsMax) else {
            recording.left += 1
            return nil
        }
        recording.requests.append(
            .init(
                side: side,
                endpoint: call?.endpoint ?? "\(request.method)",
                purpose: call?.purpose ?? "",
                count: call?.records ?? 0,
                records: isPoll ? [] : RecordNames.named(in: request, max: Self.namesMax),
                sentAt: now,
                arrivedAt: nil,
                endedAt: nil,
                status: nil,
                fate: .open
            )
        )
        return recording.requests.count - 1
    }

    func arrived() {
        guard let task = Self.task else { return }
        let now = self.now()
        self.state.withLock { state in
            guard let flight = state.flights[task] else { return }
            state.flights[task]?.hasArrived = true
            if let place = flight.place { state.recording.requests[place].arrivedAt = now }
        }
    }

    /// The CRM's own reply, before the wire had it.
    func answered(_ response: HTTPResponse) {
        guard let task = Self.task else { return }
        let now = self.now()
        self.state.withLock { state in
            guard let flight = state.flights[task] else { return }
            state.flights[task]?.reply = response.body
            guard self.isKept, let usage = UsageHeader(response) else { return }
            state.recording.histogram.note(
                flight.side,
                used: usage.used,
                of: usage.limit,
                at: now
            )
        }
    }

    /// What the engine got: a reply, or `nil` for none.
    func ended(_ response: HTTPResponse?) {
        guard let task = Self.task else { return }
        let now = self.now()
        let hits = self.state.withLock { state -> [Probe] in
            guard let flight = state.flights.removeValue(forKey: task) else { return [] }
            let fate: Recording.Request.Fate
            var hits: [Probe] = []
            switch (response, flight.hasArrived, flight.reply) {
            case (.some(let response), _, let reply):
                fate = reply.map { $0 == response.body } == false ? .damaged : .answered
            case (nil, false, _):
                fate = .requestLost
                hits.append(.requestLost)
            case (nil, true, .some):
                fate = .replyLost
                hits.append(.replyLost)
            case (nil, true, nil): fate = .dropped
            }
            if flight.number < state.newestEnded, response != nil { hits.append(.repliesOvertook) }
            state.newestEnded = max(state.newestEnded, flight.number)
            guard let place = flight.place else { return hits }
            state.recording.requests[place].endedAt = now
            state.recording.requests[place].status = response?.status
            state.recording.requests[place].fate = fate
            return hits
        }
        for probe in hits { self.probes.hit(probe) }
    }

    /// The task that asks: the same one books a call, sends it and gets the reply.
    private static var task: Int? { withUnsafeCurrentTask { $0?.hashValue } }
}
