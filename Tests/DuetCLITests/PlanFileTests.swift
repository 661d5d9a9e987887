@testable import DuetCLI
import Foundation
import SyncCore
import SyncRuntime
import Testing

@Suite struct PlanFileTests {
    private static let header = #"""
        {"backfill":"contacts","calls":{"hubspot":6},"formatVersion":"1.0","madeAt":"now","madeBy":"ann",\#
        "mappings":{"contacts":1},"org":"00D","plan":"a1","portal":"1","writes":4}
        """#

    private static func file(_ lines: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent(
            "duet-plan-\(ProcessInfo.processInfo.globallyUniqueString)"
        ).path
        try PrivateFile.write(lines.joined(separator: "\n") + "\n", to: path)
        return path
    }

    private static func digest(_ number: Int) -> String {
        String(repeating: "0", count: 31) + String(number, radix: 16)
    }

    @Test func `a plan is read as it was written`() throws {
        let lines = (1...4).map { Self.digest($0) + " create salesforce Contact 5\($0)" }
        let path = try Self.file([Self.header] + lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plan = try PlanFile.read(path)
        #expect(plan.header.backfill == "contacts" && plan.header.mappings == ["contacts": 1])
        #expect(plan.writes.map(\.text) == (1...4).map(Self.digest))
    }

    @Test(
        arguments: [
            [], ["no plan"], [Self.header], [Self.header, Self.digest(1)],
            [Self.header] + (1...3).map(Self.digest) + ["xyz"],
            [Self.header.replacingOccurrences(of: "1.0", with: "9.0")] + (1...4).map(Self.digest),
        ]
    )
    func `what is no plan, or not a whole one, is refused by its name`(lines: [String]) throws {
        let path = try Self.file(lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: SyncError.self) { try PlanFile.read(path) }
        #expect(error?.cause.contains(path) == true)
        #expect(error?.code == .usage)
    }
}
