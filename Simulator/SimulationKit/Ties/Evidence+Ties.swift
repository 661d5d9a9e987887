import HTTPTransport
import SyncCore
import SyncStore

extension Evidence {
    /// Takes apart what is not said of synced contacts.
    mutating func takeApart(of pair: SimulatedPair) async throws(SyncError) {
        if self.object.tells {
            self.waiting = try await pair.store.waitingRecords(limit: 100_000)
        }
        if let watch = pair.roles { self.roles = try await RoleEvidence(watch, pair) }
        self.takeActivities(of: pair)
        try self.takeErased(of: pair)
        self.takePartners(of: pair)
    }

    /// Takes whom tasks, calls and wares are with, and what people said of it.
    mutating func takePartners(of pair: SimulatedPair) {
        guard self.profile.ties != nil else { return }
        self.contactLinks = self.links
        self.partnerWords = pair.partnerWords.withLock { $0 }
        self.partners = pair.world.with { state, _ in
            pair.objects.flatMap { PartnerView.all(of: $0, in: state) }
        }
    }

    /// How long it may take until the engine is shown what somebody did, and what was on its way has come to rest.
    var unseen: Int64 {
        let profile = self.profile
        let weather = profile.weather
        // `RuntimeSettings.searchLagHorizon`, in milliseconds.
        let searchLagHorizon: Int64 = 120_000
        var time =
            3 * profile.pollInterval + 20 * Int64(weather.latencyMax) + profile.indexDelay
            + profile.commitDelay + searchLagHorizon
        if self.kills > 0 { time += Int64(profile.deadMax) }
        // A write without a reply goes again before its record is decided anew.
        if self.kills > 0 || weather.lostRepliesPercent + weather.lostRequestsPercent > 0 {
            time += NoSilentLoss.sendingMax
        }
        return time
    }
}
