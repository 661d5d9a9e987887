import SimulationKit
import SyncCore

/// Which edits survive when people in both CRMs work on one record between two looks.
///
/// Decided by the engine's own merge, and beside it by "the record that was saved last wins", which is what
/// most tools do. The numbers follow from the seed.
package struct EditsBenchmark: Benchmark {
    package static let name = "edits"
    package static let question = "of 1,000 concurrent edits, how many survive under each rule"

    private static let fields = 5
    private static let records = 4_000

    package init(records: Int) {}

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        progress("\(Self.name): \(Self.records) records edited on both sides")
        var results = SyncRule.allCases.filter { $0 != .dontSync }.map { rule in
            self.survivors(rule.title) { self.merged($0, rule) }
        }
        results.append(self.survivors("the record saved last wins") { Self.lastSaved($0) })
        return results
    }

    // MARK: - One record

    /// What two people do to one record.
    private struct Case {
        var base: [FieldValue]
        var hubspot: [FieldValue]
        var salesforce: [FieldValue]
        /// Fields edited in one CRM only, and in both.
        var alone: [(field: Int, side: Side)] = []
        var both: [Int] = []
        var isHubSpotLater: Bool
    }

    /// A record as both sides have it in the end.
    private typealias Outcome = (hubspot: [FieldValue], salesforce: [FieldValue])

    private static func cases() -> [Case] {
        var random = SeededRandom(seed: 4)
        return (0..<Self.records).map { number in
            let base = (0..<Self.fields).map { FieldValue(normal: "old\($0)") }
            var one = Case(
                base: base,
                hubspot: base,
                salesforce: base,
                isHubSpotLater: random.happens(percent: 50)
            )
            // Each side edits one or two fields; a third of the records meet in one of them.
            for field in 1..<Self.fields {
                let (mine, theirs) = (random.below(3) == 0, random.below(3) == 0)
                if mine { one.hubspot[field] = FieldValue(normal: "h\(number)-\(field)") }
                if theirs { one.salesforce[field] = FieldValue(normal: "s\(number)-\(field)") }
                switch (mine, theirs) {
                case (true, true): one.both.append(field)
                case (true, false): one.alone.append((field, .hubspot))
                case (false, true): one.alone.append((field, .salesforce))
                case (false, false): break
                }
            }
            return one
        }.filter { one in
            // Both people did something, or there is nothing to lose.
            one.hubspot != one.base && one.salesforce != one.base
        }
    }

    private func merged(_ one: Case, _ rule: SyncRule) -> Outcome {
        let mapping = BenchmarkMapping.contacts(rule, fields: Self.fields)
        let early = ServerTime(milliseconds: 1_000_000)
        let late = ServerTime(milliseconds: 1_060_000)
        let decision = RecordMerge.decide(
            RecordMergeInput(
                mapping: mapping,
                salesforceObject: "Contact",
                phase: .linked,
                hubspot: RecordBlob(values: one.hubspot),
                salesforce: RecordBlob(values: one.salesforce),
                hubspotBase: RecordBlob(values: one.base),
                salesforceBase: RecordBlob(values: one.base),
                hubspotTime: .exact(one.isHubSpotLater ? late : early),
                salesforceTime: .exact(one.isHubSpotLater ? early : late)
            )
        )
        return (
            Array(RecordBlob(values: one.hubspot).setting(decision.toHubSpot).values),
            Array(RecordBlob(values: one.salesforce).setting(decision.toSalesforce).values)
        )
    }

    private static func lastSaved(_ one: Case) -> Outcome {
        let winner = one.isHubSpotLater ? one.hubspot : one.salesforce
        return (winner, winner)
    }

    // MARK: - Counting

    private func survivors(_ name: String, _ outcome: (Case) -> Outcome) -> BenchmarkResult {
        var (alone, aloneKept, both, bothKept) = (0, 0, 0, 0)
        for one in Self.cases() {
            let end = outcome(one)
            for (field, side) in one.alone {
                let edit = side == .hubspot ? one.hubspot[field] : one.salesforce[field]
                alone += 1
                if end.hubspot[field] == edit, end.salesforce[field] == edit { aloneKept += 1 }
            }
            for field in one.both {
                both += 1
                let isKept =
                    end.hubspot[field] == end.salesforce[field]
                    && [one.hubspot[field], one.salesforce[field]].contains(end.hubspot[field])
                if isKept { bothKept += 1 }
            }
        }
        return BenchmarkResult(
            Self.name,
            name,
            [
                .count("lost of 1,000 in one CRM only", (alone - aloneKept) * 1_000 / alone),
                .count("undecided of 1,000 in both", (both - bothKept) * 1_000 / both),
            ]
        )
    }
}
