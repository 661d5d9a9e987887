import CHashOrder
import HTTPTransport

/// The order of sets and dictionaries in this process: a run must not depend on it, and where one
/// does, the failure can be had again.
package enum HashOrder {
    /// The number that the order follows from; `nil` where the process has not asked for one.
    package static var seed: UInt64? { self.adopted.withLock { $0 } }

    private static let adopted = Locked<UInt64?>(nil)

    /// Takes `DUET_HASH_SEED`, or a number that no other process has: the first thing a process does.
    package static func adopt() {
        let seed = duet_seed_hash_order()
        self.adopted.withLock { $0 = seed }
    }
}
