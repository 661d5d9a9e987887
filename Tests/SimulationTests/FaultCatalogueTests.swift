import SimulationKit
import Testing

/// The catalogue as a data file, and what counts as a hole.
struct FaultCatalogueTests {
    @Test func `every line can be read, and every id is there once`() {
        let ids = FaultCatalogue.all.map(\.id)
        #expect(ids.count == FaultCatalogue.lineCount)
        #expect(Set(ids).count == ids.count)
        let rows =
            ["N1", "N2", "N3", "N4", "N5", "H1", "H2", "H3", "H4", "H5", "H6", "H7"]
            + ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "C1", "C2", "C3", "T1"]
            + ["P1", "P2", "P3", "P4", "U1", "B1"]
        for row in rows { #expect(ids.contains { $0.hasPrefix(row) }, "\(row) has no line") }
    }

    @Test func `every probe stands in the catalogue, in a profile that exists`() {
        let profiles = SimulationProfile.quick.map(\.rawValue) + [FaultCoverage.crashSweep]
        var probes: Set<Probe> = []
        for fault in FaultCatalogue.all {
            switch fault.reach {
            case .probe(let probe, let profile):
                probes.insert(probe)
                #expect(profiles.contains(profile), "\(fault.id): \(profile)")
            case .open(let step): #expect((3...8).contains(step), "\(fault.id)")
            }
        }
        #expect(probes == Set(Probe.allCases))
    }

    @Test func `a fault that never fired in its own profile is a hole`() throws {
        var coverage = FaultCoverage()
        coverage.add([.requestLost: 3, .replyLost: 1], of: "lite")
        coverage.add([.requestLost: 2], of: "lite")
        coverage.add([.fieldEdited: 2], of: "calm")
        let row = try #require(coverage.rows.first { $0.fault.id == "N1" })
        #expect(row.hits == 5)
        #expect(row.runs == 2)
        #expect(!coverage.missed.contains("N1"))
        #expect(!coverage.missed.contains("N2"))
        #expect(coverage.missed.contains("U1b"), "it belongs to storm")
        #expect(!coverage.missed.contains("H5"), "open")
    }
}
