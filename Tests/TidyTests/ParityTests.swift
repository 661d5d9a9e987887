import Foundation
import Testing

/// `docs/parity.md` says of every behaviour of the vendor's own connection what becomes of it here.
struct ParityTests {
    private static func lines() throws -> [String] {
        let page = SourceTree.root.appendingPathComponent("docs/parity.md")
        return try String(contentsOf: page, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func rows() throws -> [ParityRow] {
        try Self.lines().compactMap { ParityRow($0) }
    }

    @Test func `every behaviour has one line, in order, and nothing else has`() throws {
        #expect(try Self.rows().map(\.id) == ParityRow.ids)
    }

    @Test func `nothing is said to work without a test`() throws {
        for row in try Self.rows() {
            #expect(ParityRow.states.contains(row.state), "\(row.id): \(row.state)")
            #expect(row.text.hasSuffix("."), "\(row.id)")
            guard row.state == "works" || row.state == "differently" else { continue }
            #expect(!row.tests.isEmpty, "\(row.id)")
        }
    }

    @Test func `every test that is named exists`() throws {
        var tests: Set<String> = []
        for file in SourceTree.files(in: ["Tests"]) {
            let suite = file.name.dropLast(".swift".count)
            for line in file.lines {
                let parts = line.split(separator: "`", omittingEmptySubsequences: false)
                guard parts.count >= 3, parts[0].hasSuffix("func ") else { continue }
                tests.insert("\(suite) / \(parts[1])")
            }
        }
        #expect(tests.count > 1_000)
        for row in try Self.rows() {
            for test in row.tests where !tests.contains(test) {
                Issue.record("\(row.id): there is no test \(test)")
            }
        }
    }

    @Test func `the numbers at the top are those of the lines`() throws {
        let rows = try Self.rows()
        let lines = try Self.lines()
        for state in ParityRow.states {
            let count = rows.filter { $0.state == state }.count
            #expect(lines.contains("| \(state) | \(count) |"), "\(state): \(count)")
        }
    }

    /// The article's steps from the first requirement to the end of the set-up: what is not wanted has none.
    @Test func `each step of the set-up has a test that bears its number`() throws {
        let ids = (6...49).map { "S" + ($0 < 10 ? "0" : "") + String($0) }
        for row in try Self.rows() where ids.contains(row.id) && row.state != "not wanted" {
            #expect(row.tests.contains { $0.contains(row.id) }, "\(row.id)")
        }
    }
}
