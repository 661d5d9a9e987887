import SyncCore
import Testing

@Suite struct PausesTests {
    @Test func `a pause is of one mapping or of everything, and ends by itself`() {
        var pauses = Pauses()
        pauses.begin(Pause(mapping: "deals", since: 10, until: 20, reason: nil))
        #expect(pauses.whole(at: 15) == nil)
        #expect(pauses.mappings(at: 15) == ["deals"])
        #expect(pauses.mappings(at: 20) == [])
        pauses.begin(Pause(mapping: nil, since: 12, until: nil, reason: "audit"))
        #expect(pauses.whole(at: 1_000_000)?.reason == "audit")
        #expect(pauses.current(at: 15).map(\.mapping) == [nil, "deals"])
    }

    @Test func `the newer pause of a mapping takes the older one's place`() {
        var pauses = Pauses()
        pauses.begin(Pause(mapping: "deals", since: 10, until: nil, reason: "a"))
        pauses.begin(Pause(mapping: "deals", since: 11, until: 30, reason: "b"))
        #expect(pauses.current(at: 15).map(\.reason) == ["b"])
        #expect(pauses.current(at: 30).isEmpty)
    }

    @Test func `one is ended by its name, all without one`() {
        var pauses = Pauses()
        for name in [nil, "deals", "tickets"] {
            pauses.begin(Pause(mapping: name, since: 10, until: nil, reason: nil))
        }
        let ended = [pauses.end("deals", at: 11), pauses.end("deals", at: 12)]
        #expect(ended == [true, false])
        #expect(pauses.current(at: 12).map(\.mapping) == [nil, "tickets"])
        let all = [pauses.end(nil, at: 13), pauses.end(nil, at: 14)]
        #expect(all == [true, false])
        #expect(pauses.list.isEmpty)
    }
}
