import ArgumentParser
import Foundation
import SimulationKit
import SimulatorCLI
import SyncCore
import Testing
import WireJSON

/// What a person sees of a run that broke a promise, and of its page.
///
/// One broken run serves all: seconds each.
struct BrokenRunTests {
    private static let report = Result<SimulationReport, any Error> {
        var run = Simulation(seed: 5, profile: .lite, sabotage: .createsWithoutKey)
        run.isRecorded = true
        return try run.run()
    }

    private func broken() throws -> BrokenRun {
        try #require(BrokenRun(Self.report.get()))
    }

    private func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("broken-run-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    @Test func `it names the seed, the promise, a story and the way back`() throws {
        let run = try self.broken()
        let lines = run.text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("BROKEN  \(run.invariant): "))
        let seed = try #require(lines.first { $0.hasPrefix("seed    ") })
        for part in [
            "seed 5", "profile lite", "records 12", "mutant create-without-key", "commit ",
            "Swift 6", SourceLine.configuration,
        ] { #expect(seed.contains(part), "\(part): \(seed)") }
        #expect(!run.story.isEmpty)
        #expect(run.story.count <= Evidence.storyMax)
        #expect(
            lines.last
                == "again   duet-simulator run --seed 5 --profile lite --records 12 "
                + "--mutant create-without-key"
        )
    }

    @Test func `its tape is written and plays the same failure`() throws {
        var options = try TapeOptions.parse([])
        #expect(options.tapes == "findings")
        options.tapes = try self.folder() + "/deeper"
        let kept = try options.kept(self.broken())
        let path = try #require(kept.path)
        #expect(kept.text.contains("again   duet-simulator replay \(path)"))
        let tape = try TapeFile(contentsOf: path).tape
        #expect(tape == kept.tape)
        options.noTapes = true
        #expect(try options.kept(self.broken()).path == nil)
    }

    @Test func `many of a kind are counted, a few are told`() throws {
        var runs = BrokenRuns()
        var kept = 0
        for _ in 0..<1_000 {
            _ = try runs.add(self.broken()) { run in
                kept += 1
                return run
            }
        }
        #expect(runs.count == 1_000)
        #expect(kept == BrokenRuns.toldMax)
        #expect(runs.summary.count == 1)
        #expect(runs.summary[0].contains("1000 runs"))
        var writer = JSONWriter()
        writer.object { runs.write(to: &$0) }
        let json = try JSON(parsing: writer.bytes)
        #expect(json["broken"]?[0]?["count"]?.integer == 1_000)
        #expect(json["broken"]?[0]?["first"]?.count == BrokenRuns.toldMax)
        #expect(json["broken"]?[0]?["first"]?[0]?["seed"]?.integer == 5)
    }

    @Test func `its page needs nothing else and holds valid data`() throws {
        let page = try #require(ReplayPage(Self.report.get()))
        let text = String(decoding: page.bytes, as: UTF8.self)
        for mark in ["/*STYLE*/", "/*DATA*/", "/*SCRIPT*/"] { #expect(!text.contains(mark)) }
        for way in ["http://", "https://", "src=", "@import", "url("] {
            #expect(!text.contains(way), "\(way) leads out of the page")
        }
        let start = try #require(text.firstRange(of: #"id="data">"#)).upperBound
        let end = try #require(text[start...].firstRange(of: "</script>")).lowerBound
        let json = try JSON(parsing: Array(text[start..<end].utf8))
        #expect((json["violations"]?.count ?? 0) > 0)
        #expect((json["requests"]?.count ?? 0) > 100)
        let fields = try Self.report.get().profile.fields
        #expect(json["fields"]?.count == fields.count + 1, "and the e-mail address")
        let people = try #require(json["records"]?.count)
        let places = json["changes"]?.elements.compactMap { $0[2]?.integer } ?? []
        #expect(places.allSatisfy { (0..<Int64(people)).contains($0) })
        // Two records of one person are two rows: that is what this run breaks.
        #expect(people > 12)
    }

    @Test func `no value can end the element that holds the data`() throws {
        var report = try Self.report.get()
        report.violations[0].story = "</script><script>alert(1)</script>"
        let page = try #require(ReplayPage(report))
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(!text.contains("<script>alert"))
        #expect(text.contains(#"\u003c/script>\u003cscript>alert(1)"#))
    }

    private enum SourceLine {
        static var configuration: String {
            #if DEBUG
            "debug"
            #else
            "release"
            #endif
        }
    }
}
