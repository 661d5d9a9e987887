import DemoKit
import Foundation
import Testing

/// A client that somebody else published, run against the simulated CRMs in a process of its own.
struct PublishedClient: Sendable, CustomTestStringConvertible {
    /// The script below `clients` that drives it.
    var script: String
    /// The environment that `scripts/clients` made for it.
    var environment: String
    /// Fewer steps than this means that some were left out.
    var stepsMin: Int

    var testDescription: String { self.script }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Runs every step; throws where the client could not be run at all.
    func run() throws -> (status: Int32, lines: [String]) {
        let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appendingPathComponent(".build/clients/\(self.environment)/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw DemoFailure("the published clients are not installed: run scripts/clients")
        }
        let simulator = ChildProcess(
            try Self.binary().path,
            ["serve", "--hubspot", "127.0.0.1:0", "--salesforce", "127.0.0.1:0"]
        )
        try simulator.start()
        defer { simulator.terminate() }
        guard let line = simulator.readLine() else {
            throw DemoFailure("the simulator did not start")
        }
        let client = ChildProcess(
            python.path,
            [Self.folder.appendingPathComponent("clients/\(self.script)").path],
            environment: ["DUET_SIMULATOR_READY": line, "PYTHONDONTWRITEBYTECODE": "1"]
        )
        try client.start()
        let (status, output) = client.finish()
        return (status, output.split(separator: "\n").map(String.init))
    }

    private static func binary() throws -> URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let simulator = folder.appendingPathComponent("duet-simulator")
            if FileManager.default.isExecutableFile(atPath: simulator.path) { return simulator }
            folder.deleteLastPathComponent()
        }
        throw DemoFailure("duet-simulator is not beside the tests: build all products first")
    }
}
