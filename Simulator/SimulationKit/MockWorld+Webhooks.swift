package import MockHubSpot
import SyncCore

extension MockWorld {
    /// HubSpot's webhooks to send now; none as long as no app wants any.
    package func dueWebhooks() -> [MockHubSpotDelivery] {
        self.with { state, now in
            guard state.hubspot.hasWebhooks else { return [] }
            return state.hubspot.dueDeliveries(at: state.time(.hubspot, at: now))
        }
    }

    /// What the app answered to one of them; `nil` for no answer.
    package func webhookDelivered(_ id: Int64, status: Int?) {
        self.with { state, now in
            let now = state.time(.hubspot, at: now)
            state.hubspot.delivered(id, status: status, at: now)
        }
    }
}
