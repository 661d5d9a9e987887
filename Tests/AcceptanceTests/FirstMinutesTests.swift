import DemoKit
import Foundation
import HTTPTransport
import Testing
import WireJSON

extension AcceptanceTests {
    /// From an empty folder to running, as docs/first-minutes.md tells it.
    @Suite(.serialized)
    struct FirstMinutesTests {
        private static let document = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/first-minutes.md")

        /// `DUET_RECORD=1` writes what is shown into the page instead of comparing it.
        @Test(.timeLimit(.minutes(10)))
        func `S09, S49: the first minutes are as their transcript says`() async throws {
            let played = Self.settled(try await Self.play())
            let page = try String(contentsOf: Self.document, encoding: .utf8)
            let parts = page.components(separatedBy: "```text\n")
            try #require(parts.count == 2, "the page has one transcript")
            let rest = try #require(parts[1].range(of: "\n```"))
            if ProcessInfo.processInfo.environment["DUET_RECORD"] == "1" {
                let text = parts[0] + "```text\n" + played + parts[1][rest.lowerBound...]
                try text.write(to: Self.document, atomically: true, encoding: .utf8)
                return
            }
            let recorded = String(parts[1][..<rest.lowerBound])
            let (mine, theirs) = (Self.lines(played), Self.lines(recorded))
            #expect(mine.count == theirs.count, "record docs/first-minutes.md again")
            for (mine, theirs) in zip(mine, theirs) {
                #expect(mine == theirs, "record docs/first-minutes.md again")
            }
        }

        private static func play() async throws -> String {
            let binaries = try Stage.binaries()
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "duet-minutes-\(ProcessInfo.processInfo.globallyUniqueString)"
            )
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true
            )
            defer { try? FileManager.default.removeItem(at: folder) }
            let simulator = ChildProcess(
                binaries.appendingPathComponent("duet-simulator").path,
                [
                    "serve", "--hubspot", "127.0.0.1:0", "--salesforce", "127.0.0.1:0",
                    "--contacts", "200",
                ]
            )
            try simulator.start()
            defer { simulator.terminate() }
            let transport = CurlTransport(settings: CurlSettings())
            defer { transport.shutDown() }
            let ready = try #require(simulator.readLine())
            let world = try DemoWorld(readyLine: ready, transport: transport)
            let typist = Typist(
                folder: folder,
                binary: binaries.appendingPathComponent("duet").path,
                transport: transport
            )
            try await Self.play(typist, world)
            return typist.transcript
                .replacing(world.hubspotURL, with: "http://127.0.0.1:8081")
                .replacing(world.salesforceURL, with: "http://127.0.0.1:8082")
                .replacing(folder.path, with: "/home/ann")
                .replacing(" --port 8417", with: "").replacing("8417", with: "8414")
        }

        private static func play(_ typist: Typist, _ world: DemoWorld) async throws {
            func text(_ side: String, _ name: String) -> String {
                world.ready[side]?[name]?.string ?? ""
            }
            let first = try await [
                typist.types(
                    "connect hubspot --api \(world.hubspotURL)",
                    typed: [text("hubspot", "token")]
                ),
                typist.types(
                    "connect salesforce --host \(world.salesforceURL) --port 8417",
                    typed: [text("salesforce", "clientID"), text("salesforce", "clientSecret")],
                    agrees: true
                ),
                typist.types("doctor"),
                typist.types("init"),
                typist.types("plan --backfill contacts --out contacts.plan"),
            ]
            #expect(first == [0, 0, 0, 0, 0])
            #expect(try await typist.types("apply contacts.plan --limit 5") == 3)
            let rest = try await [
                typist.types("apply contacts.plan --continue"),
                typist.types("backfill contacts"), typist.types("run", stopAfter: 5),
                typist.types("status"),
            ]
            #expect(rest == [0, 0, 0, 0])
        }

        /// What is of the moment stands as it does in the page: times, and what nobody can guess.
        private static func settled(_ text: String) -> String {
            text.replacing(/state=[A-Za-z0-9_-]+/, with: "state=…")
                .replacing(/code_challenge=[A-Za-z0-9_-]+/, with: "code_challenge=…")
                .replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "2026-12-01T12:00:00Z")
                .trimmingCharacters(in: .newlines)
        }

        /// Calls that depend on how often a run has looked stand as "#".
        private static func lines(_ text: String) -> [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.contains("API calls")
                    ? line.replacing(/\d+/, with: "#").description : String(line)
            }
        }
    }
}
