import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncStore

extension SimulatedPair {
    /// Lets go of both CRMs' histories and the store.
    ///
    /// Its tasks end first, so that nothing of a run outlives it: a soak has many.
    func empty() {
        self.store.close()
        self.executor.drain()
        self.world.with { state, _ in
            state.hubspot = Self.hubspot
            state.salesforce = Self.salesforce
        }
        self.lines?.withLock { $0 = [] }
        self.recorder.empty()
        self.choices.empty()
    }

    private static let hubspot = MockHubSpot()
    private static let salesforce = MockSalesforce()
}
