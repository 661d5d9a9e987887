import MockHubSpot
import MockSalesforce
import SyncCore

/// What two CRMs have that lived for years, and what people do with it while records are synced.
package struct SimulatedWorlds {
    /// Which parts there are; a seed draws some of them.
    package struct Plan: Sendable, Hashable, Codable {
        package var access: SimulatedAccess.Plan?

        static func drawn(_ random: inout SeededRandom) -> Self {
            var plan = Plan()
            plan.access = .init(percent: random.pick([10, 25]))
            return plan
        }

        /// How a run's header tells it.
        package var words: [String] {
            [self.access.map { _ in "doors that shut" }].compactMap { $0 }
        }
    }

    private var access: SimulatedAccess?

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.access = plan.access.map { SimulatedAccess(pair, $0) }
    }

    mutating func act() {
        self.access?.act()
    }

    /// Nothing that the engine must be told of any more.
    mutating func mend() {
        self.access?.open()
    }
}
