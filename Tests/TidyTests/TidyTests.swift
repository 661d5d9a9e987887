import Testing

struct TidyTests {
    /// The one live implementation of each thing that others must take as a value.
    private static let live = [
        "Sources/HTTPTransport/LiveTime.swift",
        "Sources/HTTPTransport/LiveRandom.swift",
    ]
    private static let strict = [
        "Sources", "Simulator/MockHubSpot", "Simulator/MockSalesforce", "Simulator/SimulationKit",
    ]
    private static let all = ["Sources", "Simulator", "Benchmarks", "Tests"]

    @Test func `nothing escapes the executor, the clock or the seed`() {
        let files = SourceTree.files(in: Self.strict)
        #expect(files.count > 100)
        for file in files where !Self.live.contains(file.path) {
            for problem in TidyRules.bannedCalls(file.lines) {
                Issue.record("\(file.path):\(problem)")
            }
        }
    }

    @Test func `files have at most 600 lines and functions at most 70`() {
        for file in SourceTree.files(in: Self.all) {
            let isTable = file.path.hasPrefix("Tests/")
            if !isTable, file.lines.count > 600 {
                Issue.record("\(file.path): \(file.lines.count) lines")
            }
            guard !isTable else { continue }
            for problem in TidyRules.longFunctions(file.lines, max: 70) {
                Issue.record("\(file.path):\(problem)")
            }
        }
    }

    @Test func `a file holds one top-level type and is named for it`() {
        for file in SourceTree.files(in: ["Sources", "Simulator", "Benchmarks"]) {
            let types = TidyRules.topLevelTypes(file.lines)
            if types.count > 1 { Issue.record("\(file.path): declares \(types)") }
            guard let type = types.first, types.count == 1 else { continue }
            let name = file.name.dropLast(".swift".count)
            if name != type, !name.hasPrefix(type + "+") {
                Issue.record("\(file.path): declares \(type)")
            }
        }
    }

    @Test func `the connectors are mirror images: the same files, shared functions in one order`() {
        func files(_ vendor: String) -> [String: SourceTree.File] {
            let all = SourceTree.files(in: ["Sources/\(vendor)Connector"])
            return Dictionary(
                all.map { (String($0.name.dropFirst(vendor.count)), $0) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        let (one, other) = (files("HubSpot"), files("Salesforce"))
        #expect(one.keys.sorted() == other.keys.sorted())
        for (name, file) in one {
            guard let twin = other[name] else { continue }
            let (left, right) = (TidyRules.functions(file.lines), TidyRules.functions(twin.lines))
            #expect(
                left.filter(right.contains) == right.filter(left.contains),
                "\(name): shared functions stand in another order"
            )
        }
    }

    @Test func `no unfinished marks and no path of one machine`() {
        let marks = ["TO" + "DO", "FIX" + "ME", "/wo" + "rk/", "not implem" + "ented"]
        for file in SourceTree.files(in: Self.all) {
            for (number, line) in file.lines.enumerated() {
                for mark in marks where line.contains(mark) {
                    Issue.record("\(file.path):\(number + 1): \(mark)")
                }
            }
        }
    }

    // MARK: - The rules themselves

    @Test(
        arguments: [
            ("        Task { await x() }", 1),
            ("        let now = Date()", 1),
            ("        let id = UUID()", 1),
            ("        let n = Int.random(in: 0..<3)", 1),
            ("        // Task { } is banned here", 0),
            ("        let task = MyTask { }", 0),
            ("        let date = UpDate()", 0),
        ]
    )
    func `the banned calls are found in code and not in comments`(line: String, count: Int) {
        #expect(TidyRules.bannedCalls([line]).count == count)
    }

    @Test func `a long function is found`() {
        let body = Array(repeating: "        call()", count: 70)
        let long = ["    func f() {"] + body + ["    }"]
        let short = ["    func f() {"] + body.dropLast(2) + ["    }"]
        #expect(TidyRules.longFunctions(long, max: 70) == ["1: a function of 72 lines"])
        #expect(TidyRules.longFunctions(short, max: 70).isEmpty)
    }

    @Test func `top-level types are told from extensions and nested ones`() {
        let lines = [
            "package struct A: Sendable {", "    struct B {}", "}", "extension C {", "}",
            "private enum D {", "}", "final class E<T> {", "}",
        ]
        #expect(TidyRules.topLevelTypes(lines) == ["A", "E"])
    }
}
