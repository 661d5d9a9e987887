import SyncCore
import Testing

struct RowGateTests {
    private static func admit(
        _ gate: inout RowGate,
        sent: UInt64,
        ended: UInt64,
        stamp: Int64 = 100,
        stored: Int64? = nil
    ) -> RowGate.Verdict {
        gate.admit(
            side: .hubspot,
            id: "1",
            stamp: ServerTime(milliseconds: stamp),
            sent: RequestSequence(sent),
            ended: RequestSequence(ended),
            storedStamp: stored.map { ServerTime(milliseconds: $0) }
        )
    }

    @Test func `a row requested before our write ended only gives its id`() {
        var gate = RowGate()
        gate.wrote(side: .hubspot, id: "1", ended: RequestSequence(5))
        #expect(Self.admit(&gate, sent: 4, ended: 6) == .stale)
        #expect(Self.admit(&gate, sent: 7, ended: 8) == .counts)
    }

    @Test func `a row requested before the last accepted read ended only gives its id`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 2, ended: 5) == .counts)
        #expect(Self.admit(&gate, sent: 3, ended: 6) == .stale)
    }

    @Test func `a page that is decided again still counts, unless a write came between`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 2, ended: 5) == .counts)
        #expect(Self.admit(&gate, sent: 2, ended: 5) == .counts)
        gate.wrote(side: .hubspot, id: "1", ended: RequestSequence(6))
        #expect(Self.admit(&gate, sent: 2, ended: 5) == .stale)
    }

    @Test func `a row older than the stored stamp only gives its id`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 1, ended: 2, stamp: 99, stored: 100) == .stale)
        #expect(Self.admit(&gate, sent: 3, ended: 4, stamp: 100, stored: 100) == .counts)
    }

    @Test func `a lagging search after a read without news does not bring the old value back`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 1, ended: 2, stamp: 200, stored: 100) == .counts)
        gate.prune(side: .hubspot, stampsBefore: ServerTime(milliseconds: 200))
        gate.forgetWrites(side: .hubspot)
        #expect(Self.admit(&gate, sent: 10, ended: 11, stamp: 150, stored: 100) == .outdated)
    }

    /// Architecture 5.2 takes the id of each row that does not count; decision 0018 says of which not.
    @Test func `a version before one that counted tells nothing, one before our own write may`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 1, ended: 2, stamp: 100) == .counts)
        gate.wrote(
            side: .hubspot,
            id: "1",
            ended: RequestSequence(4),
            stamp: ServerTime(milliseconds: 300)
        )
        // Somebody may have edited it between the two: at 200, say.
        #expect(Self.admit(&gate, sent: 5, ended: 6, stamp: 100) == .stale)
        #expect(Self.admit(&gate, sent: 5, ended: 6, stamp: 200) == .stale)
        // A read by id answers that; the index goes on to show what was before.
        #expect(Self.admit(&gate, sent: 7, ended: 8, stamp: 300) == .counts)
        #expect(Self.admit(&gate, sent: 9, ended: 10, stamp: 100) == .outdated)
        #expect(Self.admit(&gate, sent: 9, ended: 10, stamp: 300) == .counts)
    }

    @Test func `a write whose reply tells no stamp leaves old versions old`() {
        var gate = RowGate()
        #expect(Self.admit(&gate, sent: 1, ended: 2, stamp: 100) == .counts)
        gate.wrote(side: .hubspot, id: "1", ended: RequestSequence(4))
        #expect(Self.admit(&gate, sent: 3, ended: 5, stamp: 90) == .outdated)
        // The version before the write may hide one after it.
        #expect(Self.admit(&gate, sent: 3, ended: 5, stamp: 100) == .stale)
    }

    @Test func `a lagging search after our write does not bring the old value back`() {
        var gate = RowGate()
        let written = ServerTime(milliseconds: 200)
        gate.wrote(side: .hubspot, id: "1", ended: RequestSequence(2), stamp: written)
        #expect(Self.admit(&gate, sent: 3, ended: 4, stamp: 100, stored: 100) == .stale)
        #expect(Self.admit(&gate, sent: 5, ended: 6, stamp: 200, stored: 100) == .counts)
    }

    @Test
    func `our own writes are forgotten once the links hold their stamps, what rows showed is not`()
    {
        var gate = RowGate()
        _ = Self.admit(&gate, sent: 1, ended: 2, stamp: 100)
        let written = ServerTime(milliseconds: 200)
        gate.wrote(side: .hubspot, id: "2", ended: RequestSequence(3), stamp: written)
        gate.wrote(side: .hubspot, id: "3", ended: RequestSequence(4))
        gate.wrote(side: .salesforce, id: "2", ended: RequestSequence(5))
        #expect(gate.count == 4)
        gate.forgetWrites(side: .hubspot)
        #expect(gate.count == 2)
        #expect(Self.admit(&gate, sent: 6, ended: 7, stamp: 90, stored: 90) == .outdated)
    }

    @Test func `an older version is still refused by the link's stamp once our write is forgotten`()
    {
        var gate = RowGate()
        let written = ServerTime(milliseconds: 200)
        gate.wrote(side: .hubspot, id: "1", ended: RequestSequence(2), stamp: written)
        gate.forgetWrites(side: .hubspot)
        #expect(Self.admit(&gate, sent: 3, ended: 4, stamp: 100, stored: 200) == .stale)
        #expect(Self.admit(&gate, sent: 5, ended: 6, stamp: 200, stored: 200) == .counts)
    }
}
