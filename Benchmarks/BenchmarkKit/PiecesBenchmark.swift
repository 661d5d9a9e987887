import HubSpotConnector
import MockSalesforce
import SimulationKit
import SyncCore
import SyncStore
import WireJSON

/// What single stages of the data path take.
///
/// A time is told in nanoseconds and as a multiple of the reference loop's nanosecond a byte, which says the
/// same on a slower machine.
package struct PiecesBenchmark: Benchmark {
    package static let name = "pieces"
    package static let question = "time of single stages: merge, JSON, matching, store, SOQL"

    private static let fields = 20
    private static let pageSize = 200
    private let mapping = BenchmarkMapping.contacts(.twoWay, fields: Self.fields)

    package init(records: Int) {}

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        progress("\(Self.name): \(Self.pageSize) records of \(Self.fields) fields")
        let page = self.page()
        let json = try JSON(parsing: page)
        let rows = try HubSpotResponses.rows(json, mapping: self.mapping)
        var results = [
            Self.timed("decode a page", per: "record", Self.pageSize) {
                guard let json = try? JSON(parsing: page) else { return 0 }
                return (try? HubSpotResponses.rows(json, mapping: self.mapping))?.count ?? 0
            },
            self.merge("merge, nothing changed", rows, changed: []),
            self.merge("merge, 2 of 20 fields changed", rows, changed: [3, 12]),
            self.merge("merge, every field changed", rows, changed: Array(1..<Self.fields)),
            Self.timed("encode a batch", per: "record", 100) { self.encoded(rows) },
            self.matched(rows),
        ]
        results.append(try await self.settled(rows))
        results.append(try self.parsed())
        return results
    }

    // MARK: - Stages

    /// A page of a search as HubSpot sends it.
    private func page() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { root in
            root.member("total", Self.pageSize)
            root.name("results")
            root.array { list in
                for number in 0..<Self.pageSize {
                    list.object { record in
                        record.member("id", String(1_000 + number))
                        record.name("properties")
                        record.object { properties in
                            properties.member("lastmodifieddate", "2026-11-29T10:00:00.000Z")
                            for field in self.mapping.hubspot.fields.compactMap({ $0?.name }) {
                                properties.member(field, Self.value(field, number))
                            }
                        }
                        record.member("updatedAt", "2026-11-29T10:00:00.000Z")
                        record.member("archived", false)
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func value(_ field: String, _ number: Int) -> String {
        field == "email" ? "p\(number)@example.com" : "\(field.prefix(4)) \(number * 7_919)"
    }

    private func merge(_ name: String, _ rows: [RecordRow], changed: [Int]) -> BenchmarkResult {
        let edit = changed.map { OutboxEntry.Field(index: $0, value: [65, 66, 67], reason: "") }
        let edited = rows.map { $0.values.setting(edit) }
        let seen = ChangeTime.interval(after: nil, notAfter: nil)
        return Self.timed(name, per: "field", rows.count * Self.fields) {
            var count = 0
            for (row, edited) in zip(rows, edited) {
                let decision = RecordMerge.decide(
                    RecordMergeInput(
                        mapping: self.mapping,
                        salesforceObject: "Contact",
                        phase: .linked,
                        hubspot: edited,
                        salesforce: row.values,
                        hubspotBase: row.values,
                        salesforceBase: row.values,
                        hubspotTime: seen,
                        salesforceTime: seen
                    )
                )
                count += decision.toSalesforce.count
            }
            return count
        }
    }

    private func encoded(_ rows: [RecordRow]) -> Int {
        var writer = JSONWriter()
        let names = self.mapping.hubspot.fields.compactMap { $0?.name }
        writer.object { root in
            root.name("inputs")
            root.array { list in
                for row in rows.prefix(100) {
                    list.object { record in
                        record.member("id", row.id)
                        record.name("properties")
                        record.object { properties in
                            for (name, value) in zip(names, row.values.values) {
                                properties.name(name)
                                properties.string(utf8: value.bytes)
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes.count
    }

    private func matched(_ rows: [RecordRow]) -> BenchmarkResult {
        let candidates = rows.map { row in
            LinkLookup.Candidate(
                row: row,
                matchKeys: self.keys(row),
                isLinked: false
            )
        }
        return Self.timed("match by e-mail address", per: "record", rows.count) {
            rows.indices.reduce(0) { count, place in
                let row = rows[place]
                let found = LinkLookup.find(
                    LinkLookup.Record(id: row.id, counterpartID: nil, matchKeys: self.keys(row)),
                    among: [candidates[place]],
                    objects: []
                )
                return found == .none ? count : count + 1
            }
        }
    }

    private func keys(_ row: RecordRow) -> [String] {
        MatchKey.keys(of: row.values, mapping: self.mapping) { value, _ in value }
    }

    /// New links and what a row of each says, in one transaction each time.
    private func settled(_ rows: [RecordRow]) async throws -> BenchmarkResult {
        let store = try SQLiteSyncStore.inMemory(now: { 0 })
        var round = 0
        return try await Self.timed("store a page of links", per: "record", rows.count) {
            round += 1
            let commits = rows.enumerated().map { number, row in
                let link = Link(
                    mapping: self.mapping.name,
                    hubspotID: "\(round)-\(number)",
                    salesforceID: "003\(round)-\(number)",
                    salesforceObject: "Contact",
                    hubspotBase: row.values,
                    salesforceBase: row.values,
                    hubspotStamp: row.stamp,
                    salesforceStamp: row.stamp
                )
                return RecordCommit(link: link)
            }
            return try await store.commit(PageCommit(records: commits)).count
        }
    }

    /// A query that finds nothing: what reading it takes.
    private func parsed() throws -> BenchmarkResult {
        let text = """
            SELECT Id, Name, (SELECT Id FROM Contacts) FROM Account WHERE (Name LIKE 'A%' OR \
            BillingCity IN ('Berlin', 'Roma')) AND CreatedDate >= 2026-01-01T00:00:00Z ORDER BY \
            Name DESC NULLS LAST LIMIT 200
            """
        return Self.timed("parse SOQL", per: "query", 1) {
            MockSalesforce.canParse(text) ? 1 : 0
        }
    }

    // MARK: - Timing

    private static let rounds = 30

    private static func timed(
        _ name: String,
        per unit: String,
        _ count: Int,
        _ work: () -> Int
    ) -> BenchmarkResult {
        var best = Double.infinity
        for _ in 0..<Self.rounds {
            let start = CPUClock.thread
            guard work() >= 0 else { continue }
            best = min(best, Double(CPUClock.thread - start))
        }
        return Self.result(name, unit, best / Double(count))
    }

    private static func timed(
        _ name: String,
        per unit: String,
        _ count: Int,
        _ work: () async throws -> Int
    ) async throws -> BenchmarkResult {
        var best = Double.infinity
        for _ in 0..<Self.rounds {
            let start = CPUClock.process
            guard try await work() >= 0 else { continue }
            best = min(best, Double(CPUClock.process - start))
        }
        return Self.result(name, unit, best / Double(count))
    }

    private static func result(_ name: String, _ unit: String, _ time: Double) -> BenchmarkResult {
        BenchmarkResult(
            Self.name,
            "\(name), a \(unit)",
            [
                .measured("ns", time),
                .measured("× reference", time / ReferenceLoop.nanosecondsPerByte),
            ]
        )
    }
}
