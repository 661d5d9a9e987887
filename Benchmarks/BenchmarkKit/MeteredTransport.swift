import CAllocations
import HTTPTransport
import SimulationKit
import Synchronization

/// The mocks in process, with the CPU time and the memory that they ask for told apart.
final class MeteredTransport: HTTPTransport {
    private let transport: MockTransport
    private let spent = Atomic<Int64>(0)
    private let asked = Atomic<Int64>(0)
    private let received = Atomic<Int64>(0)
    private let sent = Atomic<Int64>(0)

    init(world: MockWorld) {
        self.transport = MockTransport(world: world)
    }

    /// Nanoseconds of CPU in the mocks.
    var mockTime: Int64 { self.spent.load(ordering: .relaxed) }
    /// How many pieces of memory the mocks asked for.
    var mockAllocations: Int64 { self.asked.load(ordering: .relaxed) }
    /// Bytes of bodies from and to the mocks.
    var bytes: (received: Int64, sent: Int64) {
        (self.received.load(ordering: .relaxed), self.sent.load(ordering: .relaxed))
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let (start, allocations) = (CPUClock.thread, duet_thread_allocations())
        // Without a suspension: the time of one thread is the mock's.
        let response = try self.transport.deliver(request)
        self.spent.add(CPUClock.thread - start, ordering: .relaxed)
        self.asked.add(duet_thread_allocations() - allocations, ordering: .relaxed)
        self.sent.add(Int64(request.body.count), ordering: .relaxed)
        self.received.add(Int64(response.body.count), ordering: .relaxed)
        return response
    }
}
