package import HTTPTransport
package import MockHubSpot
package import MockSalesforce
package import SyncCore

/// Both CRMs and one server clock behind one lock: what HTTP and in-process callers share.
package final class MockWorld: Sendable {
    /// The two CRMs as they are at one moment.
    package struct State: Sendable, Codable {
        package var hubspot: MockHubSpot
        package var salesforce: MockSalesforce
        /// How far the servers' clock is ahead of the base clock, in milliseconds.
        package var clockOffset: Int64 = 0
        /// How far each CRM's own clock is ahead of the servers' time, in milliseconds.
        package var sideOffsets: [Side: Int64] = [:]

        /// What a CRM's own clock shows at a servers' time.
        package func time(_ side: Side, at now: Int64) -> Int64 {
            now + (self.sideOffsets[side] ?? 0)
        }
    }

    private let state: Locked<State>
    let time: any TimeSource

    package init(hubspot: MockHubSpot, salesforce: MockSalesforce, time: any TimeSource) {
        self.state = Locked(State(hubspot: hubspot, salesforce: salesforce))
        self.time = time
    }

    /// A world as it was saved at that servers' time.
    ///
    /// Time has passed since then; where this machine's clock is behind, it goes on from there.
    package init(_ state: State, savedAt: Int64, time: any TimeSource) {
        var state = state
        state.clockOffset = max(state.clockOffset, savedAt - time.wallMilliseconds)
        self.state = Locked(state)
        self.time = time
    }

    /// The servers' time in milliseconds since 1970.
    package var serverTime: Int64 {
        self.time.wallMilliseconds + self.state.withLock { $0.clockOffset }
    }

    /// Works on both CRMs alone, at the servers' time.
    package func with<Result>(_ body: (inout State, Int64) throws -> Result) rethrows -> Result {
        let wall = self.time.wallMilliseconds
        return try self.state.withLock { state in
            try body(&state, wall + state.clockOffset)
        }
    }

    /// Moves the servers' clock ahead.
    package func advanceClock(milliseconds: Int64) {
        self.state.withLock { $0.clockOffset += max(0, milliseconds) }
    }

    /// A request to HubSpot; `nil` for a connection that broke.
    package func hubspot(_ request: HTTPRequest) -> HTTPResponse? {
        self.with { state, now in
            state.hubspot.handle(request, at: state.time(.hubspot, at: now)).response
        }
    }

    /// A request to Salesforce; `nil` for a connection that broke.
    ///
    /// A long poll is answered at once: who can wait asks `salesforceReply`.
    package func salesforce(_ request: HTTPRequest) -> HTTPResponse? {
        switch self.salesforceReply(request) {
        case .respond(let response): response
        case .dropConnection: nil
        case .hold(let held): self.resume(held, isOver: true).response
        }
    }

    /// The calls that a CRM has billed so far.
    package func billed(_ side: Side) -> Int {
        self.with { state, _ in
            switch side {
            case .hubspot: state.hubspot.usage.billedCalls()
            case .salesforce: state.salesforce.bills().reduce(0) { $0 + $1.cost }
            }
        }
    }
}
