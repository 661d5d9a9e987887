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
    private var limits: CallLimits
    private var lanes: [CallDescription.Window: PriorityGate]
    private var waiters: [Int64: CheckedContinuation<Void, Never>] = [:]
    private var tickets: Int64 = 0

    package init(
        side: Side,
        transport: any HTTPTransport,
        store: any SyncStore,
        time: any TimeSource,
        sequence: SequenceSource,
        limits: CallLimits,
        progress: @escaping @Sendable (ProgressEvent) -> Void
    ) {
        self.side = side
        self.transport = transport
        self.store = store
        self.time = time
        self.sequence = sequence
        self.limits = limits
        self.progress = progress
        self.lanes = [:]
    }

    package func send(
        _ request: HTTPRequest,
        as call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse {
        let place = try await self.place(for: call)
        let ledgerID: Int64
        do {
            ledgerID = try await self.store.reserve(self.ledgerCall(call))
        } catch {
            self.limits.finished(place, now: self.time.monotonicMilliseconds)
            throw .refused(error)
        }
        let sent = self.sequence.next()
        let response: HTTPResponse
        do {
            response = try await self.transport.send(request)
        } catch {
            self.limits.finished(place, now: self.time.monotonicMilliseconds)
            let outcome: LedgerCall.Outcome = error.reach == .notSent ? .notSent : .unknown
            try? await self.store.close(call: ledgerID, outcome: outcome, status: nil)
            throw .transport(error)
        }
        let ended = self.sequence.next()
        self.limits.finished(place, now: self.time.monotonicMilliseconds)
        for header in response.headers {
            self.limits.learn(header: header.name, value: header.value)
        }
        let succeeded = (200..<400).contains(response.status)
        do {
            try await self.store.close(
                call: ledgerID,
                outcome: succeeded ? .succeeded : .failed,
                status: response.status
            )
        } catch {
            throw .refused(error)
        }
        return MeteredResponse(response: response, sent: sent, ended: ended)
    }

    // MARK: - Places

    /// Waits for a turn in the call's lane and for a place in every window it counts in.
    private func place(for call: CallDescription) async throws(CallFailure) -> CallLimits.Place {
        self.tickets += 1
        let ticket = self.tickets
        let now = self.time.monotonicMilliseconds
        guard
            self.lanes[call.window, default: PriorityGate()].enqueue(
                ticket,
                call.priority,
                now: now
            )
        else { throw .refused(self.tooManyWaiting()) }
        defer {
            self.lanes[call.window]?.cancel(ticket)
            self.wakeNext(call.window)
        }
        while true {
            let now = self.time.monotonicMilliseconds
            guard self.lanes[call.window]?.next(now: now) == ticket else {
                await withCheckedContinuation { self.waiters[ticket] = $0 }
                continue
            }
            switch self.limits.take(
                isSearch: call.window == .search,
                isFree: call.window == .token,
                now: now
            ) {
            case .granted(let place):
                return place
            case .exhausted(let error):
                throw .refused(error)
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
        LedgerCall(
            side: self.side,
            endpoint: call.endpoint,
            purpose: call.purpose,
            object: call.object,
            records: call.records,
            cost: call.window == .token ? 0 : call.cost,
            sentAt: self.time.wallMilliseconds
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

    private static let cancelled = SyncError(
        code: .cancelled,
        cause: "The run was stopped.",
        nextStep: "Start it again: it goes on where it was."
    )

    /// Waits from this length on are shown to the person who watches, in milliseconds.
    private static let waitShown: Int64 = 1_000
}
