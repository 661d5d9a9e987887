import SyncCore
import Testing

struct RowGatePruningTests {
    @Test func `a walk over what is remembered pays only once it has doubled`() {
        var gate = RowGate()
        func write(_ ids: Range<Int>) {
            for id in ids { gate.wrote(side: .hubspot, id: "\(id)", ended: RequestSequence(1)) }
        }
        write(0..<2_000)
        #expect(!gate.hasGrown(.hubspot))
        write(2_000..<2_001)
        #expect(gate.hasGrown(.hubspot))
        #expect(!gate.hasGrown(.salesforce))
        gate.forgetWrites(side: .hubspot)
        #expect(gate.count == 0)
        #expect(!gate.hasGrown(.hubspot))
    }

    @Test func `rows older than the horizon are forgotten, newer ones still refuse a lagging row`()
    {
        var gate = RowGate()
        func admit(_ id: String, _ stamp: Int64, sent: UInt64) -> RowGate.Verdict {
            gate.admit(
                side: .hubspot,
                id: id,
                stamp: ServerTime(milliseconds: stamp),
                sent: RequestSequence(sent),
                ended: RequestSequence(sent + 1),
                storedStamp: nil
            )
        }
        #expect(admit("old", 1_000, sent: 1) == .counts)
        #expect(admit("new", 9_000, sent: 1) == .counts)
        gate.wrote(side: .hubspot, id: "written", ended: RequestSequence(4))
        gate.prune(side: .hubspot, stampsBefore: ServerTime(milliseconds: 5_000))
        #expect(gate.count == 1)
        #expect(admit("new", 8_000, sent: 10) == .outdated)
        gate.prune(side: .salesforce, stampsBefore: ServerTime(milliseconds: 99_000))
        #expect(gate.count == 1)
    }
}
