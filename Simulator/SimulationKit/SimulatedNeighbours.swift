import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Other apps of both CRMs, and the administrators who buy more calls and fewer.
struct SimulatedNeighbours {
    private let pair: SimulatedPair
    private let quota: SimulatedQuota
    private let acts: Int

    init(_ pair: SimulatedPair, _ quota: SimulatedQuota, acts: Int) {
        self.pair = pair
        self.quota = quota
        self.acts = max(1, acts)
    }

    func start() {
        for side in Side.allCases { self.allow(self.quota.calls(of: side), on: side) }
    }

    /// A turn between two of the people's acts.
    func act() {
        let choices = self.pair.choices
        let kind = choices.choose(.faults, below: 40)
        let weight = choices.choose(.faults, below: 100)
        let side: Side = choices.choose(.faults, below: 2) == 0 ? .hubspot : .salesforce
        let allowed = self.quota.calls(of: side)
        switch kind {
        case 0: return
        case 1 where self.quota.movesLimits: self.allow(allowed / 2, on: side)
        case 2 where self.quota.movesLimits: self.allow(allowed * 2, on: side)
        case 3 where self.quota.movesLimits: self.allow(allowed, on: side)
        default:
            // On average the two sides' shares of the day, spread over all acts.
            let calls = allowed * self.quota.foreignPercent * weight / 2_500 / self.acts
            if calls > 0 { self.spend(calls, on: side) }
        }
    }

    /// The day is over: nobody else calls, and the limits are as they were.
    func rest() {
        self.start()
    }

    private func spend(_ calls: Int, on side: Side) {
        self.pair.world.with { state, now in
            let taken: Int
            switch side {
            case .hubspot:
                // A day used up to the last call would refuse ours for another's doing.
                let most = state.hubspot.settings.dailyMax * 98 / 100
                let left = max(0, most - state.hubspot.callsUsed(at: now))
                taken = state.hubspot.spend(min(calls, left), at: now)
            case .salesforce: taken = state.salesforce.spend(calls, at: now)
            }
            self.note(.spent(taken), side, now)
        }
    }

    private func allow(_ calls: Int, on side: Side) {
        self.pair.world.with { state, now in
            var calls = calls
            switch side {
            case .hubspot:
                calls = max(calls, state.hubspot.callsUsed(at: now) * 103 / 100 + 2)
                state.hubspot.setLimits(daily: calls)
            case .salesforce: state.salesforce.settings.dailyCallsMax = calls
            }
            self.note(.allows(calls), side, now)
        }
    }

    private func note(_ kind: ForeignCalls.Kind, _ side: Side, _ now: Int64) {
        self.pair.foreign.withLock { $0.append(ForeignCalls(side: side, at: now, kind: kind)) }
    }
}
