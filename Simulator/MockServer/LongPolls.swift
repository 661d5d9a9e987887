import HTTPTransport
import MockSalesforce
import ServiceLifecycle
import SimulationKit

/// Holds Salesforce's long polls in real time.
///
/// Nothing is buffered here: what a poll is answered stays in the org until it is.
struct LongPolls: Sendable {
    let world: MockWorld
    let time: any TimeSource
    /// How many are held at once; what comes beyond is answered at once.
    var heldMax = 200
    /// The longest that one is held whatever the servers' clock says, in milliseconds.
    var holdMax: Int64 = 180_000
    private let held = Locked(0)

    /// How often it looks for what is new, in milliseconds.
    private static let pause: Int64 = 50
    init(world: MockWorld, time: any TimeSource) {
        self.world = world
        self.time = time
    }

    /// How many are held now.
    var heldNow: Int { self.held.withLock { $0 } }

    /// Answers a request to Salesforce, when there is an answer.
    func answer(_ request: WireRequest) async -> WireResponse? {
        let first = self.world.salesforceReply(request)
        guard case .hold(let poll) = first else { return first.response }
        let number = self.held.withLock { held in
            held += 1
            return held
        }
        defer { self.held.withLock { $0 -= 1 } }
        var waited: Int64 = 0
        var isOver = number > self.heldMax
        while true {
            let reply = self.world.resume(poll, isOver: isOver)
            guard case .hold = reply else { return reply.response }
            do {
                try await self.time.sleep(milliseconds: Self.pause)
            } catch {
                // The client is gone, or the server stops.
                isOver = true
            }
            waited += Self.pause
            if waited >= self.holdMax || Task.isShuttingDownGracefully { isOver = true }
        }
    }
}
