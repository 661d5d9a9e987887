import SyncCore
import Testing

struct PriorityGateTests {
    @Test func `the most urgent goes first, and within a class the one that came first`() {
        var gate = PriorityGate()
        let answer1 = gate.enqueue(1, .backfill, now: 0)
        #expect(answer1)
        let answer2 = gate.enqueue(2, .field, now: 0)
        #expect(answer2)
        let answer3 = gate.enqueue(3, .field, now: 0)
        #expect(answer3)
        let answer4 = gate.enqueue(4, .manual, now: 0)
        #expect(answer4)
        var order: [Int64] = []
        while let next = gate.next(now: 1) {
            order.append(next)
            gate.cancel(next)
        }
        #expect(order == [4, 2, 3, 1])
        #expect(gate.isEmpty)
    }

    @Test func `nobody waits for ever behind more urgent ones`() {
        var gate = PriorityGate()
        let answer5 = gate.enqueue(1, .backfill, now: 0)
        #expect(answer5)
        let answer6 = gate.enqueue(2, .manual, now: 120_000)
        #expect(answer6)
        #expect(gate.next(now: 120_000) == 2)
        #expect(gate.next(now: 120_001) == 1)
    }

    @Test func `the queue is bounded`() {
        var gate = PriorityGate(waitingMax: 2)
        let answer7 = gate.enqueue(1, .field, now: 0)
        #expect(answer7)
        let answer8 = gate.enqueue(2, .field, now: 0)
        #expect(answer8)
        let answer9 = gate.enqueue(3, .manual, now: 0)
        #expect(!answer9)
    }
}
