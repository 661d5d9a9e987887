import BenchmarkKit
import Testing

struct ThresholdTests {
    private static let results = [
        BenchmarkResult(
            "calls",
            "updates 10",
            [.count("HubSpot", 3), .count("jobs", 100, slack: 0.1), .measured("ratio", 9)]
        )
    ]

    private static func failures(_ json: String) -> [String] {
        Thresholds.failures(Self.results, thresholds: Array(json.utf8))
    }

    @Test func `a count over its threshold fails, one below does not`() {
        #expect(Self.failures(#"{"updates 10":{"HubSpot":3,"jobs":100}}"#).isEmpty)
        #expect(
            Self.failures(#"{"updates 10":{"HubSpot":2,"jobs":100}}"#)
                == ["calls, updates 10: HubSpot is 3, at most 2 allowed."]
        )
    }

    @Test func `a count without a threshold fails, a time needs none`() {
        #expect(Self.failures("{}").count == 2)
        #expect(Self.failures("no JSON").count == 1)
    }

    @Test func `what is recorded holds the run it was taken from, with its slack`() {
        let file = String(decoding: Thresholds.file(Self.results), as: UTF8.self)
        #expect(file == "{\n  \"updates 10\": {\"HubSpot\": 3, \"jobs\": 110}\n}\n")
        #expect(Self.failures(file).isEmpty)
    }
}
