import DemoKit
import Foundation
import Testing

extension AcceptanceTests {
    /// The show is what the README says it is, and it notices a broken engine.
    @Suite(.serialized)
    struct DemoTests {
        @Test(.timeLimit(.minutes(20)))
        func `the README's first screen is what the demo prints`() throws {
            let end = try Self.play([:])
            #expect(end.status == 0)
            let recorded = try Self.acts(of: Self.recorded())
            let played = try Self.acts(of: end.output)
            #expect(played.count == recorded.count, "record the output of scripts/demo again")
            for (mine, theirs) in zip(played, recorded) {
                #expect(mine == theirs, "record the output of scripts/demo again")
            }
        }

        /// The check of the checks: creates without their key make duplicates of lost replies.
        @Test(.timeLimit(.minutes(20)))
        func `an engine that creates without its key is found out`() throws {
            let end = try Self.play([
                "DUET_SABOTAGE": "create-without-key", "DUET_DEMO_PEOPLE": "300",
            ])
            #expect(end.status == 1)
            let line = end.output.split(separator: "\n").first { $0.contains("    duplicates   ") }
            let found = line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
            #expect(found > 0, "the table of act (e) shows no duplicates")
        }

        private static func play(
            _ environment: [String: String]
        ) throws -> (status: Int32, output: String) {
            let child = ChildProcess(
                try Stage.binaries().appendingPathComponent("duet-demo").path,
                [],
                environment: environment.merging(["NO_COLOR": "1"]) { mine, _ in mine }
            )
            child.silence()
            try child.start()
            return child.finish()
        }

        /// The acts' lines; numbers of act (e) depend on the moment of the pull and stand as "#", and so does
        /// whether it was one run or several.
        private static func acts(of text: String) throws -> [String] {
            let plug = try #require(text.range(of: "\n(e)")?.lowerBound)
            let exact = text[..<plug].split(separator: "\n").map(String.init)
            let masked = text[plug...].split(separator: "\n").map { line in
                line.split(separator: " ").map { $0.contains(where: \.isNumber) ? "#" : String($0) }
                    .joined(separator: " ").replacing("# more runs", with: "# more run")
            }
            return exact + masked
        }

        private static func recorded() throws -> String {
            let root = URL(fileURLWithPath: #filePath)
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let readme = try String(
                contentsOf: root.appendingPathComponent("README.md"),
                encoding: .utf8
            )
            let start = try #require(readme.range(of: "```text\n")?.upperBound)
            let end = try #require(readme.range(of: "\n```\n<!-- demo:end")?.lowerBound)
            return String(readme[start..<end])
        }
    }
}
