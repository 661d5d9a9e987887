import Dispatch
import Foundation
import Glibc
import SimulationKit
import SimulatorCLI
import Testing

/// The tapes of runs that once broke a promise: none may break one again.
struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Simulator/corpus")

    private static let tapes =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".tape") }.sorted()

    @Test func `there are tapes`() {
        #expect(Self.tapes.count >= 5)
    }

    /// Long tapes take a minute each in debug: `scripts/simulate` replays every tape in release.
    private static let short = tapes.filter { name in
        let path = Self.folder.appendingPathComponent(name).path
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return (size ?? 0) < 20_000
    }

    @Test(arguments: short)
    func `a kept tape breaks no promise`(name: String) async throws {
        let path = Self.folder.appendingPathComponent(name).path
        let tape = try TapeFile(contentsOf: path).tape
        let report = try await withCheckedThrowingContinuation { done in
            // Seconds on a thread of its own: the tests share a few, and go first.
            Self.thread.async {
                _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 15)
                defer { _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 0) }
                done.resume(with: Result { try Simulation(tape: tape).run() })
            }
        }
        #expect(report.violations.isEmpty, "\(name): \(report.violations.prefix(2))")
        #expect(report.jobs > 1_000, "nothing happened")
    }

    @Test func `a tape of an older build is completed with what is harmless`() throws {
        let name = try #require(Self.tapes.first)
        let path = Self.folder.appendingPathComponent(name).path
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        var file = try #require(
            JSONSerialization.jsonObject(with: data) as? [String: Any]
        )
        var profile = try #require(file["profile"] as? [String: Any])
        let whole = try TapeFile(contentsOf: path).tape.profile
        profile["hasQuarrel"] = nil
        profile["pollInterval"] = nil
        file["profile"] = profile
        let older = FileManager.default.temporaryDirectory
            .appendingPathComponent("older-\(ProcessInfo.processInfo.globallyUniqueString).tape")
        defer { try? FileManager.default.removeItem(at: older) }
        try JSONSerialization.data(withJSONObject: file).write(to: older)
        #expect(try TapeFile(contentsOf: older.path).tape.profile == whole)
    }

    private static let thread = DispatchQueue(label: "corpus")
}
