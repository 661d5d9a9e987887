import BenchmarkKit
import Testing

/// Benchmarks whose numbers follow from the engine alone: what they claim is true in each build.
struct BenchmarkTests {
    @Test func `two people's edits of one record survive, unless they meet`() async throws {
        let results = try await EditsBenchmark(records: 1).run { _ in }
        let name = "lost of 1,000 in one CRM only"
        let lost = Dictionary(uniqueKeysWithValues: results.map { ($0.name, $0[name] ?? -1) })
        #expect(lost["Two-way"] == 0)
        // What others do loses about the half.
        #expect((400...600).contains(lost["the record saved last wins"] ?? 0))
        #expect(results.first { $0.name == "Two-way" }?["undecided of 1,000 in both"] == 0)
    }

    @Test func `a change is at its counterpart by the second poll`() async throws {
        for result in try await LatencyBenchmark(records: 1).run({ _ in }) {
            #expect((1...20_000).contains(result["max"] ?? 0), "\(result.name)")
            #expect((1...(result["max"] ?? 0)).contains(result["p50"] ?? 0), "\(result.name)")
        }
    }

    @Test func `few changes cost few calls`() async throws {
        for result in try await CallsBenchmark(records: 10).run({ _ in }) {
            #expect(result["over the aim"] == 0, "\(result.name)")
            #expect(result["HubSpot"] ?? 0 >= 1, "\(result.name)")
        }
    }

    @Test func `a death costs a few calls and repeats no write`() async throws {
        for result in try await CrashBenchmark(records: 30).run({ _ in }) {
            #expect(result["repeated in HubSpot"] == 0, "\(result.name)")
            #expect(result["repeated in Salesforce"] == 0, "\(result.name)")
            #expect(result["most calls more"] ?? 99 <= 12, "\(result.name)")
        }
    }
}
