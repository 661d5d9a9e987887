import SimulationKit
import SyncCore
import Testing

/// The checker of what nobody has mapped: against books that are right, wrong in each of its ways, and
/// against an engine that writes where it must not.
struct UnmappedStaysUntouchedTests {
    private static let plant = UnmappedRecord(.hubspot, "plant", "7", ["city": "Lyon"], ties: ["1"])

    private static func problems(_ found: [UnmappedRecord]) -> [String] {
        UnmappedStaysUntouched.problems(UnmappedWorld(expected: [Self.plant], found: found))
    }

    @Test func `what is as the book says is right`() {
        #expect(Self.problems([Self.plant]).isEmpty)
    }

    @Test func `a value, a tie, a record too few and one too many are told`() {
        var moved = Self.plant
        moved.values["city"] = "Nice"
        #expect(Self.problems([moved]).count == 1)
        var parted = Self.plant
        parted.ties = []
        #expect(Self.problems([parted]).count == 1)
        #expect(Self.problems([]) == ["hubspot plant 7 is gone, nobody deleted it"])
        var other = Self.plant
        other.id = "8"
        #expect(Self.problems([Self.plant, other]) == ["nobody made hubspot plant 8"])
    }

    @Test func `a version with the engine's user as author is told, whatever it wrote`() {
        let world = UnmappedWorld(
            written: [.init(.salesforce, "Lead", "00Q", at: 5)],
            expected: [Self.plant],
            found: [Self.plant]
        )
        #expect(
            UnmappedStaysUntouched.problems(world)
                == ["the engine wrote to Lead 00Q of salesforce at 5"]
        )
    }

    @Test func `a request of another app that nobody answered is told`() {
        var world = UnmappedWorld(expected: [Self.plant], found: [Self.plant])
        world.unserved = ["GET /x at 5: no reply"]
        #expect(
            UnmappedStaysUntouched.problems(world)
                == ["another app was not answered: GET /x at 5: no reply"]
        )
    }

    /// The first seed of `worlds` that has plants breaks only with the mutant, and only this promise.
    @Test func `S45: an engine that writes to what nobody has mapped is caught`() async throws {
        let seeds = (UInt64(1)...40).filter {
            SimulationProfile.drawn(.worlds, seed: $0).worlds?.plants != nil
        }
        let seed = try #require(seeds.first)
        let sane = try await Simulation(seed: seed, profile: .worlds).runApart()
        #expect(sane.violations.isEmpty, "\(sane.violations.prefix(3))")
        #expect((sane.probes[.plantWorked] ?? 0) > 0, "nobody worked on plants")
        let broken = try await Simulation(
            seed: seed,
            profile: .worlds,
            sabotage: .writesUnmapped
        ).runApart()
        #expect(Set(broken.violations.map(\.invariant)) == ["unmappedStaysUntouched"])
    }
}
