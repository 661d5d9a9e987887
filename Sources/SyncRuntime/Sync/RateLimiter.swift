package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// The one door to a CRM: a FIFO gate with priorities, exact windows and the call ledger.
///
/// A call is stored before its bytes leave and closed by its reply, so the ledger and the vendor's
/// own count differ by no more than the requests in flight.
package actor RateLimiter: CallGate {
    private let side: Side
    private let transport: any HTTPTransport
    private let store: any SyncStore
    private let time: any TimeSource
    private let sequence: SequenceSource
    private let progress: @Sendable (ProgressEvent) -> Void
    /// Told the server's time by every reply.
    private let clock: ServerClock?
    private let sabotage: Sabotage?
    private var limits: CallLimits
    private var lanes: [CallDescription.Window: PriorityGate]
    private var waiters: [Int64: CheckedContinuation<Void, Never>] = [:]
    private var tickets: Int64 = 0
    private var holds: [Int64: Hold] = [:]
    /// Calls that are over and could not be closed in the ledger.
    private var unbooked: [(id: Int64, end: CallEnd)] = []

    /// Places that were taken ahead.
    private struct Hold {
        var place: CallLimits.Place
        var left: Int
    }

    package init(
        side: Side,
        transport: any HTTPTransport,
        store: any SyncStore,
        time: any TimeSource,
        sequence: SequenceSource,
        limits: CallLimits,
        clock: ServerClock? = nil,
        sabotage: Sabotage? = nil,
        progress: @escaping @Sendable (ProgressEvent) -> Void
    ) {
        self.side = side
        self.transport = transport
        self.store = store
        self.time = time
        self.sequence = sequence
        self.limits = limits
        self.clock = clock
        self.sabotage = sabotage
        self.progress = progress
        self.lanes = [:]
    }

    package func send(
        _ request: HTTPRequest,
        as call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse {
        let (place, isLast) = try await self.place(of: call)
        let ledgerID = try await self.reserve(call, place, isLast)
        self.limits.sent(
            ledgerID,
            in: place,
            cost: call.cost,
            call.use,
            now: self.time.monotonicMilliseconds
        )
        let sent = self.sequence.next()
        let sentAt = self.time.monotonicMilliseconds
        let response: HTTPResponse
        do {
            response = try await self.transport.send(request)
        } catch {
            self.finished(place, isLast)
            await self.lost(ledgerID, call, error)
            throw .transport(error)
        }
        let ended = self.sequence.next()
        self.finished(place, isLast)
        let now = self.time.monotonicMilliseconds
        if let serverTime = HTTPDate.serverTime(of: response) {
            self.clock?.observe(serverTime, roundTrip: now - sentAt)
        }
        for header in response.headers {
            self.limits.learn(header: header.name, value: header.value, now: now)
        }
        let usage = DailyUsage(headers: response.headers.map { ($0.name, $0.value) })
        // HubSpot does not count what its limits refuse; Salesforce counts everything.
        let isBilled = self.side == .salesforce || response.status != 429
        if isBilled {
            let isUnjudged = response.status == 401
            self.limits.ended(ledgerID, usage: usage, isUnjudged: isUnjudged, now: now)
        } else {
            self.limits.unsent(ledgerID, call.use)
        }
        let succeeded = self.hasSucceeded(response, to: request)
        let metered = MeteredResponse(
            response: response,
            sent: sent,
            ended: ended,
            answeredAt: now
        )
        if self.sabotage == .neverClosesCalls, succeeded { return metered }
        await self.book(
            ledgerID,
            CallEnd(
                succeeded ? .succeeded : .failed,
                status: response.status,
                at: self.time.wallMilliseconds,
                usage: usage,
                isBilled: isBilled
            )
        )
        if self.sabotage == .losesUnbookedReplies, self.unbooked.last?.id == ledgerID {
            throw .refused(self.tooLate())
        }
        return metered
    }

    /// Stores a call before its bytes leave; one that is too late by then does not go.
    private func reserve(
        _ call: CallDescription,
        _ place: CallLimits.Place,
        _ isLast: Bool
    ) async throws(CallFailure) -> Int64 {
        let failure: SyncError
        do {
            let id = try await self.store.reserve(self.ledgerCall(call))
            let now = self.time.monotonicMilliseconds
            guard let leavesBy = call.hold.leavesBy, now > leavesBy else { return id }
            await self.book(id, CallEnd(.notSent, status: nil, at: self.time.wallMilliseconds))
            failure = self.tooLate()
        } catch {
            failure = error
        }
        self.limits.cancelled(place)
        self.finished(place, isLast)
        throw .refused(failure)
    }

    private func hasSucceeded(_ response: HTTPResponse, to request: HTTPRequest) -> Bool {
        let succeeded = (200..<400).contains(response.status)
        if self.sabotage == .tellsSecrets, !succeeded {
            let sent = request.headers.map(\.value).joined(separator: " ")
            let error = SyncError(code: .limitReached, cause: sent, nextStep: "Look.")
            self.progress(.paused(error, milliseconds: 0))
        }
        return succeeded || self.sabotage == .booksFailuresAsDone
    }

    package func hold(
        calls: Int,
        priority: PriorityClass
    ) async throws(CallFailure) -> CallHold {
        let count = max(1, calls)
        let place = try await self.wait(.standard, priority) { limits, now in
            limits.hold(count, priority: priority, now: now)
        }
        self.tickets += 1
        self.holds[self.tickets] = Hold(place: place, left: count)
        return CallHold(id: self.tickets)
    }

    package func release(_ hold: CallHold) {
        guard let held = self.holds.removeValue(forKey: hold.id) else { return }
        self.limits.release(held.place, unused: held.left)
        self.wakeNext(.standard)
    }

    /// Books a call without a reply.
    private func lost(_ id: Int64, _ call: CallDescription, _ error: TransportError) async {
        let isForgotten = self.sabotage == .forgetsLostCalls
        let outcome: LedgerCall.Outcome =
            error.reach == .notSent || isForgotten ? .notSent : .unknown
        if outcome == .notSent {
            self.limits.unsent(id, call.use)
        } else {
            self.limits.ended(id, usage: nil, now: self.time.monotonicMilliseconds)
        }
        await self.book(id, CallEnd(outcome, status: nil, at: self.time.wallMilliseconds))
    }

    /// Closes a call in the ledger.
    ///
    /// The reply counts whether or not the store takes this: the CRM has acted. What a failing disk
    /// does not take is booked with the next call; after a death it counts as without a reply.
    private func book(_ id: Int64, _ end: CallEnd) async {
        let due = self.unbooked + [(id, end)]
        self.unbooked = []
        for (place, call) in due.enumerated() {
            do {
                try await self.store.close(call: call.id, call.end)
            } catch {
                self.unbooked += due[place...].suffix(Self.unbookedMax)
                return
            }
        }
    }

    private static let unbookedMax = 1_000

    // MARK: - The day's calls

    package func budget() -> BudgetOutlook {
        let now = self.time.monotonicMilliseconds
        var outlook = BudgetOutlook()
        for priority in PriorityClass.allCases {
            outlook.rooms[priority] = self.limits.room(of: priority, now: now)
            outlook.refusals[priority] = self.limits.refusal(of: priority, now: now)
        }
        outlook.pollWait = self.limits.pollWait(now: now)
        outlook.wantsUsage = self.limits.wantsUsage(now: now)
        return outlook
    }

    package func refused(forMilliseconds wait: Int64) {
        self.limits.refused(forMilliseconds: wait, now: self.time.monotonicMilliseconds)
    }

    package func forecast(_ use: BudgetUse) -> BudgetForecast? {
        self.limits.forecast(use, now: self.time.monotonicMilliseconds)
    }

    // MARK: - Places

    /// A place that the call holds already, or the next one that is free.
    ///
    /// - Returns: the place, and whether it is given back with this call.
    private func place(
        of call: CallDescription
    ) async throws(CallFailure) -> (CallLimits.Place, Bool) {
        if call.window == .standard, let held = self.holds[call.hold.id], held.left > 0 {
            // Since the hold was taken a reply may have told that others used up the rest.
            let now = self.time.monotonicMilliseconds
            if let error = self.limits.refusal(inHold: call.use, now: now) {
                throw .refused(error)
            }
            self.holds[call.hold.id]?.left -= 1
            return (held.place, false)
        }
        let place = try await self.wait(call.window, call.priority) { limits, now in
            limits.take(
                isSearch: call.window == .search,
                isFree: call.window == .token,
                use: call.use,
                now: now
            )
        }
        return (place, true)
    }

    private func finished(_ place: CallLimits.Place, _ isLast: Bool) {
        let now = self.time.monotonicMilliseconds
        self.limits.finished(place, now: now, isLast: isLast)
    }

    /// Waits for a turn in a lane and for a place in every window that counts.
    private func wait(
        _ window: CallDescription.Window,
        _ priority: PriorityClass,
        _ take: (inout CallLimits, Int64) -> CallLimits.Take
    ) async throws(CallFailure) -> CallLimits.Place {
        self.tickets += 1
        let ticket = self.tickets
        let now = self.time.monotonicMilliseconds
        guard self.lanes[window, default: PriorityGate()].enqueue(ticket, priority, now: now)
        else { throw .refused(self.tooManyWaiting()) }
        defer {
            self.lanes[window]?.cancel(ticket)
            self.wakeNext(window)
        }
        while true {
            let now = self.time.monotonicMilliseconds
            guard self.lanes[window]?.next(now: now) == ticket else {
                // Waiting changes whose turn it is: the one that grew old may be asleep.
                self.wakeNext(window)
                await withCheckedContinuation { self.waiters[ticket] = $0 }
                continue
            }
            switch take(&self.limits, now) {
            case .granted(let place): return place
            case .exhausted(let error): throw .refused(error)
            case .wait(let delay):
                if delay >= Self.waitShown {
                    self.progress(.waiting(self.side, milliseconds: delay))
                }
                do {
                    try await self.time.sleep(milliseconds: delay)
                } catch {
                    throw .refused(Self.cancelled)
                }
            }
        }
    }

    private func wakeNext(_ window: CallDescription.Window) {
        guard let next = self.lanes[window]?.next(now: self.time.monotonicMilliseconds) else {
            return
        }
        self.waiters.removeValue(forKey: next)?.resume()
    }

    private func ledgerCall(_ call: CallDescription) -> LedgerCall {
        let isFree =
            call.window == .token
            || (self.sabotage == .booksReadsAsFree && call.purpose == "guard")
        return LedgerCall(
            side: self.side,
            endpoint: call.endpoint,
            purpose: call.purpose,
            object: call.object,
            records: call.records,
            cost: isFree ? 0 : call.cost,
            sentAt: self.time.wallMilliseconds,
            priority: call.priority
        )
    }

    private func tooManyWaiting() -> SyncError {
        SyncError(
            code: .internal,
            side: self.side,
            cause: "Too many requests wait for the limit.",
            nextStep: "Start again; report it if it stays.",
            disposition: .retry(afterMilliseconds: 10_000)
        )
    }

    private func tooLate() -> SyncError {
        SyncError(
            code: .storeBusy,
            side: self.side,
            cause: "A write was ready only when the look at its record had grown old.",
            nextStep: "Nothing is lost: the record is looked at again. Check the disk if it stays.",
            disposition: .retry(afterMilliseconds: 0)
        )
    }

    private static let cancelled = SyncError(
        code: .cancelled,
        cause: "The run was stopped.",
        nextStep: "Start it again: it goes on where it was."
    )

    /// Waits from this length on are shown to the person who watches, in milliseconds.
    private static let waitShown: Int64 = 1_000
}
