import SyncCore
import Testing

struct SlidingWindowTests {
    @Test func `a place is free one window after the reply, not after the send`() {
        var window = SlidingWindow(placesMax: 1, milliseconds: 10_000)
        let answer1 = window.wait(now: 0)
        #expect(answer1 == 0)
        window.take()
        let answer2 = window.wait(now: 9_000)
        #expect(answer2 == nil, "only the reply starts the clock")
        window.finished(now: 9_000)
        let answer3 = window.wait(now: 9_000)
        #expect(answer3 == 10_001)
        let answer4 = window.wait(now: 19_000)
        #expect(answer4 == 1, "times are cut to whole milliseconds")
        let answer5 = window.wait(now: 19_001)
        #expect(answer5 == 0)
    }

    /// The vendor counts a request anywhere between its send and its reply.
    @Test func `no window of the vendor holds more than the limit, wherever it counts`() {
        var random = SplitMix(state: 42)
        var window = SlidingWindow(placesMax: 19, milliseconds: 1_000)
        var now: Int64 = 0
        var open: [(sent: Int64, reply: Int64)] = []
        var done: [(sent: Int64, reply: Int64)] = []
        for _ in 0..<4_000 {
            for call in open where call.reply <= now { window.finished(now: call.reply) }
            done += open.filter { $0.reply <= now }
            open.removeAll { $0.reply <= now }
            if window.wait(now: now) == 0 {
                window.take()
                open.append((now, now + Int64(random.next() % 300)))
            } else {
                now += Int64(random.next() % 40)
            }
        }
        #expect(done.count > 500)
        for pick in 0..<3 {
            let counted = done.map { call -> Int64 in
                switch pick {
                case 0: call.sent
                case 1: call.reply
                default: call.sent + Int64(random.next() % UInt64(call.reply - call.sent + 1))
                }
            }.sorted()
            var first = 0
            for last in counted.indices {
                while counted[last] - counted[first] >= 1_000 { first += 1 }
                #expect(last - first + 1 <= 19)
            }
        }
    }

    @Test func `several places are taken together or not at all`() {
        var window = SlidingWindow(placesMax: 3, milliseconds: 1_000)
        window.take()
        let answer6 = window.wait(now: 0, places: 2)
        #expect(answer6 == 0)
        let answer7 = window.wait(now: 0, places: 3)
        #expect(answer7 == nil)
        window.finished(now: 0)
        let answer8 = window.wait(now: 500, places: 3)
        #expect(answer8 == 501)
        let answer9 = window.wait(now: 0, places: 99)
        #expect(answer9 == 1_001, "more than there are means all of them")
    }

    @Test func `a place that nothing was sent in is free at once`() {
        var window = SlidingWindow(placesMax: 1, milliseconds: 1_000)
        window.take()
        window.cancel()
        let answer10 = window.wait(now: 0)
        #expect(answer10 == 0)
    }

    @Test func `a restart keeps what an earlier process used`() {
        var window = SlidingWindow(placesMax: 2, milliseconds: 1_000)
        window.restore(answeredAt: 100)
        window.restore(answeredAt: 50)
        let answer11 = window.wait(now: 100)
        #expect(answer11 == 951)
        let answer12 = window.wait(now: 1_051)
        #expect(answer12 == 0)
    }

    @Test func `the vendor's own numbers count from the next call`() {
        var window = SlidingWindow(placesMax: 1, milliseconds: 1_000)
        window.take()
        window.finished(now: 0)
        window.adjust(milliseconds: 5_000)
        let answer13 = window.wait(now: 1_001)
        #expect(answer13 == 4_000)
        window.adjust(placesMax: 2)
        let answer14 = window.wait(now: 1_001)
        #expect(answer14 == 0)
    }
}

/// A small generator with a fixed seed.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
